import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";

const CHECKOUT = path.resolve(__dirname, "../..");
const MODULES = path.join(CHECKOUT, "node_modules");
const COMPILER = path.join(MODULES, "typescript", "bin", "tsc");

interface Dependencies {
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

/** Puts the compiled package and its dependencies into the program's node_modules, as npm does. */
export async function installNpmPackage(program: string): Promise<void> {
  const modules = path.join(program, "node_modules");
  const own = path.join(modules, "load-balanced-group");
  await mkdir(own, { recursive: true });
  await copyFile(path.join(CHECKOUT, "package.json"), path.join(own, "package.json"));
  compile("-p", path.join(CHECKOUT, "tsconfig.build.json"), "--outDir", path.join(own, "bin"));
  const { dependencies, peerDependencies } = await read(CHECKOUT);
  const { dependencies: others, devDependencies } = await read(program);
  const names = Object.keys({
    ...dependencies,
    ...peerDependencies,
    ...others,
    ...devDependencies,
  });
  for (const name of names) {
    if (name === "load-balanced-group" || name === "@pulumi/awsx") continue;
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(MODULES, name), path.join(modules, name));
  }
}

/** As the program's own `npm run check` does. */
export function typeCheck(program: string): void {
  compile("--noCheck", "false", "-p", program);
}

async function read(folder: string): Promise<Dependencies> {
  return JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Dependencies;
}

function compile(...args: string[]): void {
  const { status, stdout } = spawnSync(process.execPath, [COMPILER, ...args], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
}
