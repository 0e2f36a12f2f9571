import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT, type Manifest } from "./manifest";

/** What the package is called in each language, and how its code there is made. */
export function languages({ name, description = "" }: Manifest) {
  const readme = (example: string, language: string) =>
    [
      `# ${name}`,
      `${description}.`,
      `\`\`\`${language}\n${readFileSync(path.join(ROOT, "examples", example), "utf8")}\`\`\``,
      "Each argument says what it is for, which values it takes, and what it is when it is left out.",
      "",
    ].join("\n\n");
  return {
    // The name of the npm package, so that programs are the same with it and with generated code.
    nodejs: {
      packageName: name,
      readme: readme("typescript/index.ts", "typescript"),
      respectSchemaVersion: true,
    },
    python: {
      packageName: `pulumi_${name.replaceAll("-", "_")}`,
      pyproject: { enabled: true },
      inputTypes: "classes-and-dicts",
      readme: readme("python/__main__.py", "python"),
      respectSchemaVersion: true,
    },
    // The path by which programs import the code is left to the generator: `pulumi package add` prints
    // the one that a generator would choose, whatever is said here.
    go: { generateResourceContainerTypes: true, respectSchemaVersion: true },
    // The component's own name can't be its namespace too: in C# one would hide the other.
    csharp: {
      rootNamespace: "Pulumi",
      namespaces: { [name]: "LoadBalancing" },
      respectSchemaVersion: true,
    },
    java: { basePackage: "com.pulumi", packages: { [name]: name.replaceAll("-", "") } },
  };
}
