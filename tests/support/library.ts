import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

/**
 * Installs the library as npm does, compiled, with what it depends on: what is an optional peer or serves its
 * development only is not there.
 */
export async function installLibrary(folder: string): Promise<void> {
  const own = path.join(folder, "node_modules", "load-balanced-group");
  const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const project = path.join(ROOT, "tsconfig.build.json");
  const args = [compiler, "-p", project, "--outDir", path.join(own, "bin")];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  assert.equal(status, 0, stdout);
  await cp(path.join(ROOT, "package.json"), path.join(own, "package.json"));
  await linkAll("", folder, (name) => !name.startsWith("@pulumi"));
  await linkAll("@pulumi", folder, (name) => name === "pulumi" || name === "aws");
}

async function linkAll(scope: string, folder: string, which: (name: string) => boolean) {
  const from = path.join(ROOT, "node_modules", scope);
  const to = path.join(folder, "node_modules", scope);
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter(which);
  await Promise.all(names.map((name) => symlink(path.join(from, name), path.join(to, name))));
}
