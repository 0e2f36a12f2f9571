import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const outside = ["**/emulator/**", "**/demo/**", "**/bench/**", "**/tools/**", "**/tests/**"];

/**
 * Who may import whom: components <- stacks <- automation <- demo, bench, tools, tests. The emulator imports
 * nothing of the repository.
 */
const closedTo = (group, { paths = [], patterns = [] } = {}) => ({
  "no-restricted-imports": ["error", { patterns: [{ group }, ...patterns], paths }],
});

const closedToMatching = (regex) => ({
  "no-restricted-imports": ["error", { patterns: [{ regex }] }],
});

export default tseslint.config(
  { ignores: ["bin/", "examples/", "node_modules/", "temporal/", "tests/languages/programs/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "@pulumi": pulumi },
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./emulator/page/browser/tsconfig.json"] },
    },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      curly: ["error", "multi-line"],
      "no-duplicate-imports": ["error", { includeExports: true, allowSeparateTypeImports: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["index.ts", "provider/**/*.ts", "components/**/*.ts"],
    // All of @pulumi/aws takes seconds to load. A whole service doubles what the bundled provider has
    // in memory, but for the small one that is used most.
    rules: closedTo(["**/stacks/**", "**/automation/**", "@pulumi/awsx/**", ...outside], {
      paths: ["@pulumi/aws", "@pulumi/awsx"],
      patterns: [{ regex: "^@pulumi/aws/(?!lb$|get)[a-z0-9]+$" }],
    }),
  },
  { files: ["stacks/**/*.ts"], rules: closedTo(["**/automation/**", ...outside]) },
  { files: ["automation/**/*.ts"], rules: closedTo(outside) },
  ...[0, 1, 2].map((depth) => ({
    files: [`emulator/${"*/".repeat(depth)}*.ts`],
    rules: closedToMatching(`^(\\.\\./){${depth + 1}}`),
  })),
  {
    files: ["demo/**/*.ts", "bench/**/*.ts", "tools/**/*.ts", "tests/**/*.ts"],
    rules: closedToMatching("/emulator/(?!tests/support/)"),
  },
  // They compare what the provider does with what the component sends, or with another emulator.
  {
    files: [
      "tests/unit/awsLimits/*.ts",
      "tests/unit/leftOutAgain.test.ts",
      "tests/moto/*.ts",
      "tests/badInput/*.ts",
    ],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["tests/**/*.ts", "*/tests/**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-assertions": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
      },
    },
  },
  prettier,
);
