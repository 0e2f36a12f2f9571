import assert from "node:assert/strict";
import { cp, mkdir, rename, symlink } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../../tools/engine/command";
import { ROOT } from "../../tools/package/manifest";
import { notOnPath } from "../support/example";
import { ALL_PROGRAMS, copyPrograms, EXAMPLES, type Language } from "./language";

const MODULES = path.join(ROOT, "node_modules");

/** TypeScript with generated code, as `pulumi package add` gives it, and not with the npm package. */
export const TYPESCRIPT: Language = {
  name: "TypeScript",
  programs: ALL_PROGRAMS,
  // The generators are compiled.
  missing: () => notOnPath("go"),
  async install(terminal) {
    const { folder, code } = await copyPrograms(terminal, "nodejs");
    const modules = path.join(folder, "node_modules");
    for (const name of ["@pulumi/pulumi", "@types/node"]) {
      await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
      await symlink(path.join(MODULES, name), path.join(modules, name));
    }
    const own = path.join(modules, "load-balanced-group");
    await rename(code, own);
    await cp(path.join(EXAMPLES, "typescript", "index.ts"), path.join(folder, "example.ts"));
    const env = { PATH: [path.join(MODULES, ".bin"), process.env.PATH].join(path.delimiter) };
    // What npm does when it installs the package.
    await runCommand(process.execPath, ["scripts/postinstall.js"], { cwd: own, env });
    const { code: failed, output } = await terminal.run(process.execPath, [
      path.join(MODULES, "typescript", "bin", "tsc"),
      "--project",
      folder,
    ]);
    assert.equal(failed, 0, output);
    const file = path.join(folder, "program.js");
    return (operation, program) => terminal.run(process.execPath, [file, operation, program]);
  },
};
