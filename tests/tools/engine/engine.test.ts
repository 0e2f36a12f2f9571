import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { MINIMUM_ENGINE } from "../../../automation/engineCommand";
import { findEngine, findOldestEngine, NoEngineError } from "../../../tools/engine";
import type { Log } from "../../../tools/engine/log";
import { isAtLeast, parseVersion } from "../../../tools/engine/version";
import { restoreEnvironment, useScratch, writeScript } from "../../support/scratch";

/** Stands for Go: it writes down how it was called, and makes engines that only know their version. */
const GO = `
echo "$*" >> "$(dirname "$0")/calls"
case $1 in
  env) echo go1.26.8 ;;
  list) echo one; echo two ;;
  build)
    echo one >&2; echo two >&2
    while [ "$1" != -o ]; do shift; done
    mkdir -p "$2"
    for tool in pulumi pulumi-language-nodejs pulumi-language-yaml; do
      printf '#!/bin/sh\\necho v3.274.1\\n' > "$2$tool"
      chmod +x "$2$tool"
    done ;;
esac`;

/** Stands for the vendor's site, which serves an installer. */
const SITE = `
globalThis.fetch = async (url) => new Response(\`
  while [ "$1" != --install-root ]; do shift; done
  mkdir -p "$2/bin"
  for tool in pulumi pulumi-language-nodejs pulumi-language-yaml; do
    printf '#!/bin/sh\\\\necho v3.274.1\\\\n' > "$2/bin/$tool"
    chmod +x "$2/bin/$tool"
  done\`);`;

describe("findEngine", () => {
  const scratch = useScratch();
  restoreEnvironment();
  const fetch = globalThis.fetch;
  let bin: string;
  let cache: string;
  let said: string[];
  let log: Log;

  beforeEach(async () => {
    bin = path.join(scratch(), "programs");
    cache = path.join(scratch(), "cache");
    await mkdir(bin);
    for (const tool of ["dirname", "mkdir", "chmod", "sh", "cat"]) {
      await symlink(await findTool(tool), path.join(bin, tool));
    }
    process.env.PATH = bin;
    process.env.XDG_CACHE_HOME = cache;
    globalThis.fetch = () => Promise.reject(new TypeError("no network in this test"));
    said = [];
    log = { line: (text) => said.push(text), status: () => undefined };
  });

  afterEach(() => {
    globalThis.fetch = fetch;
  });

  const keptEngines = () => readdir(path.join(cache, "load-balanced-group", "engine"));
  const goCalls = async () => (await readFile(path.join(bin, "calls"), "utf8")).trim().split("\n");

  it("takes the engine on PATH", async () => {
    const command = await writeScript(path.join(bin, "pulumi"), "echo v3.245.1");
    await writeScript(path.join(bin, "pulumi-language-nodejs"), "");

    assert.deepEqual(await findEngine({ log }), {
      command,
      binFolder: bin,
      root: undefined,
      version: "3.245.1",
      source: "path",
    });
    assert.deepEqual(said, []);
  });

  const unfit = [
    ["is too old", "echo v3.229.9", "is 3.229.9, older than 3.230.0"],
    ["says no version", "echo hello", 'version says "hello", which is no version'],
    ["does not run", "exit 3", "version failed (3)"],
    ["has no Node.js host", "echo v3.230.0", "has no pulumi-language-nodejs beside it"],
  ] as const;
  for (const [how, body, reason] of unfit) {
    it(`passes over an engine on PATH that ${how}, and says so`, async () => {
      const command = await writeScript(path.join(bin, "pulumi"), body);
      await writeScript(path.join(bin, "go"), GO);

      const { source } = await findEngine({ log });

      assert.equal(source, "compiled");
      const start = `Passing over the Pulumi engine on PATH: ${command} `;
      assert.equal(said[0], `${start}${reason}.`);
    });
  }

  it("compiles its modules with what go.sum allows, stamped with the version, and says so before", async () => {
    await writeScript(path.join(bin, "go"), GO);

    const engine = await findEngine({ log });

    assert.equal(engine.version, "3.274.1");
    assert.equal(engine.source, "compiled");
    assert.equal(engine.command, path.join(engine.root ?? "", "bin", "pulumi"));
    const builds = (await goCalls()).filter((call) => call.startsWith("build"));
    assert.equal(builds.length, 3);
    assert.ok(builds.every((call) => call.includes("-mod=readonly")));
    assert.match(builds[0] ?? "", /version\.Version=3\.274\.1/);
    assert.doesNotMatch(builds.slice(1).join(), /version\.Version/);
    assert.ok(said.some((line) => /about five minutes, and only this once/.test(line)));
    assert.equal((await keptEngines()).length, 1);
  });

  it("compiles once, and then takes what was kept", async () => {
    await writeScript(path.join(bin, "go"), GO);
    const first = await findEngine({ log });
    const calls = await goCalls();
    said = [];

    assert.deepEqual(await findEngine({ log }), first);
    assert.deepEqual(await goCalls(), calls);
    assert.deepEqual(said, []);
  });

  it("makes an engine anew of which a part was removed", async () => {
    await writeScript(path.join(bin, "go"), GO);
    const first = await findEngine({ log });
    await rm(path.join(first.binFolder, "pulumi-language-yaml"));

    assert.deepEqual(await findEngine({ log }), first);
    assert.equal((await readdir(first.binFolder)).length, 3);
  });

  it("prefers the official release where the vendor's site can be reached", async () => {
    const site = path.join(scratch(), "site.cjs");
    await writeFile(site, SITE);
    await writeScript(path.join(bin, "go"), GO);
    globalThis.fetch = () => Promise.resolve(new Response());
    process.env.NODE_OPTIONS = `--require "${site}"`;

    const engine = await findEngine({ log });

    assert.equal(engine.source, "installed");
    assert.equal(engine.version, "3.274.1");
    assert.deepEqual((await readdir(bin)).includes("calls"), false);
  }).timeout(30_000);

  it("refuses a Go that is too old", async () => {
    await writeScript(path.join(bin, "go"), "echo go1.24");

    await assert.rejects(findEngine({ log }), /Go 1\.26\.6 or newer is needed, this is 1\.24\.0/);
  });

  it("shows what the compiler said when it fails, and keeps nothing", async () => {
    await writeScript(
      path.join(bin, "go"),
      `[ $1 = env ] && echo go1.27 && exit; echo BAD >&2; exit 1`,
    );

    await assert.rejects(findEngine({ log }), NoEngineError);
    assert.ok(said.includes("  BAD"));
    assert.deepEqual(await keptEngines(), []);
  });

  it("keeps nothing that compiles but does not run", async () => {
    await writeScript(path.join(bin, "go"), GO.replace("echo v3.274.1", "exit 1"));

    await assert.rejects(findEngine({ log }), NoEngineError);
    assert.deepEqual(await keptEngines(), []);
  });

  it("makes the oldest that is supported beside the newest, whatever is on PATH", async () => {
    await writeScript(path.join(bin, "pulumi"), "echo v3.245.1");
    await writeScript(path.join(bin, "pulumi-language-nodejs"), "");
    await writeScript(path.join(bin, "go"), GO.replace("echo v3.274.1", "echo v3.230.0"));

    const engine = await findOldestEngine({ log });

    assert.equal(engine.version, MINIMUM_ENGINE);
    assert.equal(engine.source, "compiled");
    const builds = (await goCalls()).filter((call) => call.startsWith("build"));
    assert.match(builds[0], new RegExp(`version\\.Version=${MINIMUM_ENGINE}`));
    assert.deepEqual(await findOldestEngine({ log }), engine);
    assert.equal((await keptEngines()).length, 1);
  });

  it("says in three lines how to get an engine when there is no way", async () => {
    await assert.rejects(findEngine({ log }), (error: Error) => {
      assert.ok(error instanceof NoEngineError);
      assert.deepEqual(error.message.split("\n"), [
        "There is no Pulumi engine: none that fits is on PATH; the vendor's download site cannot be reached; Go 1.26.6 or newer is not installed.",
        "Install Pulumi 3.274.1 or newer (https://www.pulumi.com/docs/install/) and run this again.",
        "Where that site is closed, install Go 1.26.6 or newer: the engine is then compiled here.",
      ]);
      return true;
    });
  });
});

describe("versions of the engine", () => {
  it("are read from what the engine says", () => {
    assert.equal(parseVersion("v3.230.0\n"), "3.230.0");
    assert.equal(parseVersion("3.231.0-alpha.1"), "3.231.0");
    assert.equal(parseVersion("pulumi"), undefined);
  });

  it("are compared by number", () => {
    assert.ok(isAtLeast("3.230.0", "3.230.0"));
    assert.ok(isAtLeast("3.1000.0", "3.230.0"));
    assert.ok(isAtLeast("4.0.0", "3.230.0"));
    assert.ok(!isAtLeast("3.229.9", "3.230.0"));
    assert.ok(!isAtLeast("2.999.0", "3.230.0"));
  });
});

async function findTool(name: string): Promise<string> {
  for (const folder of ["/bin", "/usr/bin"]) {
    if ((await readdir(folder)).includes(name)) {
      return path.join(folder, name);
    }
  }
  throw new Error(`this test needs ${name}`);
}
