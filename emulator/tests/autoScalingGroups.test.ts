import assert from "node:assert/strict";
import { mock } from "node:test";
import {
  EmulatorFixture,
  GROUP,
  INPUTS,
  SECURITY_GROUP,
  TARGET_GROUP,
  WEB,
} from "./support/emulatorFixture";
import { initializationFailure, type Bag } from "./support/providerClient";
import {
  INTERVAL,
  SCALING_GROUP,
  ScalingFixture,
  TEMPLATE,
  UNHEALTHY_THRESHOLD,
} from "./support/scalingFixture";

const ever = () => new AbortController().signal;

describe("Auto Scaling groups that the emulator makes", () => {
  const aws = EmulatorFixture.inEachTest();
  const scaling = new ScalingFixture(aws);

  it("launch what is desired, spread over their zones, in the security groups of the template", async () => {
    const { id, state } = await scaling.make({ desiredCapacity: 4 });
    assert.match(id, /^web-[0-9a-f]{7}$/);
    assert.deepEqual([state.desiredCapacity, state.healthCheckType], [4, "EC2"]);
    assert.match(String(state.arn), /^arn:aws:autoscaling:us-west-2:\d{12}:autoScalingGroup:/);
    const zones = ["us-west-2a", "us-west-2a", "us-west-2b", "us-west-2b"];
    assert.deepEqual(scaling.zones(id).sort(), zones);
    for (const instanceId of scaling.inService(id)) {
      assert.equal(aws.emulator.servers.get(instanceId)?.isRunning, true);
      assert.deepEqual(aws.emulator.ec2.findInstance(instanceId)?.securityGroupIds, [WEB]);
    }
    const addresses = aws.account.instances.map(({ privateIpAddress }) => privateIpAddress);
    assert.equal(new Set(addresses).size, addresses.length);
  });

  it("register what they launch, and drain the oldest one of the fullest zone", async () => {
    const made = await scaling.make();
    const { arn } = await scaling.attach(made.id);
    const [first, second] = scaling.inService(made.id);
    const more = await scaling.change(made, { minSize: 3 });
    assert.equal(more.state.desiredCapacity, 3);
    const [, , third] = scaling.inService(made.id);
    assert.deepEqual(scaling.registered(arn), [first, second, third].sort());

    const less = await scaling.change(more, { minSize: 2, desiredCapacity: 2 });
    assert.deepEqual(scaling.inService(made.id), [second, third]);
    assert.deepEqual(scaling.registered(arn), [second, third].sort());
    assert.equal(aws.emulator.servers.get(first)?.isRunning, true);

    const again = await scaling.change(less, { desiredCapacity: 3 });
    const fourth = scaling.inService(made.id)[2];
    assert.deepEqual(scaling.zones(made.id), ["us-west-2b", "us-west-2a", "us-west-2a"]);
    await scaling.change(again, { desiredCapacity: 2 });
    assert.deepEqual(scaling.inService(made.id), [second, fourth]);
  });

  it("keep the capacity that was set outside, as a scaling policy does", async () => {
    const made = await scaling.make();
    aws.emulator.autoScaling.setDesiredCapacity(made.id, 5);
    await aws.emulator.autoScaling.settled(made.id);
    const { state, inputs } = await aws.provider.read(SCALING_GROUP, made.id, made);
    assert.equal(state.desiredCapacity, 5);
    assert.deepEqual((await aws.provider.diff(SCALING_GROUP, state, inputs)).kinds, {});
    await scaling.change({ ...made, state }, { maxSize: 4 });
    assert.equal(scaling.inService(made.id).length, 4);
  });

  it("are waited for in vain with a capacity that AWS has to lower, as by the real provider", async () => {
    const made = await scaling.make({ minSize: 3 });
    await assert.rejects(
      scaling.change(made, { minSize: 2, maxSize: 2 }),
      /capacity satisfied: timeout .*want exactly 3 healthy instance\(s\) in Auto Scaling Group, have 2/,
    );
  });

  it("replace a server that fails the load balancer's checks, if they ask for it and it is not new", async () => {
    const [careless, patient, strict] = [
      { healthCheckGracePeriod: 0 },
      { healthCheckType: "ELB", healthCheckGracePeriod: 3600 },
      { healthCheckType: "ELB", healthCheckGracePeriod: 0 },
    ];
    mock.timers.enable({ apis: ["setInterval"] });
    try {
      const stages = [];
      for (const settings of [careless, patient, strict]) {
        const { id } = await scaling.make(settings);
        const { arn, states } = await scaling.attach(id);
        const [sick, sound] = scaling.inService(id);
        await aws.emulator.servers.get(sick)?.stop();
        stages.push({ id, arn, states, sick, sound });
      }
      for (let failed = 0; failed < UNHEALTHY_THRESHOLD; failed += 1) mock.timers.tick(INTERVAL);
      const { id, arn, states, sick, sound } = stages[2];
      await states.until([sick], "draining", ever());
      await aws.emulator.autoScaling.settled(id);
      const [kept, successor] = scaling.inService(id);
      assert.equal(kept, sound);
      assert.deepEqual(scaling.registered(arn), [sound, successor].sort());
      for (const other of stages.slice(0, 2)) {
        assert.deepEqual(scaling.inService(other.id), [other.sick, other.sound]);
        const [health] = aws.emulator.elb.describeTargetHealth(other.arn);
        assert.equal(health.state, "unhealthy");
      }
    } finally {
      mock.timers.reset();
    }
  });

  it("renew their servers one by one when the template has another version", async () => {
    const instanceRefresh = {
      strategy: "Rolling",
      preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    };
    const made = await scaling.make({ instanceRefresh });
    const { arn } = await scaling.attach(made.id);
    const old = scaling.inService(made.id);
    const { id, state, inputs } = made.template;
    await aws.provider.update(TEMPLATE, id, state, { ...inputs, instanceType: "t3.small" });
    const fewest = { healthy: 2 };
    aws.emulator.elb.onTargetTransition(() => {
      const states = aws.emulator.elb.describeTargetHealth(arn);
      const healthy = states.filter((one) => one.state === "healthy").length;
      fewest.healthy = Math.min(fewest.healthy, healthy);
    });
    await scaling.change(made, { launchTemplate: { id, version: "2" } });
    await aws.emulator.autoScaling.settled(made.id);
    const renewed = scaling.inService(made.id);
    assert.equal(renewed.length, 2);
    assert.ok(!renewed.some((one) => old.includes(one)));
    assert.deepEqual(scaling.registered(arn), [...renewed].sort());
    assert.equal(fewest.healthy, 2);
    const calls = aws.emulator.calls.map(({ call }) => call);
    assert.equal(calls.filter((call) => call === "StartInstanceRefresh").length, 1);
  });

  it("detach what others attached where they name their target groups, and only there", async () => {
    const silent = await scaling.make();
    const { arn } = await scaling.attach(silent.id);
    const found = await aws.provider.read(SCALING_GROUP, silent.id, silent);
    assert.deepEqual(found.state.targetGroupArns, [arn]);
    const { kinds } = await aws.provider.diff(SCALING_GROUP, found.state, silent.inputs);
    assert.deepEqual(kinds, {});
    await scaling.change({ ...silent, state: found.state }, { maxSize: 5 });
    assert.deepEqual(scaling.registered(arn), scaling.inService(silent.id).sort());

    await scaling.change({ ...silent, state: found.state }, { targetGroupArns: [] });
    assert.deepEqual(scaling.registered(arn), []);
  });

  it("go on when a target group that is attached was deleted", async () => {
    const made = await scaling.make();
    const { id } = await aws.provider.make(TARGET_GROUP, GROUP);
    aws.emulator.autoScaling.attachTargetGroup(made.id, id);
    aws.emulator.elb.deleteTargetGroup(id);
    const more = await scaling.change(made, { minSize: 3 });
    await scaling.change(more, { minSize: 1, desiredCapacity: 1 });
    assert.equal(scaling.inService(made.id).length, 1);
    aws.emulator.autoScaling.detachTargetGroup(made.id, id);
    await aws.provider.delete(SCALING_GROUP, made.id, more.state);
  });

  for (const forceDelete of [false, true]) {
    it(`are deleted with their servers, ${forceDelete ? "by force" : "emptied first"}`, async () => {
      const made = await scaling.make({ forceDelete });
      const ids = scaling.inService(made.id);
      await aws.provider.delete(SCALING_GROUP, made.id, made.state);
      assert.equal(aws.emulator.autoScaling.describeGroup(made.id), undefined);
      for (const id of ids) {
        assert.equal(aws.emulator.ec2.findInstance(id)?.state, "terminated");
        assert.equal(aws.emulator.servers.has(id), false);
      }
      await aws.provider.delete(SCALING_GROUP, made.id, made.state);
    });
  }

  it("let their servers' security group go with the last server", async () => {
    const { id: securityGroup, state } = await aws.provider.make(
      SECURITY_GROUP,
      INPUTS[SECURITY_GROUP],
    );
    const made = await scaling.make({}, { vpcSecurityGroupIds: [securityGroup] });
    await assert.rejects(
      aws.provider.delete(SECURITY_GROUP, securityGroup, state),
      /DependencyViolation/,
    );
    await aws.provider.delete(SCALING_GROUP, made.id, made.state);
    await aws.provider.delete(SECURITY_GROUP, securityGroup, state);
  });

  it("are not deleted by AWS with servers in them", async () => {
    const { id } = await scaling.make();
    await assert.rejects(
      aws.emulator.autoScaling.deleteGroup(id, { force: false }),
      /You cannot delete an AutoScalingGroup while there are instances/,
    );
  });

  it("launch from the version that a name stands for at that time", async () => {
    const made = await scaling.make();
    const { id, state, inputs } = made.template;
    const [other] = aws.emulator.ec2.securityGroups
      .find([])
      .filter(({ groupId }) => groupId !== WEB);
    const vpcSecurityGroupIds = [other.groupId];
    await aws.provider.update(TEMPLATE, id, state, { ...inputs, vpcSecurityGroupIds });
    const latest = await scaling.change(made, { minSize: 3 });
    const launchTemplate = { id, version: "$Default" };
    await scaling.change(latest, { launchTemplate, minSize: 4 });
    const worn = scaling
      .inService(made.id)
      .map((instanceId) => aws.emulator.ec2.findInstance(instanceId)?.securityGroupIds);
    assert.deepEqual(worn, [[WEB], [WEB], vpcSecurityGroupIds, [WEB]]);
  });

  it("say what keeps them from launching as many as they want", async () => {
    const subnetId = "subnet-0d3fa1170000000ff";
    const cidrBlock = "172.31.64.0/28";
    aws.account.subnets.push({ ...aws.account.subnets[0], subnetId, cidrBlock });
    const vpcZoneIdentifiers = [subnetId];
    const failure = await scaling
      .make({ name: "servers", vpcZoneIdentifiers, minSize: 12, maxSize: 12 })
      .catch((error: unknown) => error);
    const { id, reasons } = initializationFailure(failure);
    assert.equal(id, "servers");
    assert.match(
      reasons.join(),
      /capacity satisfied: .*Failed: There are not enough free addresses/,
    );
    assert.equal(scaling.inService("servers").length, 11);
  });

  it("launch nothing any more when their template is gone", async () => {
    const made = await scaling.make();
    const { id, state } = made.template;
    await aws.provider.delete(TEMPLATE, id, state);
    await assert.rejects(
      scaling.change(made, { minSize: 3 }),
      /You must use a valid fully-formed launch template\. The specified launch template, with template ID lt-\w+, does not exist/,
    );
  });

  const faults: [string, Bag, Bag, RegExp][] = [
    ["no subnet", { vpcZoneIdentifiers: [] }, {}, /At least one Availability Zone or VPC Subnet/],
    ["more at least than at most", { maxSize: 1 }, {}, /Max bound, 1, must be greater than .* 2/],
    [
      "a capacity out of bounds",
      { desiredCapacity: 7 },
      {},
      /api error ValidationError: Desired capacity:7 must be between the specified min size:2 and max size:6/,
    ],
    [
      "an unknown subnet",
      { vpcZoneIdentifiers: ["subnet-1"] },
      {},
      /ValidationError: The subnet ID 'subnet-1' does not exist/,
    ],
    ["no image", {}, { imageId: "" }, /must contain the parameter ImageId/],
    ["no instance type", {}, { instanceType: "" }, /must contain the parameter InstanceType/],
    ["an unknown type", {}, { instanceType: "t3.banana" }, /Invalid value 't3\.banana' for Inst/],
    [
      "an unknown security group",
      {},
      { vpcSecurityGroupIds: ["sg-1"] },
      /The security group 'sg-1' does not exist/,
    ],
    ["an unknown target group", { targetGroupArns: ["arn:x"] }, {}, /Provided Target Groups may/],
    ["another health check", { healthCheckType: "VPC" }, {}, /one of \[EC2 ELB\]/],
    [
      "a property that is not supported",
      { warmPool: {} },
      {},
      /does not support the property warmPool/,
    ],
  ];
  for (const [what, settings, launch, reason] of faults) {
    it(`are refused with ${what}`, async () => {
      await assert.rejects(scaling.make(settings, launch), reason);
      assert.deepEqual(aws.account.autoScalingGroups, []);
    });
  }

  it("have names of their own, and templates and versions that exist", async () => {
    await scaling.make({ name: "servers" });
    await assert.rejects(
      scaling.make({ name: "servers" }, { name: "other" }),
      /creating Auto Scaling Group \(servers\).*CreateAutoScalingGroup.*AlreadyExists: .*servers/s,
    );
    const launchTemplate = { id: "lt-1", version: "1" };
    await assert.rejects(
      scaling.make({ launchTemplate }, { name: "third" }),
      /template ID lt-1, does not exist/,
    );
  });
});
