import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const rehearsal = ["**/local/**", "**/tools/**", "**/tests/**"];

/** Who may import whom: components <- stacks <- automation; local, tools and tests stand outside. */
const closedTo = (group, { paths = [], patterns = [] } = {}) => ({
  "no-restricted-imports": ["error", { patterns: [{ group }, ...patterns], paths }],
});

export default tseslint.config(
  { ignores: ["bin/", "examples/", "node_modules/", "temporal/", "tests/languages/programs/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "@pulumi": pulumi },
    languageOptions: { parserOptions: { project: "./tsconfig.json" } },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["index.ts", "provider.ts", "provider/**/*.ts", "components/**/*.ts"],
    // All of @pulumi/aws takes seconds to load. A whole service doubles what the bundled provider has
    // in memory, but for the small one that is used most.
    rules: closedTo(["**/stacks/**", "**/automation/**", "@pulumi/awsx/**", ...rehearsal], {
      paths: ["@pulumi/aws", "@pulumi/awsx"],
      patterns: [{ regex: "^@pulumi/aws/(?!lb$|get)[a-z0-9]+$" }],
    }),
  },
  { files: ["stacks/**/*.ts"], rules: closedTo(["**/automation/**", ...rehearsal]) },
  { files: ["automation/**/*.ts"], rules: closedTo(rehearsal) },
  {
    files: ["tests/**/*.ts"],
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
