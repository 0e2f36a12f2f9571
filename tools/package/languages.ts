import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT, type Manifest } from "./manifest";

/** The schema's settings for each language: the package's name and options of the generators. */
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
    // The name of the npm package, so that programs can use either it or the generated code.
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
    // The import path is left to the generator, because `pulumi package add` prints the generator's default anyway.
    go: { generateResourceContainerTypes: true, respectSchemaVersion: true },
    // The namespace can't have the name of the component, because in C# one would hide the other.
    csharp: {
      rootNamespace: "Pulumi",
      namespaces: { [name]: "LoadBalancing" },
      respectSchemaVersion: true,
    },
    java: { basePackage: "com.pulumi", packages: { [name]: name.replaceAll("-", "") } },
  };
}
