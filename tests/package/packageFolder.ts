import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundle } from "../../tools/package/bundle";
import { writeLaunchers } from "../../tools/package/launcher";

const CHECKOUT = path.resolve(__dirname, "../..");

/**
 * What a checkout has of the package once it is built, but for the language host that its
 * PulumiPlugin.yaml names: there is none of that name, so that whatever needs one fails.
 */
export async function makePackageFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(path.join(CHECKOUT, "package.json"), path.join(folder, "package.json"));
  await writeFile(path.join(folder, "PulumiPlugin.yaml"), "runtime: unheard-of\n");
  await bundle(path.join(folder, "bin", "provider"));
  await writeLaunchers(folder);
}
