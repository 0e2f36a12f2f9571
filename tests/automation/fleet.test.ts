import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type FileHandle, open, readFile } from "node:fs/promises";
import path from "node:path";
import { mock } from "node:test";
import {
  deployAll,
  type FleetMember,
  type FleetOptions,
  JournalError,
  RefusedError,
} from "../../automation";
import { CONFIGURATION, Environments } from "../support/environments";
import { fakeEngine } from "./fakeEngine";

/** 200 by hand: LBG_FLEET_SIZE=200 LBG_FLEET_LIMIT=8. */
const SIZE = Number(process.env.LBG_FLEET_SIZE ?? 8);
const LIMIT = Number(process.env.LBG_FLEET_LIMIT ?? 3);

const HEALTHY = { ...CONFIGURATION, targetGroup: { healthCheck: { interval: 5, timeout: 2 } } };
const REFUSED = { ...CONFIGURATION, instanceIds: ["i-0a1b2c3d4e5f69999"] };

describe("a fleet", function () {
  this.timeout(60_000 + SIZE * 30_000);
  const stage = Environments.forSuite();

  const member = (
    name: string,
    order: Omit<FleetMember, "options"> = {},
    configuration: object = CONFIGURATION,
  ): FleetMember => ({ options: stage().options(name, { configuration }), ...order });

  /** The environments that have a load balancer, by its tags, each as often as it has one. */
  function deployedNames(): string[] {
    return stage()
      .emulator.elb.existingLoadBalancers()
      .map(({ loadBalancerName }) => loadBalancerName.replace(/-alb-[0-9a-f]{7}$/, ""))
      .sort();
  }

  async function destroyAll(names: readonly string[]): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const environment = await stage().open(name);
        await environment.destroy();
      }),
    );
  }

  it("is deployed wave by wave behind its health gate, and reported in one summary", async () => {
    const steps: string[] = [];
    const { environments, counts, unhealthy } = await deployAll(
      [
        member("prod", { wave: 2 }, HEALTHY),
        member("test", { after: ["dev"] }, HEALTHY),
        member("dev", {}, HEALTHY),
      ],
      {
        concurrency: 2,
        healthGate: { timeLimit: 60_000 },
        onProgress: ({ environment, status }) => {
          if (status !== "progress") steps.push(`${environment} ${status}`);
        },
      },
    );
    assert.equal(unhealthy, undefined);
    assert.deepEqual(counts, {
      deployed: 3,
      "already deployed": 0,
      failed: 0,
      cancelled: 0,
      "not started": 0,
    });
    assert.deepEqual(steps, [
      "dev deploying",
      "dev deployed",
      "test deploying",
      "test deployed",
      "prod deploying",
      "prod deployed",
    ]);
    assert.equal(environments.dev.counts?.create, 10);
    assert.match(environments.prod.outputs?.url ?? "", /^http:/);
    await destroyAll(["dev", "test", "prod"]);
  });

  it("begins no further wave if targets stay unhealthy", async () => {
    const port = {
      configuration: { ...HEALTHY, targetGroup: { ...HEALTHY.targetGroup, port: 81 } },
    };
    const { environments, unhealthy } = await deployAll(
      [{ options: stage().options("ill", port) }, member("after", { wave: 2 })],
      { healthGate: { timeLimit: 1 } },
    );
    assert.equal(environments.ill.status, "deployed");
    assert.equal(environments.after.status, "not started");
    assert.match(unhealthy?.message ?? "", /:81 is (initial|unhealthy)/);
    assert.equal(environments.after.reason?.message, unhealthy?.message);
    await destroyAll(["ill"]);
  });

  it("waits for a limited number at a time at its gate, and stops waiting once one stays unhealthy", async () => {
    const port = { targetGroup: { ...HEALTHY.targetGroup, port: 81 } };
    const names = ["ill1", "ill2", "ill3"];
    const log = path.join(stage().folder, "gate");
    const engine = await fakeEngine(
      path.join(stage().folder, "gated"),
      `printf '%s %s\\n' "$1 $2" "$PWD" >> '${log}'`,
    );
    const members = names.map((name) => ({
      options: stage().options(name, { configuration: { ...CONFIGURATION, ...port }, engine }),
    }));
    const { unhealthy, counts } = await deployAll(members, {
      concurrency: 1,
      healthGate: { timeLimit: 1 },
    });
    assert.equal(counts.deployed, 3);
    assert.match(unhealthy?.message ?? "", /^health ill1: not healthy/);
    // Each that is waited for has a folder of its own, as each that is deployed had.
    const folders = (await readFile(log, "utf8"))
      .split("\n")
      .map((line) => line.split(" ").slice(2).join(" "))
      .filter((folder) => folder.includes("load-balanced-group-"));
    assert.equal(new Set(folders).size, names.length + 1);
    await destroyAll(names);
  });

  it("leaves no lock and nothing running if its journal's disk is full", async () => {
    const journal = path.join(stage().folder, "full.jsonl");
    const opened = await open(journal, "a");
    await opened.close();
    let written = 0;
    const full = mock.method(
      Object.getPrototypeOf(opened) as FileHandle,
      "appendFile",
      function (this: FileHandle, text: string) {
        written += 1;
        if (written > 2) return Promise.reject(new Error("ENOSPC: no space left on device, write"));
        return this.writeFile(text);
      },
    );
    const names = ["full1", "full2", "full3"];
    try {
      const error = await deployAll(
        names.map((name) => member(name)),
        { concurrency: 2, journal },
      ).then(
        () => assert.fail("the failure was not reported"),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof JournalError);
      assert.match(error.message, /can't be written: ENOSPC/);
      assert.equal(error.summary?.counts.deployed, 2);
      assert.equal(error.summary.environments.full3.status, "not started");
    } finally {
      full.mock.restore();
    }
    const { counts } = await deployAll(
      names.map((name) => member(name)),
      { journal },
    );
    assert.equal(counts.deployed, 3);
    await destroyAll(names);
  });

  it("reports what failed and why, and what was not started because of it", async () => {
    const { environments, counts } = await deployAll(
      [member("bad", {}, REFUSED), member("behind", { after: ["bad"] }), member("beside")],
      { concurrency: 2, onFailure: "continue" },
    );
    assert.deepEqual([counts.deployed, counts.failed, counts["not started"]], [1, 1, 1]);
    assert.ok(environments.bad.reason instanceof RefusedError);
    assert.equal(environments.behind.reason?.message, "it waits for bad, which did not succeed");
    await destroyAll(["beside"]);
  });

  it("is cancelled by its signal: what runs is ended cleanly, nothing else begins", async () => {
    const abort = new AbortController();
    const { environments } = await deployAll([member("first"), member("second")], {
      concurrency: 1,
      signal: abort.signal,
      onProgress: (event) => {
        if (event.status === "progress" && event.progress.phase === "started") abort.abort();
      },
    });
    assert.equal(environments.first.status, "cancelled");
    assert.equal(environments.second.status, "not started");
    await destroyAll(["first"]);
  });

  it(`of ${SIZE} is killed in the middle and resumed: nothing is deployed twice, nothing lost`, async () => {
    const names = Array.from({ length: SIZE }, (_, index) => `e${index}`);
    const members = names.map((name) => member(name, {}, { ...CONFIGURATION, name }));
    const journal = path.join(stage().folder, "fleet.jsonl");
    const options = { concurrency: LIMIT, journal };
    const before = createdLoadBalancers();

    const first = start(members, options);
    for (let done = 0; done < Math.floor(SIZE / 2); done++) await once(first, "message");
    first.kill("SIGKILL");
    await once(first, "exit");

    const second = start(members, options);
    const memory: number[] = [];
    const result = await new Promise<unknown>((resolve) => {
      second.on("message", (message: { rss?: number }) => {
        if (message.rss === undefined) resolve(message);
        else memory.push(message.rss);
      });
    });
    const { counts } = result as { counts: Record<string, number> };
    assert.equal(counts.deployed + counts["already deployed"], SIZE, JSON.stringify(result));
    assert.ok(counts["already deployed"] >= Math.floor(SIZE / 2), "what was done was done again");
    assert.deepEqual(deployedNames(), [...names].sort());
    const created = createdLoadBalancers() - before;
    assert.equal(created, SIZE, "a load balancer was made twice");
    if (process.env.LBG_FLEET_SIZE) console.log(memory.map((one) => Math.round(one / 2 ** 20)));
  });

  const createdLoadBalancers = () =>
    stage().changes.filter((call) => call === "CreateLoadBalancer").length;
});

function start(members: readonly FleetMember[], options: FleetOptions): ChildProcess {
  const child = fork(path.join(__dirname, "fleetRun.ts"), {
    execArgv: ["-r", "ts-node/register/transpile-only"],
  });
  child.send({ members, options });
  return child;
}
