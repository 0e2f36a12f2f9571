import path from "node:path";
import { writeArchives } from "../../tools/package/archives";
import { bundle } from "../../tools/package/bundle";
import { readManifest } from "../../tools/package/manifest";
import { succeeds } from "./example";
import type { Terminal } from "./terminal";

/** Installs the plugin's archive for this platform, as `pulumi plugin install` does from a release. */
export async function installArchive(terminal: Terminal): Promise<void> {
  const provider = path.join(terminal.folder, "provider");
  const archives = path.join(terminal.folder, "archives");
  await bundle(provider);
  await writeArchives(provider, archives);
  const { name, version } = readManifest();
  const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const archive = path.join(archives, `pulumi-resource-${name}-v${version}-${platform}.tar.gz`);
  await succeeds(terminal, "plugin", "install", "resource", name, version, "--file", archive);
}
