import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeLaunchers } from "../../tools/package/launcher";
import { useScratch } from "../support/scratch";

const OWN = "pulumi-resource-load-balanced-group";

describe("what starts the provider in its own folder", () => {
  const scratch = useScratch();
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  /** A package's folder, with a provider that prints its arguments. */
  async function packageIn(name: string, built = true): Promise<string> {
    const folder = path.join(scratch(), name);
    await mkdir(path.join(folder, "bin", "provider"), { recursive: true });
    const bundle = "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;";
    if (built) await writeFile(path.join(folder, "bin", "provider", "index.js"), bundle);
    await writeLaunchers(folder);
    return folder;
  }

  it("runs the bundle with what the engine says, wherever it is started", async () => {
    const folder = await packageIn("of mine");
    assert.deepEqual((await readdir(folder)).sort(), ["bin", OWN]);
    const run = spawnSync(path.join(folder, OWN), ["127.0.0.1:1", "two words"], {
      encoding: "utf8",
    });
    assert.deepEqual(JSON.parse(run.stdout), ["127.0.0.1:1", "two words"]);
    assert.equal(run.status, 3);
  });

  it("runs the bundle by links to it, absolute and relative", async () => {
    const folder = await packageIn("of mine");
    const elsewhere = path.join(scratch(), "else where");
    await mkdir(elsewhere);
    const [absolute, relative] = ["absolute", "relative"].map((name) => path.join(elsewhere, name));
    await symlink(path.join(folder, OWN), absolute);
    await symlink(path.join("..", "else where", "absolute"), relative);
    for (const link of [absolute, relative]) {
      const run = spawnSync(link, ["127.0.0.1:1"], { encoding: "utf8" });
      assert.deepEqual([run.stdout, run.stderr, run.status], ['["127.0.0.1:1"]\n', "", 3]);
    }
  });

  it("is called by the address, too, where the engine keeps what it has from git", async () => {
    const folder = await packageIn("resource-github.com_owner_group-v2.git-v0.1.0-x1a2b3c");
    const called = "pulumi-resource-github.com_owner_group-v2.git";
    assert.deepEqual((await readdir(folder)).sort(), ["bin", called, OWN].sort());
    assert.equal(spawnSync(path.join(folder, called)).status, 3);
  });

  it("says what to do where the bundle is not made", async () => {
    const folder = await packageIn("new", false);
    const run = spawnSync(path.join(folder, OWN), { encoding: "utf8" });
    const message = `load-balanced-group is not built, which npm install does in ${folder}\n`;
    assert.equal(run.stderr, message);
    assert.equal(run.status, 1);
  });
});
