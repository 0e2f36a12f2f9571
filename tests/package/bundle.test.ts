import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { build } from "esbuild";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { startMonitor } from "../../bench/monitor";
import { constructGroup } from "../../bench/providerStart";
import { bundle, withoutUnused } from "../../tools/package/bundle";
import { readManifest } from "../../tools/package/manifest";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import { useScratch } from "../support/scratch";

const BUNDLED = ["THIRD-PARTY-LICENSES.txt", "index.js", "provider.js", "schema.json"];

describe("the bundled provider", function () {
  this.timeout(60_000);
  const scratch = useScratch();
  let running: ChildProcess | undefined;
  let complaints = "";
  afterEach(() => {
    running?.kill();
    running = undefined;
  });

  /** Starts it as the engine does, and speaks to it. */
  async function start(): Promise<ResourceProviderClient> {
    const args = [path.join(scratch(), "index.js"), "127.0.0.1:1"];
    running = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    complaints = "";
    running.stderr?.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    const [port] = (await once(running.stdout ?? running, "data")) as [Buffer];
    const address = `127.0.0.1:${port.toString().trim()}`;
    return new ResourceProviderClient(address, grpc.credentials.createInsecure());
  }

  it("needs nothing beside it but its schema, and serves that with the package's version", async () => {
    await bundle(scratch());
    assert.deepEqual((await readdir(scratch())).sort(), BUNDLED);
    const client = await start();
    const [version, schema] = await Promise.all([
      new Promise((resolve, reject) => {
        client.getPluginInfo(new Empty(), (error, info) => {
          if (error === null) resolve(info.getVersion());
          else reject(error);
        });
      }),
      new Promise((resolve, reject) => {
        client.getSchema(new messages.GetSchemaRequest(), (error, answer) => {
          if (error === null) resolve(answer.getSchema());
          else reject(error);
        });
      }),
    ]);
    client.close();
    assert.equal(version, readManifest().version);
    assert.equal(schema, await readFile(SCHEMA_FILE, "utf8"));
  });

  it("creates groups, and leaves no file behind", async () => {
    await bundle(scratch());
    const client = await start();
    const monitor = await startMonitor();
    try {
      await constructGroup(client, monitor.address, "one");
      await constructGroup(client, monitor.address, "two");
    } finally {
      client.close();
      monitor.stop();
    }
    assert.equal(complaints, "");
    assert.deepEqual((await readdir(scratch())).sort(), BUNDLED);
  });

  describe("as the package's main file", () => {
    /** A package with a library that says so, and the provider that was bundled. */
    async function packageWithLibrary(): Promise<string> {
      const folder = path.join(scratch(), "own");
      await bundle(path.join(folder, "bin", "provider"));
      await writeFile(path.join(folder, "bin", "index.js"), 'exports.is = "the library";');
      const main = "./bin/provider/index.js";
      await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "own", main }));
      return folder;
    }

    it("is the library for a program that requires it, which ends by itself", async () => {
      const folder = await packageWithLibrary();
      const program = `console.log(require(${JSON.stringify(folder)}).is)`;
      const options = { encoding: "utf8", timeout: 10_000 } as const;
      const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", program], options);
      assert.deepEqual([stdout, stderr, status], ["the library\n", "", 0]);
    });

    it("is the provider for the SDK's run-plugin, as a language host calls it", async () => {
      const folder = await packageWithLibrary();
      const runPlugin = require.resolve("@pulumi/pulumi/cmd/run-plugin");
      running = spawn(process.execPath, [runPlugin, folder, "127.0.0.1:1"], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const [port] = (await once(running.stdout ?? running, "data")) as [Buffer];
      assert.match(port.toString(), /^\d+\n$/);
    });
  });

  it("names the packages in it and their licences", async () => {
    await bundle(scratch());
    const notices = await readFile(path.join(scratch(), "THIRD-PARTY-LICENSES.txt"), "utf8");
    const [, ...sections] = notices.split(/^-{80}$/m);
    assert.ok(sections.length > 20, String(sections.length));
    const titles = sections.map((section) => section.trim().split("\n")[0]);
    for (const name of ["@grpc/grpc-js", "@pulumi/aws", "@pulumi/pulumi", "fastest-levenshtein"]) {
      assert.ok(
        titles.some((title) => title.startsWith(`${name} `)),
        name,
      );
    }
    assert.deepEqual(
      titles.filter((title) => !/^\S+ \d+\.\d+\.\S+, \S+/.test(title)),
      [],
    );
    assert.match(sections.join(), /TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION/);
  });

  it("leaves out what it does not use; using it is a clear error", async () => {
    const entry = path.join(scratch(), "entry.js");
    await writeFile(
      entry,
      'const ts = require("typescript"); console.log("loaded"); console.log(ts.version);',
    );
    const outfile = path.join(scratch(), "out.js");
    const made = { entryPoints: [entry], outfile, bundle: true, plugins: [withoutUnused] };
    await build({ ...made, platform: "node" });
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
    assert.equal(stdout, "loaded\n");
    assert.match(stderr, /Error: typescript sends functions to a cloud, for which this provider/);
  });

  it("stops where Node.js is too old for it", async () => {
    await bundle(scratch());
    const old = 'Object.defineProperty(process, "versions", { value: { node: "18.20.1" } });';
    await writeFile(path.join(scratch(), "old.js"), old);
    const args = ["-r", path.join(scratch(), "old.js"), path.join(scratch(), "index.js")];
    const options = { encoding: "utf8", timeout: 10_000 } as const;
    const { status, stderr } = spawnSync(process.execPath, args, options);
    assert.equal(stderr, "load-balanced-group needs Node.js 20 or newer, this is 18.20.1\n");
    assert.equal(status, 1);
  });

  it("stops where its schema is not that of the component", async () => {
    await bundle(scratch());
    await writeFile(path.join(scratch(), "schema.json"), '{ "version": "1.0.0" }');
    const { status, stderr } = spawnSync(process.execPath, [path.join(scratch(), "index.js")], {
      encoding: "utf8",
    });
    assert.notEqual(status, 0);
    assert.match(stderr, /schema\.json does not describe load-balanced-group:index:LoadBalancedGr/);
  });
});
