import { gitHubRepository, type Manifest } from "./manifest";

/** What the package is called in each language, and how its code there is made. */
export function languages(manifest: Manifest) {
  const { name } = manifest;
  const repository = gitHubRepository(manifest);
  const word = name.replaceAll("-", "");
  return {
    // The name of the npm package, so that programs are the same with it and with generated code.
    nodejs: { packageName: name, respectSchemaVersion: true },
    python: {
      packageName: `pulumi_${name.replaceAll("-", "_")}`,
      pyproject: { enabled: true },
      inputTypes: "classes-and-dicts",
      respectSchemaVersion: true,
    },
    go: {
      // Without a repository the code is not published, only generated into programs.
      importBasePath: [
        ...(repository === undefined ? [name] : ["github.com", repository]),
        "sdk",
        "go",
        word,
      ].join("/"),
      generateResourceContainerTypes: true,
      respectSchemaVersion: true,
    },
    // The component's own name can't be its namespace too: in C# one would hide the other.
    csharp: {
      rootNamespace: "Pulumi",
      namespaces: { [name]: "LoadBalancing" },
      respectSchemaVersion: true,
    },
    java: { basePackage: "com.pulumi", packages: { [name]: word } },
  };
}
