import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import { mock } from "node:test";
import { ask } from "./support/httpClient";
import { HealthStage } from "./support/healthStage";

describe("deregistration", () => {
  let stage: HealthStage;
  beforeEach(async () => {
    stage = await HealthStage.open();
  });
  afterEach(async () => {
    await stage.close();
  });

  const held = async (attributes = {}) => {
    const { url, group } = await stage.balanced([], attributes);
    await stage.registerHealthyServer(group);
    stage.checked.status = 0;
    const taken = stage.checked.check();
    const request = http.get(url, { agent: false });
    const answer = once(request, "response") as Promise<[http.IncomingMessage]>;
    await taken;
    return { url, group, answer };
  };

  it("drains for the delay, then forgets the target", async () => {
    const { group } = await stage.balanced([]);
    await stage.registerHealthyServer(group);
    stage.elb.deregisterTarget(group, { id: "i-1", port: 80 });
    assert.deepEqual(stage.health(group), {
      target: { id: "i-1", port: 80 },
      state: "draining",
      reason: "Target.DeregistrationInProgress",
      description: "Target deregistration is in progress",
    });
    mock.timers.tick(299_999);
    assert.equal(stage.health(group)?.state, "draining");
    mock.timers.tick(1);
    assert.deepEqual(stage.elb.describeTargetHealth(group), []);
    assert.equal(stage.transitions.at(-1)?.reason, "Target.NotRegistered");
  });

  it("sends a draining target nothing new", async () => {
    const { url, group } = await stage.balanced([]);
    await stage.registerHealthyServer(group);
    stage.elb.deregisterTarget(group, { id: "i-1", port: 80 });
    assert.equal((await ask(url)).status, 503);
  });

  it("lets requests in flight finish while it drains", async () => {
    const { url, group } = await stage.balanced([]);
    let release: () => void = () => undefined;
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await stage.addServer("i-slow", (_, response) => {
      release = () => response.end("done");
      arrive();
    });
    await stage.registerHealthy(group, "i-slow");
    const answer = ask(url);
    await arrived;
    stage.elb.deregisterTarget(group, { id: "i-slow", port: 80 });
    release();
    assert.deepEqual([(await answer).status, (await answer).body], [200, "done"]);
  });

  it("answers 502 to a request that outlasts the delay", async () => {
    const { group, answer } = await held({ "deregistration_delay.timeout_seconds": "10" });
    stage.elb.deregisterTarget(group, { id: "i-1", port: 80 });
    mock.timers.tick(10_000);
    const [incoming] = await answer;
    incoming.resume();
    assert.equal(incoming.statusCode, 502);
  });

  it("takes a draining instance back when it is registered again", async () => {
    const { group } = await stage.balanced([], {
      "deregistration_delay.timeout_seconds": "10",
    });
    await stage.registerHealthyServer(group);
    stage.elb.deregisterTarget(group, { id: "i-1", port: 80 });
    await stage.registerHealthyServer(group);
    mock.timers.tick(10_000);
    assert.equal(stage.health(group)?.state, "healthy");
  });

  it("knows a registration by id and port, and registers it once", async () => {
    const { group } = await stage.balanced([]);
    stage.registerServer(group);
    stage.registerServer(group);
    stage.elb.registerTarget(group, { id: "i-1", port: 81 });
    stage.elb.deregisterTarget(group, { id: "i-1", port: 82 });
    stage.elb.deregisterTarget(group, { id: "i-unknown", port: 80 });
    const registered = stage.elb.describeTargetHealth(group);
    assert.deepEqual(
      registered.map(({ target, state }) => [target.port, state]),
      [
        [80, "initial"],
        [81, "initial"],
      ],
    );
  });
});
