import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { SteadyLoad } from "../../demo/load";
import type { Entry } from "../support/journal";
import { arnsIn, FIRST, groupOf, SECOND, Stage, THIRD, TUTORIAL } from "../support/stage";

const onPort = (port: number): LoadBalancedGroupArgs => ({
  ...TUTORIAL,
  targetGroup: { port },
});

describe("a target group that is replaced", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });

  it("has all of its servers before traffic is switched to it, and loses no request", async () => {
    const first = await stage().up(groupOf(onPort(80)));
    const before = arnsIn(first.outputs);
    await stage().healthy(before.targetGroup);
    const load = new SteadyLoad(stage().urlOf(first), 40);
    await load.further(20);

    const second = await stage().up(groupOf(onPort(8080)));
    const after = arnsIn(second.outputs);
    await stage().healthy(after.targetGroup);
    await load.further(20);
    await load.stop();

    assert.deepEqual(after.listeners, before.listeners);
    assert.notEqual(after.targetGroup, before.targetGroup);
    assert.deepEqual(stage().registered(after.targetGroup), [
      `${FIRST}:8080`,
      `${SECOND}:8080`,
      `${THIRD}:8080`,
    ]);
    assert.equal(stage().existing.includes(before.targetGroup), false);
    assertOrder(second.calls, before.targetGroup, after.targetGroup);
    // AWS says nothing of servers that have not been checked yet while none is healthy: here they serve.
    const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
    assert.deepEqual(failed, []);
  });

  it("is made for a control port, which is opened, and loses no request", async () => {
    const optimized = (targetControlPort?: number) =>
      groupOf({ ...TUTORIAL, targetGroup: { targetControlPort } });
    const first = await stage().up(optimized());
    const before = arnsIn(first.outputs).targetGroup;
    await stage().healthy(before);
    const load = new SteadyLoad(stage().urlOf(first), 40);
    await load.further(20);
    const { outputs, steps } = await stage().up(optimized(3000));
    const after = arnsIn(outputs).targetGroup;
    await stage().healthy(after);
    await load.further(20);
    await load.stop();

    assert.ok(steps.includes("create web-egress-3000-vpc"), steps.join());
    assert.notEqual(after, before);
    assert.equal(stage().emulator.elb.describeTargetGroup(after).targetControlPort, 3000);
    const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
    assert.deepEqual(failed, []);
    await stage().preview(optimized(3000), { expectNoChanges: true });
    await stage().refresh();
  });
});

function assertOrder(calls: Entry[], oldGroup: string, newGroup: string): void {
  const steps = calls.map(({ call, args }) => {
    const group = [oldGroup, newGroup].indexOf(String(args[0]));
    return group < 0 ? call : `${call} ${["old", "new"][group]}`;
  });
  assert.deepEqual(
    steps.filter((step) => !step.includes("modifyTargetGroup")),
    [
      "createTargetGroup",
      ...Array<string>(3).fill("registerTarget new"),
      "modifyListener",
      ...Array<string>(3).fill("deregisterTarget old"),
      "deleteTargetGroup old",
    ],
  );
}

describe("a load balancer that is replaced", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("takes its target group along, with every server, and leaves none of the old", async () => {
    const before = arnsIn((await stage().up(groupOf(TUTORIAL))).outputs);
    const { outputs } = await stage().up(groupOf({ ...TUTORIAL, internal: true }));
    const after = arnsIn(outputs);
    for (const old of [before.loadBalancer, before.targetGroup, before.listeners.http]) {
      assert.equal(stage().existing.includes(old), false, old);
    }
    const { elb } = stage().emulator;
    assert.equal(elb.describeLoadBalancer(after.loadBalancer).scheme, "internal");
    const listener = elb.describeListener(after.listeners.http);
    assert.equal(listener.loadBalancerArn, after.loadBalancer);
    assert.deepEqual(listener.defaultAction, {
      type: "forward",
      targetGroupArn: after.targetGroup,
    });
    assert.deepEqual(stage().registered(after.targetGroup), [
      `${FIRST}:80`,
      `${SECOND}:80`,
      `${THIRD}:80`,
    ]);
    await stage().healthy(after.targetGroup);
  });
});
