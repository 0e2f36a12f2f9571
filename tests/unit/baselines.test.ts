import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BASELINES_FILE, describeBaselines, README_FILE } from "./baselines";

describe("what the documentation says of security baselines", () => {
  it("is true of what a group registers; npm run baselines writes it", async () => {
    const { page, table } = await describeBaselines();
    assert.equal(await readFile(BASELINES_FILE, "utf8"), page);
    const readme = await readFile(README_FILE, "utf8");
    assert.ok(readme.includes(`\n\n${table}\n`), "the README shows another table");
  });

  it("has all demands met by the hardened group", async () => {
    const { table } = await describeBaselines();
    const rows = table.split("\n").filter((line) => line.includes(" yes "));
    const unmet = rows.filter((row) => row.split("|").at(-3)?.trim() !== "yes");
    assert.ok(rows.length >= 15, String(rows.length));
    assert.deepEqual(unmet, []);
  });
});
