import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";
import { documents } from "./documents";

/** What the documents name in code: a file or folder of the repository, from its top. */
const NAMED =
  /`((?:automation|bench|components|demo|docs|emulator|examples|stacks|temporal|tests|tools)\/[\w./-]*)`/g;

describe("the documents", () => {
  for (const file of documents()) {
    const text = readFileSync(path.join(ROOT, file), "utf8");

    it(`${file} links to files that are there`, () => {
      const targets = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)].map(([, to]) => to);
      const folder = path.join(ROOT, path.dirname(file));
      assert.deepEqual(
        targets.filter((to) => !existsSync(path.join(folder, to))),
        [],
      );
    });

    it(`${file} names files that are there`, () => {
      const named = [...text.matchAll(NAMED)].map(([, name]) => name);
      assert.deepEqual(
        named.filter((name) => !existsSync(path.join(ROOT, name))),
        [],
      );
    });
  }
});
