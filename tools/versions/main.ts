import { readFile, writeFile } from "node:fs/promises";
import { findEngine } from "../engine";
import { failuresIn, installLane, LANES, runTests } from "./lanes";
import { COMPATIBILITY_FILE, type Tried, withTable } from "./table";

const TESTS = ["tests/unit/**/*.test.ts", "tests/package/**/*.test.ts"];
/** Tests that need the repository's own SDK, or check its files. */
const NOT = ["schema", "manifest"].flatMap((name) => ["--ignore", `tests/package/${name}.test.ts`]);

/** `npm run versions`: runs the unit and package tests with each lane, and writes which pass into the docs. */
async function main(): Promise<void> {
  const { version: engine } = await findEngine();
  const tried: Tried[] = [];
  for (const lane of LANES) {
    const installed = await installLane(lane);
    const { node, pulumi, aws } = installed;
    const { passed, output } = await runTests(installed, ...NOT, ...TESTS);
    const [counts = "no counts"] = /^\d+ passed, .*$/m.exec(output) ?? [];
    console.log(`Node.js ${node}, @pulumi/pulumi ${pulumi}, @pulumi/aws ${aws}: ${counts}`);
    if (!passed) {
      console.error(failuresIn(output));
      process.exitCode = 1;
      return;
    }
    tried.push({ node, pulumi, aws, engine });
  }
  const page = await readFile(COMPATIBILITY_FILE, "utf8");
  await writeFile(COMPATIBILITY_FILE, await withTable(page, tried));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
