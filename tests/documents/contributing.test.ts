import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";

const read = (file: string) => readFile(path.join(ROOT, file), "utf8");

/** A file without what the formatter decides: tables are padded. */
const lines = (text: string) => text.split("\n").map((line) => line.replace(/ {2,}/g, " ").trim());

describe("the change that CONTRIBUTING shows for a new argument", () => {
  it("is the one that was made, in seven files", async () => {
    const [, diff = ""] = /```diff\n([^]*?)```/.exec(await read("CONTRIBUTING.md")) ?? [];
    const [, ...parts] = diff.split(/^--- /m);
    assert.equal(parts.length, 7);
    for (const part of parts) {
      const [file, ...shown] = part.split("\n");
      const added = shown.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
      assert.ok(added.length > 0, file);
      const there = new Set(lines(await read(file)));
      const missing = lines(added.join("\n")).filter((line) => !there.has(line));
      assert.deepEqual(missing, [], file);
    }
  });
});
