import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { useScratch, writeScript } from "../support/scratch";

const INSTALL = path.join(__dirname, "..", "..", "tools", "install.mjs");

/** Stands for npm, and installs what the lock file wants. */
const NPM = `
echo "$*" >> calls
echo "from npm"
mkdir -p node_modules
cp package-lock.json node_modules/.package-lock.json`;

describe("tools/install.mjs", () => {
  const scratch = useScratch();
  let root: string;

  beforeEach(async () => {
    root = path.join(scratch(), "clone");
    await mkdir(path.join(root, "tools"), { recursive: true });
    await copyFile(INSTALL, path.join(root, "tools", "install.mjs"));
    await writeLock({ "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } });
    await writeScript(path.join(root, "npm"), NPM);
  });

  const writeLock = (packages: Record<string, object>) =>
    writeFile(
      path.join(root, "package-lock.json"),
      JSON.stringify({ packages: { "": { name: "clone" }, ...packages } }),
    );
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(root, "tools", "install.mjs"), ...args], {
      cwd: scratch(),
      encoding: "utf8",
      env: { ...process.env, PATH: `${root}${path.delimiter}${process.env.PATH ?? ""}` },
    });
  const calls = async () => (await readFile(path.join(root, "calls"), "utf8")).trim().split("\n");

  it("installs on a fresh clone, without install scripts, and keeps the standard output free", async () => {
    const { status, stdout, stderr } = run();

    assert.equal(status, 0);
    assert.equal(stdout, "");
    assert.match(stderr, /from npm/);
    assert.deepEqual(await calls(), ["ci --include=dev --ignore-scripts --no-audit --no-fund"]);
  });

  it("installs what a folder of its own needs, and only there", async () => {
    const folder = path.join(root, "folder");
    await mkdir(folder);
    await copyFile(path.join(root, "package-lock.json"), path.join(folder, "package-lock.json"));

    const { status, stderr } = run("folder");

    assert.equal(status, 0);
    assert.match(stderr, /^Installing the dependencies of folder\.\n/);
    assert.deepEqual((await readdir(folder)).sort(), [
      "calls",
      "node_modules",
      "package-lock.json",
    ]);
    assert.ok(!(await readdir(root)).includes("node_modules"));
    assert.equal(run("folder").stderr, "");
  });

  it("does nothing when everything is installed", async () => {
    run();

    const { status, stderr } = run();

    assert.deepEqual([status, stderr, (await calls()).length], [0, "", 1]);
  });

  it("does not miss optional packages of other platforms", async () => {
    run();
    await writeLock({
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/b": { version: "1.0.0", optional: true },
    });

    run();

    assert.equal((await calls()).length, 1);
  });

  const changes = {
    "another version": { "node_modules/a": { version: "1.0.1", integrity: "sha512-b" } },
    "one package more": {
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/b": { version: "1.0.0" },
    },
    "one package less": {},
  };
  for (const [change, packages] of Object.entries(changes)) {
    it(`installs again when package-lock.json asks for ${change}`, async () => {
      run();
      await writeLock(packages);

      run();

      assert.equal((await calls()).length, 2);
    });
  }

  it("installs again when npm was interrupted", async () => {
    run();
    await writeFile(path.join(root, "node_modules", ".package-lock.json"), '{"packages":');

    run();

    assert.equal((await calls()).length, 2);
  });

  it("fails when npm fails, and when there is no npm", async () => {
    await writeScript(path.join(root, "npm"), "exit 7");
    assert.equal(run().status, 7);

    const file = path.join(root, "tools", "install.mjs");
    const { status, stderr } = spawnSync(process.execPath, [file], {
      encoding: "utf8",
      env: { PATH: path.join(root, "tools") },
    });
    assert.equal(status, 1);
    assert.match(stderr, /npm cannot be started/);
    assert.deepEqual(await readdir(path.join(root, "tools")), ["install.mjs"]);
  });
});
