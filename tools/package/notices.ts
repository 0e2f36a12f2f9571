import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { readManifest, ROOT } from "./manifest";

/** The licences of the packages to which these files belong. */
export async function notices(files: readonly string[]): Promise<string> {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
  const texts = await Promise.all(packages.map((folder) => notice(path.join(ROOT, folder))));
  return [HEAD, ...new Set(texts)].join(`\n\n${"-".repeat(80)}\n\n`);
}

const HEAD = "provider.js contains the following packages, each under its own licence.";

async function notice(folder: string): Promise<string> {
  const { name, version, license = "see below" } = readManifest(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
    .map((entry) => readFile(path.join(folder, entry.name), "utf8"));
  const title = `${name} ${version}, ${license}`;
  return [title, ...(await Promise.all(texts))].map((text) => text.trim()).join("\n\n");
}
