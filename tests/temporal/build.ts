import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";
import { installLibrary } from "../support/library";

const CHECKOUT = path.resolve(__dirname, "../..");
const SOURCES = path.join(CHECKOUT, "temporal");

/** Compiles temporal/ in a folder as its users do, with its own dependencies and this package. */
export async function build(folder: string): Promise<void> {
  const install = path.join(CHECKOUT, "tools", "install.mjs");
  const stdio = ["ignore", "inherit", "inherit"] as const;
  assert.equal(spawnSync(process.execPath, [install, "temporal"], { stdio: [...stdio] }).status, 0);
  await mkdir(folder);
  for (const name of ["src", "package.json", "tsconfig.json"]) {
    await cp(path.join(SOURCES, name), path.join(folder, name), { recursive: true });
  }
  await installLibrary(folder);
  const from = path.join(SOURCES, "node_modules", "@temporalio");
  const to = path.join(folder, "node_modules", "@temporalio");
  await mkdir(to);
  for (const name of await readdir(from)) await symlink(path.join(from, name), path.join(to, name));
  const tsc = path.join(folder, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout);
}
