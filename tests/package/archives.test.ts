import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeArchives } from "../../tools/package/archives";
import { readManifest } from "../../tools/package/manifest";
import { tar } from "../../tools/package/tar";
import { useScratch } from "../support/scratch";

describe("the plugin's archives", () => {
  const scratch = useScratch();
  const plugin = "pulumi-resource-load-balanced-group";
  const { version } = readManifest();

  /** The archives of a provider that prints its arguments. */
  async function archives(): Promise<string> {
    const [provider, folder] = [path.join(scratch(), "made"), path.join(scratch(), "archives")];
    await mkdir(provider);
    await writeFile(
      path.join(provider, "index.js"),
      "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;",
    );
    await writeFile(path.join(provider, "schema.json"), "{}");
    await writeArchives(provider, folder);
    return folder;
  }

  /** Unpacks an archive with the system's own tar, and tells what was in it. */
  async function unpacked(platform: string): Promise<{ folder: string; names: string[] }> {
    const archive = path.join(await archives(), `${plugin}-v${version}-${platform}.tar.gz`);
    const folder = path.join(scratch(), "unpacked");
    await mkdir(folder);
    const { status, stderr } = spawnSync("tar", ["-xzf", archive, "-C", folder]);
    assert.equal(status, 0, stderr.toString());
    return { folder, names: (await readdir(folder, { recursive: true })).sort() };
  }

  it("are there for each platform, named as the engine asks for them, with their checksums", async () => {
    const folder = await archives();
    const platforms = ["linux", "darwin", "windows"].flatMap((system) =>
      ["amd64", "arm64"].map((processor) => `${system}-${processor}`),
    );
    const names = platforms.map((platform) => `${plugin}-v${version}-${platform}.tar.gz`);
    assert.deepEqual((await readdir(folder)).sort(), ["SHA256SUMS", ...names.sort()]);
    const sums = (await readFile(path.join(folder, "SHA256SUMS"), "utf8")).trimEnd().split("\n");
    const listed = sums.map((line) => line.split("  "));
    assert.deepEqual(listed.map(([, name]) => name).sort(), names);
    for (const [sum, name] of listed) {
      const content = await readFile(path.join(folder, name));
      assert.equal(sum, createHash("sha256").update(content).digest("hex"), name);
    }
  });

  it("are the same bytes when they are made again", async () => {
    const file = path.join(await archives(), "SHA256SUMS");
    const before = await readFile(file, "utf8");
    await writeArchives(path.join(scratch(), "made"), path.dirname(file));
    assert.equal(await readFile(file, "utf8"), before);
  });

  it("hold an executable that starts the provider with Node.js, from wherever it lies", async function () {
    if (process.platform === "win32") this.skip();
    const { folder, names } = await unpacked("linux-amd64");
    assert.deepEqual(names, [
      "LICENSE",
      "provider",
      path.join("provider", "index.js"),
      path.join("provider", "schema.json"),
      plugin,
    ]);
    const run = spawnSync(path.join(folder, plugin), ["127.0.0.1:1", "two words"], {
      encoding: "utf8",
    });
    assert.deepEqual(JSON.parse(run.stdout), ["127.0.0.1:1", "two words"]);
    assert.equal(run.status, 3);
  });

  it("say what is missing where there is no Node.js", async function () {
    if (process.platform === "win32") this.skip();
    const { folder } = await unpacked("darwin-arm64");
    const env = { PATH: scratch() };
    const run = spawnSync("/bin/sh", [path.join(folder, plugin)], { encoding: "utf8", env });
    assert.equal(run.stderr, "load-balanced-group needs Node.js 20 or newer on the PATH\n");
    assert.equal(run.status, 1);
  });

  it("hold a command file for Windows, which is what the engine looks for there", async () => {
    const { folder, names } = await unpacked("windows-arm64");
    assert.ok(names.includes(`${plugin}.cmd`) && !names.includes(plugin), names.join());
    const script = await readFile(path.join(folder, `${plugin}.cmd`), "utf8");
    assert.match(script, /^node "%~dp0provider\\index\.js" %\*\r$/m);
  });
});

describe("a tar archive", () => {
  const scratch = useScratch();

  it("keeps names, contents of any size and what can be run", async () => {
    const contents = { empty: 0, small: 5, block: 512, more: 513 };
    const files = Object.entries(contents).map(([name, size]) => ({
      name: `folder/${name}`,
      content: Buffer.alloc(size, name),
      executable: name === "small",
    }));
    const archive = path.join(scratch(), "archive.tar");
    await writeFile(archive, tar(files));
    const listed = spawnSync("tar", ["-tvf", archive], { encoding: "utf8" });
    assert.equal(listed.stderr, "");
    const modes = listed.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(0, 10));
    assert.deepEqual(modes, ["-rw-r--r--", "-rwxr-xr-x", "-rw-r--r--", "-rw-r--r--"]);
    for (const { name, content } of files) {
      const { stdout } = spawnSync("tar", ["-xOf", archive, name]);
      assert.ok(stdout.equals(content), name);
    }
  });

  it("refuses a name that it could not keep", () => {
    const file = { name: "x".repeat(101), content: Buffer.alloc(0) };
    assert.throws(() => tar([file]), /x is too long for a tar archive$/);
  });
});
