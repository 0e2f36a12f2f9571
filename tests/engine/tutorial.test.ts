import assert from "node:assert/strict";
import { sendRequests } from "../../demo/load";
import { arnsIn, FIRST, groupOf, SECOND, Stage, THIRD, TUTORIAL } from "../support/stage";

describe("the tutorial, deployed", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const program = groupOf({ ...TUTORIAL, securityGroupIds: ["sg-00000000000000eb1"] });
  let arns: ReturnType<typeof arnsIn>;

  it("makes a target group with the servers, a load balancer and a listener", async () => {
    const { steps, outputs, warnings } = await stage().up(program);
    assert.deepEqual(steps.sort(), [
      "create web",
      "create web-alb",
      `create web-attachment-${FIRST}:80`,
      `create web-attachment-${SECOND}:80`,
      `create web-attachment-${THIRD}:80`,
      "create web-http",
      "create web-tg",
    ]);
    assert.deepEqual(warnings, [
      "traffic to this load balancer is not encrypted; set certificateArn or domain for HTTPS",
    ]);
    arns = arnsIn(outputs);
    const { loadBalancer, targetGroup, listeners } = arns;
    assert.deepEqual(stage().existing.sort(), [loadBalancer, targetGroup, listeners.http].sort());
  });

  it("sets what the tutorial sets", () => {
    const { elb } = stage().emulator;
    const { subnets, securityGroups, scheme } = elb.describeLoadBalancer(arns.loadBalancer);
    assert.deepEqual(
      subnets.map(({ availabilityZone }) => availabilityZone),
      ["us-west-2a", "us-west-2b"],
    );
    assert.deepEqual([scheme, securityGroups], ["internet-facing", ["sg-00000000000000eb1"]]);
    const { port, protocol, healthCheck } = elb.describeTargetGroup(arns.targetGroup);
    assert.deepEqual([port, protocol], [80, "HTTP"]);
    assert.deepEqual(healthCheck, {
      enabled: true,
      protocol: "HTTP",
      port: "traffic-port",
      path: "/",
      intervalSeconds: 5,
      timeoutSeconds: 2,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      matcher: "200",
    });
    const listener = elb.describeListener(arns.listeners.http);
    assert.deepEqual(listener.defaultAction, {
      type: "forward",
      targetGroupArn: arns.targetGroup,
    });
    assert.deepEqual(stage().registered(arns.targetGroup), [
      `${FIRST}:80`,
      `${SECOND}:80`,
      `${THIRD}:80`,
    ]);
  });

  it("serves requests from all of its servers", async () => {
    await stage().healthy(arns.targetGroup);
    const answers = await sendRequests(stage().emulator.elb.listenerUrl(arns.listeners.http), 30);
    const servedBy = new Set(answers.map(({ instanceId }) => instanceId));
    assert.deepEqual([...servedBy].sort(), [FIRST, SECOND, THIRD]);
  });

  it("does nothing at a second time, and finds no drift", async () => {
    const { steps, calls } = await stage().up(program);
    assert.deepEqual([steps, calls], [[], []]);
    await stage().preview(program, { expectNoChanges: true });
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("is destroyed without leaving anything", async () => {
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
