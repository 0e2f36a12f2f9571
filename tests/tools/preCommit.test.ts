import assert from "node:assert/strict";
import { appendFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "../../tools/package/manifest";
import { FreshClone } from "../support/freshClone";

describe("the hook before a commit", function () {
  this.timeout(180_000);
  let clone: FreshClone;

  before(async () => {
    clone = await FreshClone.open();
    await symlink(path.join(ROOT, "node_modules"), path.join(clone.checkout, "node_modules"));
    await appendFile(path.join(clone.checkout, ".git", "info", "exclude"), "node_modules\n");
    await run(
      "git config user.name x && git config user.email x && git config commit.gpgsign false",
    );
    await run("git config core.hooksPath .githooks");
  });

  after(() => clone.end());

  const run = (commands: string) => clone.run(commands, clone.checkout);

  /** Stages a file beside one that is not staged and would not pass, and commits. */
  async function commit(file: string, text: string, { passes }: { passes: boolean }) {
    await writeFile(path.join(clone.checkout, "not staged.ts"), "var  x");
    await writeFile(path.join(clone.checkout, file), text);
    const commands = `git add '${file}' && git commit --quiet --message x`;
    return run(passes ? commands : `if ${commands}; then exit 9; fi`);
  }

  it("stops a file that is formatted otherwise", async () => {
    const said = await commit("a page.md", "#   Title\n", { passes: false });
    assert.match(said, /a page\.md/);
  });

  it("stops a file that breaks a rule", async () => {
    await commit("a page.md", "# Title\n", { passes: true });
    const said = await commit("tools/one.ts", "export let one = 1;\n", { passes: false });
    assert.match(said, /prefer-const|never reassigned/);
  });

  it("accepts the rest, with deletions and files of other kinds", async () => {
    await commit("tools/one.ts", "export const one = 1;\n", { passes: true });
    await run("git rm --quiet tools/one.ts && git commit --quiet --message x");
    await commit("some.txt", "  anything", { passes: true });
  });
});
