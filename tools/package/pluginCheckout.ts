import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Manifest, readManifest, ROOT } from "./manifest";

/**
 * The address of the git repository, if the folder is a checkout that the engine made: the engine names it
 * `resource-<address>-v<version>`.
 */
export function addressOf(folder: string): string | undefined {
  return /^resource-(.+)-v\d/.exec(path.basename(folder))?.[1];
}

/**
 * Removes packages with a plugin that only this repository's stacks and tests need. The engine would make all users
 * install the plugin of each package that it finds in its checkout.
 */
export async function removeUnusedPlugins(folder = ROOT): Promise<void> {
  if (addressOf(folder) === undefined) return;
  const needed = neededBy(readManifest(folder));
  const modules = path.join(folder, "node_modules");
  for (const name of await packagesIn(modules)) {
    const { pulumi } = readManifest(path.join(modules, name));
    if (pulumi === undefined || needed.has(name)) continue;
    await rm(path.join(modules, name), { recursive: true });
  }
}

/** The packages that users of this package have. Optional peer dependencies are not among them. */
function neededBy({ dependencies, peerDependencies, peerDependenciesMeta }: Manifest): Set<string> {
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  return new Set(names.filter((name) => peerDependenciesMeta?.[name]?.optional !== true));
}

async function packagesIn(modules: string): Promise<string[]> {
  const names = (await readdir(modules)).filter((name) => !name.startsWith("."));
  const packages = names.map(async (name) => {
    if (!name.startsWith("@")) return [name];
    return (await readdir(path.join(modules, name))).map((own) => `${name}/${own}`);
  });
  return (await Promise.all(packages)).flat();
}
