import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CommandFailed } from "../engine/command";
import { ROOT } from "../package/manifest";
import { readCandidate } from "./candidate";
import { CHANGELOG_FILE, changesOf, withRelease } from "./changelog";
import { writeFilesInClone } from "./clone";
import { NOTES, RELEASE_FOLDER } from "./files";
import { git } from "./git";
import { problemsOf } from "./problems";

/**
 * `npm run release`: creates the commit and the tag of a release, after the tests have passed and its files are
 * written. With `--dry-run` it only writes the files.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
  const dryRun = values["dry-run"];
  const candidate = await readCandidate();
  const problems = problemsOf(candidate);
  if (problems.length > 0) {
    process.exitCode = 1;
    console.error("This can't be released:");
    for (const problem of problems) console.error(`- ${problem}`);
  }
  const { version } = candidate.manifest;
  const changelog = withRelease(candidate.changelog, version, today());
  const canGoOn = problems.length === 0 || (dryRun && changesOf(changelog, version) !== undefined);
  if (!canGoOn) return;

  if (!dryRun) runTests();
  console.error(`Making the files of ${version} in a clone of the last commit.`);
  await writeFilesInClone(changelog);
  console.log(`${RELEASE_FOLDER} has:`);
  for (const name of await readdir(RELEASE_FOLDER)) console.log(`  ${name}`);
  if (dryRun) {
    console.log(`\nCHANGELOG.md would say of ${version}:\n`);
    console.log(await readFile(`${RELEASE_FOLDER}/${NOTES}`, "utf8"));
    return;
  }
  await writeFile(CHANGELOG_FILE, changelog);
  await git("commit", "--quiet", "--message", `Release ${version}`, "--", CHANGELOG_FILE);
  await git("tag", "--annotate", `v${version}`, "--message", `Release ${version}`);
  console.log(
    `\nv${version} is tagged. Push it, and .github/workflows/release.yml publishes it:\n` +
      `  git push --atomic origin main v${version}`,
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function runTests(): void {
  const { status } = spawnSync("npm", ["test"], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error("The tests fail, so nothing was released.");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof CommandFailed) console.error(error.details.join("\n"));
  process.exitCode = 1;
});
