import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommand } from "../engine/command";
import { ROOT } from "../package/manifest";
import { CHANGELOG_FILE } from "./changelog";
import { RELEASE_FOLDER } from "./files";

/**
 * Writes the files of the release in a clone of the last commit, with this changelog. So other files of the checkout
 * don't get into the release, and the checkout does not change.
 */
export async function writeFilesInClone(changelog: string): Promise<void> {
  const clone = await mkdtemp(path.join(tmpdir(), "load-balanced-group-release-"));
  const inClone = (file: string) => path.join(clone, path.relative(ROOT, file));
  try {
    await runCommand("git", ["clone", "--quiet", "--no-hardlinks", ROOT, clone]);
    await symlink(path.join(ROOT, "node_modules"), inClone(path.join(ROOT, "node_modules")));
    await writeFile(inClone(CHANGELOG_FILE), changelog);
    // Not with `npm run`, which would install the last commit's dependencies through the link to node_modules.
    const program = ["-r", "ts-node/register/transpile-only", "tools/release/writeFiles.ts"];
    await runCommand(process.execPath, program, { cwd: clone });
    await rm(RELEASE_FOLDER, { recursive: true, force: true });
    await cp(inClone(RELEASE_FOLDER), RELEASE_FOLDER, { recursive: true });
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
