import assert from "node:assert/strict";
import { EmulatorFixture, GROUP, TARGET_GROUP } from "./support/emulatorFixture";
import type { Bag } from "./support/providerClient";
import { SCALING_GROUP, ScalingFixture } from "./support/scalingFixture";

const POLICY = "aws:autoscaling/policy:Policy";

describe("the emulator's scaling policies", () => {
  const aws = EmulatorFixture.inEachTest();
  const scaling = new ScalingFixture(aws);

  const policy = (autoscalingGroupName: string, metric: Bag, others: Bag = {}) =>
    aws.provider.make(POLICY, {
      autoscalingGroupName,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: { predefinedMetricSpecification: metric, targetValue: 50 },
      ...others,
    });

  const requests = (resourceLabel: string) => ({
    predefinedMetricType: "ALBRequestCountPerTarget",
    resourceLabel,
  });

  it("are kept, changed in place, and gone with their group", async () => {
    const { id, state } = await scaling.make();
    const made = await policy(id, { predefinedMetricType: "ASGAverageCPUUtilization" });
    assert.match(String(made.state.arn), /:scalingPolicy:.*\/web-\w+:policyName\/web-\w+$/);
    const again = await aws.provider.diff(POLICY, made.state, made.inputs);
    assert.deepEqual(again.kinds, {});
    const news = { ...made.inputs, enabled: false };
    const changed = await aws.provider.update(POLICY, made.id, made.state, news);
    assert.deepEqual([changed.enabled, changed.arn], [false, made.state.arn]);

    await aws.provider.delete(SCALING_GROUP, id, state);
    assert.equal((await aws.provider.read(POLICY, made.id, made)).id, "");
    await aws.provider.delete(POLICY, made.id, made.state);
  });

  it("count requests of a target group only when it is attached and behind the load balancer", async () => {
    const { id } = await scaling.make();
    const { arn } = await scaling.attach(id);
    const [balancer] = aws.emulator.elb.loadBalancersOf(arn);
    const label = (targetGroupArn: string) =>
      [balancer.loadBalancerArn.split("loadbalancer/")[1], targetGroupArn.split(":")[5]].join("/");
    assert.match(label(arn), /^app\/web-\w+\/\w{16}\/targetgroup\/attached-\w+\/\w{16}$/);
    await policy(id, requests(label(arn)));
    const other = await aws.provider.make(TARGET_GROUP, GROUP, "other");
    const refusal =
      /creating Auto Scaling Policy \(web-\w+\).*PutScalingPolicy.*ValidationError: Resource label/s;
    await assert.rejects(policy(id, requests(label(other.id))), refusal);
    aws.emulator.autoScaling.detachTargetGroup(id, arn);
    await assert.rejects(policy(id, requests(label(arn))), refusal);
  });

  it("track a target of a group that exists, and are no others", async () => {
    const metric = { predefinedMetricType: "ASGAverageCPUUtilization" };
    await assert.rejects(policy("none", metric), /AutoScalingGroup name not found/);
    const { id } = await scaling.make();
    for (const policyType of [undefined, "StepScaling"]) {
      const inputs = { autoscalingGroupName: id, ...(policyType && { policyType }) };
      const { failures } = await aws.provider.check(POLICY, inputs);
      assert.match(failures.join(), /policyType to be one of \[TargetTrackingScaling\]/);
    }
  });
});
