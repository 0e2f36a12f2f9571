import assert from "node:assert/strict";
import { mock } from "node:test";
import { least, routingLeast } from "../elb/attributes";
import { ask } from "./support/httpClient";
import { HealthStage } from "./support/healthStage";

describe("routing by health", () => {
  let stage: HealthStage;
  beforeEach(async () => {
    stage = await HealthStage.open();
  });
  afterEach(async () => {
    await stage.close();
  });

  const twoServers = async (attributes = {}) => {
    const { url, group } = await stage.balanced([], attributes);
    await stage.registerHealthyServer(group);
    await stage.addServer("i-2");
    await stage.registerHealthy(group, "i-2");
    return { url, group };
  };

  const serverOf = async (url: string) => ((await ask(url)).body === "i-2" ? "i-2" : "i-1");

  const spread = async (url: string) => {
    const served = new Set<string>();
    for (let count = 0; count < 4; count += 1) {
      served.add(await serverOf(url));
    }
    return [...served].sort();
  };

  it("sends nothing to an unhealthy target beside a healthy one", async () => {
    const { url } = await twoServers();
    assert.deepEqual(await spread(url), ["i-1", "i-2"]);
    stage.checked.status = 500;
    const unhealthy = stage.reaches("i-1", "unhealthy");
    await stage.nextCheck();
    await stage.nextCheck();
    await unhealthy;
    assert.deepEqual(await spread(url), ["i-2"]);
  });

  it("fails open: with no healthy target all of them serve", async () => {
    const { url, group } = await stage.balanced([]);
    stage.checked.status = 500;
    stage.registerServer(group);
    assert.equal((await ask(url)).status, 500);
    const unhealthy = stage.reaches("i-1", "unhealthy");
    await stage.nextCheck();
    await stage.nextCheck();
    await unhealthy;
    assert.equal((await ask(url)).status, 500);
  });

  const thresholds: [kind: string, value: string, serving: string[]][] = [
    ["count", "1", ["i-2"]],
    ["count", "2", ["i-1", "i-2"]],
    ["percentage", "50", ["i-2"]],
    ["percentage", "51", ["i-1", "i-2"]],
  ];
  for (const [kind, value, serving] of thresholds) {
    it(`fails open below the least ${kind} of healthy targets: ${value}`, async () => {
      const { url } = await twoServers({
        [least("dns_failover", kind)]: value,
        [routingLeast(kind)]: value,
      });
      stage.checked.status = 500;
      const unhealthy = stage.reaches("i-1", "unhealthy");
      await stage.nextCheck();
      await stage.nextCheck();
      await unhealthy;
      assert.deepEqual(await spread(url), serving);
    });
  }

  it("gives a target a growing share in slow start", async () => {
    const { url, group } = await stage.balanced([undefined], {
      "slow_start.duration_seconds": "30",
    });
    await stage.addServer("i-2");
    await stage.registerHealthy(group, "i-2");
    const share = async () => {
      let served = 0;
      for (let count = 0; count < 30; count += 1) {
        served += (await serverOf(url)) === "i-2" ? 1 : 0;
      }
      return served;
    };
    const early = await share();
    mock.timers.tick(15_000);
    const half = await share();
    mock.timers.tick(15_000);
    const full = await share();
    assert.ok(early <= 1, `at once: ${early}`);
    assert.ok(half >= 9 && half <= 11, `half way: ${half}`);
    assert.ok(full >= 14, `at the end: ${full}`);
  });

  it("does not slow down targets that were healthy before slow start", async () => {
    const { url, group } = await stage.balanced([undefined]);
    await stage.addServer("i-2");
    await stage.registerHealthy(group, "i-2");
    stage.elb.modifyTargetGroupAttributes(group, { "slow_start.duration_seconds": "30" });
    const bodies = [(await ask(url)).body, (await ask(url)).body];
    assert.deepEqual(bodies.sort(), ["i-1", "i-2"]);
  });
});
