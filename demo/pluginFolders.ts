import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** The folders that a program's project uses as plugins: those under `packages` in its Pulumi.yaml. */
export function pluginFolders(programFolder: string): readonly string[] {
  const file = projectFile(path.resolve(programFolder));
  if (file === undefined) return [];
  const project: { packages?: unknown } = asObject(parse(readFileSync(file, "utf8")));
  return Object.values({ ...asObject(project.packages) }).flatMap((entry: unknown) => {
    const { source = entry }: { source?: unknown } = asObject(entry);
    return typeof source === "string" ? path.resolve(path.dirname(file), source) : [];
  });
}

/** Pulumi's project file of a folder, which may be in a folder above. */
function projectFile(folder: string): string | undefined {
  const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
  const file = names.map((name) => path.join(folder, name)).find(existsSync);
  const parent = path.dirname(folder);
  return file ?? (parent === folder ? undefined : projectFile(parent));
}

/** The value, if it is an object, and else an empty one. */
function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
