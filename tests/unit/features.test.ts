import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec } from "../../tools/package/spec";

const TABLE = readFileSync(path.join(ROOT, "docs", "features.md"), "utf8");
const ROWS = [...TABLE.matchAll(/^\| (.+?) +\| (.+?) +\| (\S+): "(.+?)" +\|$/gm)].map(
  ([, feature, args, file, title]) => ({ feature, args, file, title }),
);

describe("the table of features", () => {
  it("has every argument of each component", () => {
    const schema = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as PackageSpec;
    const all = Object.values(schema.resources).flatMap(({ inputProperties }) =>
      Object.keys(inputProperties),
    );
    const named = ROWS.flatMap(({ args }) =>
      [...args.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    assert.deepEqual([...new Set(named)].sort(), [...new Set(all)].sort());
  });

  it("has a line for each feature, with a test that exists", () => {
    const lines = TABLE.split("\n").filter((line) => /^\| (?!Feature|-)/.test(line));
    assert.equal(ROWS.length, lines.length);
    const missing = ROWS.filter(({ file, title }) => {
      const test = path.join(ROOT, file);
      return !existsSync(test) || !readFileSync(test, "utf8").includes(`it("${title}"`);
    });
    assert.deepEqual(missing, []);
  });
});
