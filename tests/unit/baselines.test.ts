import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BASELINES_FILE, describeBaselines } from "../support/baselines";

describe("the page about security baselines", () => {
  it("is true of what a group registers; npm run baselines writes it", async () => {
    assert.equal(await readFile(BASELINES_FILE, "utf8"), await describeBaselines());
  });

  it("has all demands met by the hardened group", async () => {
    const rows = (await describeBaselines()).split("\n").filter((line) => line.includes(" yes "));
    const unmet = rows.filter((row) => row.split("|").at(-3)?.trim() !== "yes");
    assert.ok(rows.length >= 15, String(rows.length));
    assert.deepEqual(unmet, []);
  });
});
