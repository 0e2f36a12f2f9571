import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Configuration, EnvironmentOptions } from "../../automation";
import { CONFIGURATION, Environments } from "../support/environments";
import { installLibrary } from "../support/library";

/** 500 by hand: LBG_OPERATIONS=500. */
const OPERATIONS = Number(process.env.LBG_OPERATIONS ?? 24);

/** A service in plain JavaScript that imports the package. */
const SERVICE = `
const { Environment } = require("load-balanced-group/automation");

const memory = () => {
  global.gc();
  return process.memoryUsage();
};

const calls = {
  async deploy(options) {
    const environment = await Environment.open(options);
    const { counts, outputs } = await environment.up();
    await environment.destroy();
    await environment.close();
    return { counts, outputs };
  },
  async fail(options) {
    const environment = await Environment.open(options);
    const error = await environment.preview().catch((error) => error);
    await environment.close();
    return error;
  },
  async repeat(options, times) {
    const taken = [];
    for (let time = 0; time < times; time += 2) {
      const environment = await Environment.open(options);
      const signal = new AbortController().signal;
      await Promise.all([
        environment.preview({ signal, timeLimit: 60_000, onProgress() {} }),
        environment.history(),
      ]);
      await environment.close();
      taken.push(memory());
    }
    return taken.map(({ heapUsed, rss }) => ({ heapUsed, rss }));
  },
};

process.on("message", ({ call, args }) => {
  calls[call](...args).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: String(error) }),
  );
});
`;

describe("the package in a service", function () {
  this.timeout(180_000 + OPERATIONS * 5_000);
  const stage = Environments.forSuite();
  let service: ChildProcess;
  let printed = "";

  before(async () => {
    const folder = path.join(stage().folder, "service");
    await mkdir(folder);
    await installLibrary(folder);
    await writeFile(path.join(folder, "service.js"), SERVICE);
    const execArgv = ["--expose-gc"];
    service = fork(path.join(folder, "service.js"), { cwd: folder, execArgv, silent: true });
    for (const stream of [service.stdout, service.stderr]) {
      stream?.on("data", (text: Buffer) => (printed += text.toString()));
    }
  });

  after(async () => {
    service.disconnect();
    await once(service, "exit");
  });

  async function ask(call: string, ...args: unknown[]): Promise<unknown> {
    service.send({ call, args });
    const [{ result, error }] = (await once(service, "message")) as [Record<string, unknown>];
    assert.equal(error, undefined);
    return result;
  }

  const options = (changes: Partial<Configuration> = {}): EnvironmentOptions =>
    stage().options("service", { configuration: { ...CONFIGURATION, ...changes } });

  it("deploys, and prints nothing", async () => {
    const { counts } = (await ask("deploy", options())) as { counts: unknown };
    assert.deepEqual(counts, { create: 10 });
    assert.equal(printed, "");
  });

  it("tells of a fault of the program: awsx is not there for a dedicated network", async () => {
    const error = (await ask("fail", options({ network: "dedicated" }))) as Record<string, string>;
    assert.equal(error.kind, "program");
    assert.match(error.message, /npm install @pulumi\/awsx/);
    assert.equal(printed, "");
  });

  it(`takes no more memory after ${OPERATIONS} operations`, async () => {
    const taken = (await ask("repeat", options(), OPERATIONS)) as Record<
      "heapUsed" | "rss",
      number
    >[];
    const settled = taken.slice(Math.floor(taken.length / 3));
    const growth = (settled[settled.length - 1].heapUsed - settled[0].heapUsed) / settled.length;
    if (process.env.LBG_OPERATIONS) {
      console.log(
        taken
          .map(({ rss, heapUsed }) =>
            [rss, heapUsed].map((one) => Math.round(one / 2 ** 20)).join("/"),
          )
          .join(" "),
      );
    }
    // One operation that left its thread, its connection or its events behind would keep far more.
    assert.ok(growth < 30_000, `${Math.round(growth)} bytes more with each operation`);
  });
});
