import assert from "node:assert/strict";
import { mock } from "node:test";
import { probe } from "../elb/healthProbe";
import { FAILED } from "../elb/targetHealth";
import { HEALTH_CHECK } from "./support/elbStage";
import { HealthStage, INTERVAL } from "./support/healthStage";

describe("health of targets", () => {
  let stage: HealthStage;
  beforeEach(async () => {
    stage = await HealthStage.open();
  });
  afterEach(async () => {
    await stage.close();
  });

  it("leaves a target unused, unchecked, until a listener forwards to its group", async () => {
    const group = stage.group();
    stage.registerServer(group);
    assert.deepEqual(stage.health(group), {
      target: { id: "i-1", port: 80 },
      state: "unused",
      reason: "Target.NotInUse",
      description: "Target group is not configured to receive traffic from the load balancer",
    });
    const healthy = stage.reaches("i-1", "healthy");
    await stage.forward(group);
    assert.equal(stage.health(group)?.reason, "Elb.RegistrationInProgress");
    await healthy;
    assert.deepEqual(stage.health(group), { target: { id: "i-1", port: 80 }, state: "healthy" });
    assert.equal(stage.checked.checks.length, 1);
  });

  it("fails for a path that can't be asked for, and does nothing worse", async () => {
    const target = { localPort: 1, host: "10.0.0.1" };
    const { signal } = new AbortController();
    const check = { ...HEALTH_CHECK, path: "/a b\r\n" };
    assert.deepEqual(await probe(target, check, signal), FAILED);
  });

  it("asks as AWS's health checker asks", async () => {
    const group = stage.group();
    await stage.forward(group);
    await stage.registerHealthyServer(group);
    const [check] = stage.checked.checks;
    assert.deepEqual(
      [check.method, check.url, check.headers["user-agent"], check.headers.connection],
      ["GET", "/health", "ELB-HealthChecker/2.0", "close"],
    );
    assert.equal(check.headers.host, "10.0.0.10:80");
  });

  it("takes the threshold of failures to call a new target unhealthy", async () => {
    stage.checked.status = 500;
    const group = stage.group();
    await stage.forward(group);
    const checked = stage.checked.check();
    stage.registerServer(group);
    await checked;
    const unhealthy = stage.reaches("i-1", "unhealthy");
    await stage.nextCheck();
    const { reason, description, from } = await unhealthy;
    assert.deepEqual(
      [from, reason, description],
      ["initial", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [500]"],
    );
    assert.equal(stage.checked.checks.length, 2);
  });

  it("takes the threshold of passes to come back, and starts over after a failure", async () => {
    const group = stage.group({}, { healthCheck: { ...HEALTH_CHECK, healthyThresholdCount: 3 } });
    await stage.forward(group);
    await stage.registerHealthyServer(group);
    const states = [];
    for (const status of [500, 500, 200, 200, 500, 200, 200, 200]) {
      stage.checked.status = status;
      await stage.nextCheck();
      states.push(stage.health(group)?.state);
    }
    assert.deepEqual(states, ["healthy", ...Array<string>(6).fill("unhealthy"), "healthy"]);
  });

  it("judges a check that gets no answer within the timeout", async () => {
    stage.checked.status = 0;
    const group = stage.group();
    await stage.forward(group);
    const checked = stage.checked.check();
    stage.registerServer(group);
    await checked;
    mock.timers.tick(HEALTH_CHECK.timeoutSeconds * 1000);
    const unhealthy = stage.reaches("i-1", "unhealthy");
    const second = stage.checked.check();
    mock.timers.tick(INTERVAL - HEALTH_CHECK.timeoutSeconds * 1000);
    await second;
    mock.timers.tick(HEALTH_CHECK.timeoutSeconds * 1000);
    const { reason, description } = await unhealthy;
    assert.deepEqual([reason, description], ["Target.Timeout", "Request timed out"]);
  });

  it("judges a refused connection", async () => {
    stage.ec2.addInstance("i-mute", []);
    const group = stage.group();
    await stage.forward(group);
    const unhealthy = stage.reaches("i-mute", "unhealthy");
    stage.elb.registerTarget(group, { id: "i-mute", port: 80 });
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(INTERVAL);
    const { reason, description } = await unhealthy;
    assert.deepEqual([reason, description], ["Target.FailedHealthChecks", "Health checks failed"]);
  });

  it("checks the path, the codes and the port that the group names", async () => {
    stage.checked.status = 302;
    const port = stage.ec2.findInstance("i-1")?.ports.get(80) ?? 0;
    stage.ec2.addInstance("i-2", [[9000, port]]);
    const healthCheck = { ...HEALTH_CHECK, path: "/up", matcher: "200-204,302", port: "9000" };
    const group = stage.group({}, { healthCheck });
    await stage.forward(group);
    const healthy = stage.reaches("i-2", "healthy");
    stage.elb.registerTarget(group, { id: "i-2", port: 80 });
    await healthy;
    assert.equal(stage.checked.checks[0].url, "/up");
  });

  it("puts a changed health check into force", async () => {
    const group = stage.group();
    await stage.forward(group);
    await stage.registerHealthyServer(group);
    stage.elb.modifyTargetGroup(group, { ...HEALTH_CHECK, intervalSeconds: 10, path: "/new" });
    mock.timers.tick(INTERVAL);
    assert.equal(stage.checked.checks.length, 1);
    await stage.nextCheck();
    assert.equal(stage.checked.checks[1].url, "/new");
  });

  it("leaves a target unused whose zone the load balancer does not span", async () => {
    stage.ec2.addInstance("i-c", [], { availabilityZone: "eu-west-1c" });
    const group = stage.group();
    const { loadBalancerArn } = await stage.forward(group);
    stage.elb.registerTarget(group, { id: "i-c", port: 80 });
    assert.equal(stage.health(group)?.reason, "Target.NotInUse");
    assert.match(stage.health(group)?.description ?? "", /Availability Zone that is not enabled/);
    stage.elb.setSubnets(loadBalancerArn, ["subnet-a", "subnet-b", "subnet-c"]);
    assert.equal(stage.transitions.at(-1)?.state, "initial");
  });

  it("takes a stopped server out, and back in when it runs again", async () => {
    const group = stage.group();
    await stage.forward(group);
    await stage.registerHealthyServer(group);
    const instance = stage.ec2.findInstance("i-1");
    assert.ok(instance);
    instance.state = "stopped";
    const unused = stage.reaches("i-1", "unused");
    mock.timers.tick(INTERVAL);
    const { reason, description } = await unused;
    assert.deepEqual(
      [reason, description],
      ["Target.InvalidState", "Target is in the stopped state"],
    );
    instance.state = "running";
    const healthy = stage.reaches("i-1", "healthy");
    mock.timers.tick(INTERVAL);
    assert.equal((await healthy).from, "initial");
  });

  it("takes an instance out that is no longer known", async () => {
    const group = stage.group();
    await stage.forward(group);
    await stage.registerHealthyServer(group);
    stage.ec2.instances.delete("i-1");
    const { state, description } = stage.health(group) ?? {};
    assert.deepEqual([state, description], ["unused", "Target is in the terminated state"]);
  });

  it("becomes unused when the last listener goes", async () => {
    const group = stage.group();
    const { listenerArn } = await stage.forward(group);
    await stage.registerHealthyServer(group);
    await stage.elb.deleteListener(listenerArn);
    assert.equal(stage.health(group)?.reason, "Target.NotInUse");
  });
});
