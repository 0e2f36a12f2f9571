import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { launcher } from "./launcher";
import { readManifest, ROOT } from "./manifest";
import { tar, type ArchivedFile } from "./tar";

/** The folder of a release's archives. */
export const ARCHIVES_FOLDER = path.join(ROOT, "bin", "archives");

const SYSTEMS = ["linux", "darwin", "windows"];
const PROCESSORS = ["amd64", "arm64"];

/** Packs the bundled provider into a plugin archive for each platform, and writes their checksums. */
export async function writeArchives(provider: string, folder = ARCHIVES_FOLDER): Promise<void> {
  const { name, version } = readManifest();
  const plugin = `pulumi-resource-${name}`;
  const files = await providerFiles(provider);
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  for (const system of SYSTEMS) {
    const archive = gzipSync(tar([launcher(plugin, system, "provider/index.js"), ...files]));
    for (const processor of PROCESSORS) {
      const file = `${plugin}-v${version}-${system}-${processor}.tar.gz`;
      await writeFile(path.join(folder, file), archive);
      names.push(file);
    }
  }
  await writeChecksums(folder, names);
}

/** Writes the checksums of files in the folder, in the format of `sha256sum --check`. */
export async function writeChecksums(folder: string, names: readonly string[]): Promise<void> {
  const sums = names.map(async (name) => {
    const content = await readFile(path.join(folder, name));
    return `${createHash("sha256").update(content).digest("hex")}  ${name}\n`;
  });
  await writeFile(path.join(folder, "SHA256SUMS"), (await Promise.all(sums)).join(""));
}

async function providerFiles(provider: string): Promise<ArchivedFile[]> {
  const names = (await readdir(provider)).sort();
  const bundled = names.map(async (name) => ({
    name: `provider/${name}`,
    content: await readFile(path.join(provider, name)),
  }));
  const license = { name: "LICENSE", content: await readFile(path.join(ROOT, "LICENSE")) };
  return [license, ...(await Promise.all(bundled))];
}
