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
/** In bytes, for each round. Code that runs for the first times is compiled, which takes memory too. */
const GROWTH = OPERATIONS < 100 ? 150_000 : 5_000;

/** A service in plain JavaScript that imports the package. */
const SERVICE = `
const { queryObjects } = require("node:v8");
const { Environment } = require("load-balanced-group/automation");

/** How many objects there are, of whatever kind; it collects what nobody refers to. */
const objects = () => queryObjects(Object, { format: "count" });

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
    const { signal } = new AbortController();
    const taken = { objects: [], heapUsed: [], rss: [] };
    for (let time = 0; time < times; time += 2) {
      const environment = await Environment.open(options);
      await Promise.all([
        environment.preview({ signal, timeLimit: 60_000, onProgress() {} }),
        environment.history({ signal }),
      ]);
      await environment.close();
      taken.objects.push(objects());
      const { heapUsed, rss } = process.memoryUsage();
      taken.heapUsed.push(heapUsed);
      taken.rss.push(rss);
    }
    return taken;
  },
};

process.on("message", ({ call, args }) => {
  calls[call](...args).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: String(error) }),
  );
});
`;

describe("the automation API in a service", function () {
  this.timeout(180_000 + OPERATIONS * 5_000);
  const stage = Environments.forSuite();
  let service: ChildProcess;
  let printed = "";

  before(async () => {
    const folder = path.join(stage().folder, "service");
    await mkdir(folder);
    await installLibrary(folder);
    await writeFile(path.join(folder, "service.js"), SERVICE);
    service = fork(path.join(folder, "service.js"), { cwd: folder, silent: true });
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

  it("reports an error of the program: awsx is missing for a dedicated network", async () => {
    const error = (await ask("fail", options({ network: "dedicated" }))) as Record<string, string>;
    assert.equal(error.kind, "program");
    assert.match(error.message, /npm install @pulumi\/awsx/);
    assert.equal(printed, "");
  });

  it(`keeps nothing of ${OPERATIONS} operations, and takes no more memory`, async () => {
    const taken = (await ask("repeat", options(), OPERATIONS)) as Record<
      "objects" | "heapUsed" | "rss",
      number[]
    >;
    if (process.env.LBG_OPERATIONS) console.log(JSON.stringify(taken));
    // A thread, a connection, a listener or anything else that each round leaves is an object more each
    // time, and their number depends neither on the machine's load nor on what is compiled when.
    const kept = growth(taken.objects);
    assert.ok(kept < 0.5, `${kept} objects more with each round: ${taken.objects.join(" ")}`);
    const bytes = growth(taken.heapUsed);
    assert.ok(bytes < GROWTH, `${bytes} bytes more with each round: ${taken.heapUsed.join(" ")}`);
  });
});

/** By how much a number grows with each round: what is loaded once, whenever that is, doesn't count. */
function growth(numbers: readonly number[]): number {
  const settled = numbers.slice(Math.floor(numbers.length / 3));
  return median(settled.slice(1).map((number, index) => number - settled[index]));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
