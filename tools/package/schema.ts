import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { format, resolveConfig } from "prettier";
import { languages } from "./languages";
import { gitHubRepository, readManifest, ROOT, type Manifest } from "./manifest";
import { SCHEMA_FILE } from "./schemaFile";
import type { PackageSpec, ResourceSpec } from "./spec";
import { complexType, described, propertiesOf, required, typeToken } from "./types";

const COMPONENTS = ["LoadBalancedGroup", "LoadBalancedService"];

/** The text of the schema's file. */
export async function schemaText(spec: PackageSpec): Promise<string> {
  const style = await resolveConfig(SCHEMA_FILE);
  return format(JSON.stringify(spec), { ...style, parser: "json" });
}

/** The schema of the package, which is derived from the components' TypeScript. */
export function makeSchema(manifest = readManifest()): PackageSpec {
  // Without "exports", which name the compiled files and not the source to be analyzed.
  const entry = { ...manifest, exports: undefined, main: "index.ts" };
  const analyzer = new Analyzer(ROOT, manifest.name, entry, new Set(COMPONENTS));
  const { components, typeDefinitions: types, dependencies } = analyzer.analyze();
  if (dependencies.length > 0) {
    const names = dependencies.map(({ name }) => name).join(", ");
    throw new Error(
      `consumers would have to install ${names}; keep its types out of the component`,
    );
  }
  const resources = COMPONENTS.map((component): [string, ResourceSpec] => {
    const { description, inputs, outputs } = components[component];
    const resource = {
      isComponent: true,
      type: "object",
      ...described(description),
      inputProperties: propertiesOf(inputs, types, component),
      ...required("requiredInputs", inputs),
      properties: propertiesOf(outputs, types),
      ...required("required", outputs),
    };
    return [typeToken(component), resource];
  });
  return {
    ...about(manifest),
    language: languages(manifest),
    types: Object.fromEntries(
      Object.values(types).map((type) => [typeToken(type.name), complexType(type, types)]),
    ),
    resources: Object.fromEntries(resources),
  };
}

function about(manifest: Manifest) {
  const { name, version, description, license, author, keywords = [], homepage } = manifest;
  const repository = gitHubRepository(manifest);
  return {
    name,
    displayName: "Load-balanced group",
    version,
    description,
    keywords: [...keywords, "category/network", "kind/component"],
    license,
    publisher: author,
    homepage,
    // Where the plugin's archives are released. Without it the engine uses Pulumi's own site.
    ...(repository !== undefined && {
      repository: `https://github.com/${repository}`,
      pluginDownloadURL: `github://api.github.com/${repository}`,
    }),
  };
}
