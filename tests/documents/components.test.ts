import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";

/** The part of the configuration of dependency-cruiser that says what a folder of the component may import. */
interface ImportRules {
  readonly forbidden: readonly { readonly name: string }[];
}

describe("the README of the component", () => {
  const text = readFileSync(path.join(ROOT, "components", "README.md"), "utf8");
  const listed = [...text.matchAll(/^\| `(\w+)`/gm)].map(([, folder]) => folder);

  it("lists each folder", () => {
    const entries = readdirSync(path.join(ROOT, "components"), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual([...listed].sort(), folders.sort());
  });

  it("begins with those that all may import, in the order that `npm run check:imports` checks", () => {
    const { forbidden } = module.require(path.join(ROOT, ".dependency-cruiser.cjs")) as ImportRules;
    const ordered = forbidden.flatMap(
      ({ name }) => /^components-(\w+)-imports-below-only$/.exec(name)?.[1] ?? [],
    );
    assert.ok(ordered.length > 0);
    assert.deepEqual(listed.slice(0, ordered.length), ordered);
  });
});
