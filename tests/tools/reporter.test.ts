import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { useScratch } from "../support/scratch";

const REPORTER = path.join(__dirname, "..", "support", "reporter.cjs");
const MOCHA = require.resolve("mocha/bin/mocha.js");

describe("the reporter", () => {
  const scratch = useScratch();

  const cases: [string, string, string, number][] = [
    ["passing tests", `it("a", () => {}); it("b", () => {});`, "2 passed, 0 failed", 0],
    [
      "a failing test",
      `it("a", () => {}); it("b", () => { throw Error("no"); });`,
      "1 passed, 1 failed",
      1,
    ],
    [
      "skipped tests",
      `it("a", () => {}); it.skip("b", () => {}); it("c");`,
      "1 passed, 0 failed, 2 skipped",
      0,
    ],
    [
      "a failing hook",
      `before(() => { throw Error("no"); }); it("a", () => {});`,
      "0 passed, 1 failed",
      1,
    ],
    [
      "a failing last hook",
      `after(() => { throw Error("no"); }); it("a", () => {});`,
      "1 passed, 1 failed",
      1,
    ],
  ];
  for (const [what, body, line, code] of cases) {
    it(`closes with the counts after ${what}`, async () => {
      const file = path.join(scratch(), "sample.cjs");
      await writeFile(file, body);

      const { stdout, status } = spawnSync(
        process.execPath,
        [MOCHA, "--no-config", "--no-package", "--reporter", REPORTER, file],
        { encoding: "utf8", cwd: scratch() },
      );

      assert.equal(stdout.split("\n").slice(-2).join("\n"), `${line}\n`);
      assert.equal(status, code);
    });
  }
});
