import assert from "node:assert/strict";
import {
  EmulatorFixture,
  ATTACHMENT,
  BALANCER,
  GROUP,
  INGRESS_RULE,
  LISTENER,
  LOAD_BALANCER,
  SECURITY_GROUP,
  TARGET_GROUP,
  WEB,
  second,
  subnets,
  vpcId,
} from "./support/emulatorFixture";
import { type Bag, secret, UNKNOWN } from "./support/providerClient";

describe("the local aws provider", () => {
  const aws = EmulatorFixture.inEachTest();

  it("refuses types, functions, properties and settings that it does not support, by name", async () => {
    await assert.rejects(
      aws.provider.check("aws:lb/trustStore:TrustStore", {}),
      /does not support aws:lb\/trustStore:TrustStore; it supports: aws:lb\/targetGroup:TargetGroup, /,
    );
    await assert.rejects(
      aws.provider.invoke("aws:ec2/getAmi:getAmi", {}),
      /does not support aws:ec2\/getAmi:getAmi; it supports: aws:ec2\/getVpc:getVpc, /,
    );
    const unknown = await failures(TARGET_GROUP, { ...GROUP, preserveClientIp: "true" });
    assert.match(unknown, /the property preserveClientIp of aws:lb\/targetGroup:TargetGroup; it/);
    const nested = await failures(TARGET_GROUP, { ...GROUP, healthCheck: { grace: 3 } });
    assert.match(nested, /the property healthCheck\.grace of aws:lb\/targetGroup:TargetGroup/);
    const inline = await failures(SECURITY_GROUP, { ingress: [{ self: true }] });
    assert.match(inline, /the property ingress\[0\]\.self of aws:ec2\/securityGroup:SecurityGroup/);
    await assert.rejects(
      aws.provider.invoke("aws:ec2/getSubnets:getSubnets", { tags: { a: "b" } }),
      /the property tags of aws:ec2\/getSubnets:getSubnets; it supports: filters/,
    );
    assert.deepEqual(await aws.provider.checkConfig({ region: "us-west-2", profile: "me" }), []);
    assert.match(
      (await aws.provider.checkConfig({ region: "eu-west-1" }))[0],
      /us-west-2 only, got eu/,
    );
    assert.match((await aws.provider.checkConfig({ defaultTags: {} }))[0], /setting defaultTags/);
  });

  async function failures(token: string, news: Bag): Promise<string> {
    return (await aws.provider.check(token, news)).failures.join("\n");
  }

  describe("Check", () => {
    it("fills the real provider's defaults", async () => {
      const { inputs } = await aws.provider.check(TARGET_GROUP, {
        ...GROUP,
        healthCheck: { path: "/up" },
      });
      assert.deepEqual(inputs.healthCheck, {
        enabled: true,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
        interval: 30,
        path: "/up",
        port: "traffic-port",
        protocol: "HTTP",
      });
      assert.equal(inputs.targetType, "instance");
      assert.equal(inputs.deregistrationDelay, 300);
      assert.equal(
        (await aws.provider.check(SECURITY_GROUP, {})).inputs.description,
        "Managed by Pulumi",
      );
    });

    it("names by the logical name and seven digits, which stay over updates", async () => {
      const { inputs } = await aws.provider.check(TARGET_GROUP, GROUP, { seed: "one" });
      assert.match(String(inputs.name), /^web-[0-9a-f]{7}$/);
      const again = await aws.provider.check(TARGET_GROUP, GROUP, { seed: "one" });
      assert.equal(again.inputs.name, inputs.name);
      const other = await aws.provider.check(TARGET_GROUP, GROUP, { seed: "two" });
      assert.notEqual(other.inputs.name, inputs.name);
      const update = await aws.provider.check(TARGET_GROUP, GROUP, { seed: "two", olds: inputs });
      assert.equal(update.inputs.name, inputs.name);
    });

    it("makes a new name when a given one is left out, and none beside a prefix", async () => {
      const given = await aws.provider.check(TARGET_GROUP, { ...GROUP, name: "mine" });
      const left = await aws.provider.check(TARGET_GROUP, GROUP, { olds: given.inputs });
      assert.match(String(left.inputs.name), /^web-/);
      const { inputs } = await aws.provider.check(TARGET_GROUP, { ...GROUP, namePrefix: "pre-" });
      assert.equal(inputs.name, undefined);
      const { state } = await aws.provider.create(TARGET_GROUP, inputs);
      assert.match(String(state.name), /^pre-[0-9a-f]{26}$/);
    });

    it("refuses logical names that leave no room for the digits, or make an illegal name", async () => {
      const long = { name: "a".repeat(25) };
      const { failures: tooLong } = await aws.provider.check(TARGET_GROUP, GROUP, long);
      assert.match(tooLong[0], /plus 7 random chars is longer than maximum length 32/);
      const fits = await aws.provider.check(TARGET_GROUP, GROUP, { name: "a".repeat(24) });
      assert.equal(String(fits.inputs.name).length, 32);
      const { failures: internal } = await aws.provider.check(LOAD_BALANCER, BALANCER, {
        name: "internal-web",
      });
      assert.match(internal[0], /not to begin with "internal-"/);
    });

    const faults: [string, string, Bag, RegExp][] = [
      ["a port out of range", TARGET_GROUP, { ...GROUP, port: 65536 }, /\(1 - 65535\), got 65536/],
      [
        "an interval that is too short",
        TARGET_GROUP,
        { ...GROUP, healthCheck: { interval: 4 } },
        /\(5 - 300\), got 4/,
      ],
      [
        "a slow start that is too short",
        TARGET_GROUP,
        { ...GROUP, slowStart: 29 },
        /0 or in the range \(30 - 900\)/,
      ],
      ["another protocol", TARGET_GROUP, { ...GROUP, protocol: "TCP" }, /\[HTTP HTTPS\], got TCP/],
      ["a missing VPC", TARGET_GROUP, { port: 80, protocol: "HTTP" }, /"vpcId" must be specified/],
      [
        "a path without a slash",
        TARGET_GROUP,
        { ...GROUP, healthCheck: { path: "up" } },
        /begin with a '\/'/,
      ],
      [
        "a name with other characters",
        LOAD_BALANCER,
        { ...BALANCER, name: "a_b" },
        /letters, digits and hyphens/,
      ],
      [
        "a name beside a prefix",
        LOAD_BALANCER,
        { ...BALANCER, name: "a", namePrefix: "b" },
        /conflicts with/,
      ],
      ["a missing target", ATTACHMENT, { targetGroupArn: "arn" }, /"targetId" is required/],
      [
        "an action without a group",
        LISTENER,
        { loadBalancerArn: "arn", port: 80, defaultActions: [{ type: "forward" }] },
        /"defaultActions\[0\]\.targetGroupArn" must be specified/,
      ],
      [
        "two peers",
        INGRESS_RULE,
        { securityGroupId: WEB, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", cidrIpv6: "::/0" },
        /2 attributes specified when one/,
      ],
    ];
    for (const [what, token, news, message] of faults) {
      it(`refuses ${what}`, async () => {
        assert.match(await failures(token, news), message);
      });
    }

    it("takes numbers and flags in text, as some languages send them", async () => {
      const { inputs } = await aws.provider.check(LOAD_BALANCER, {
        ...BALANCER,
        idleTimeout: "30",
        enableHttp2: "false",
      });
      assert.deepEqual([inputs.idleTimeout, inputs.enableHttp2], [30, false]);
    });

    it("leaves unknown and secret values alone", async () => {
      const news = { port: UNKNOWN, protocol: "HTTP", vpcId: UNKNOWN, tags: { a: secret("b") } };
      const { inputs, failures: none } = await aws.provider.check(TARGET_GROUP, news);
      assert.deepEqual(none, []);
      assert.equal(inputs.vpcId, UNKNOWN);
      assert.deepEqual(inputs.tags, secret({ a: "b" }));
    });
  });

  describe("functions", () => {
    it("find the default VPC, and a VPC by id or filter", async () => {
      const ways: Bag[] = [
        { default: true },
        { id: vpcId },
        { filters: [{ name: "vpc-id", values: [vpcId] }] },
      ];
      for (const args of ways) {
        const found = await aws.provider.invoke("aws:ec2/getVpc:getVpc", args);
        assert.deepEqual([found.id, found.cidrBlock], [vpcId, "172.31.0.0/16"]);
      }
    });

    it("find subnets and instances by filters, and nothing where nothing is", async () => {
      const zone = { name: "availability-zone", values: ["us-west-2b"] };
      const byZone = { filters: [zone] };
      const inZone = await aws.provider.invoke("aws:ec2/getSubnets:getSubnets", byZone);
      assert.deepEqual(inZone.ids, [subnets[1]]);
      const subnet = await aws.provider.invoke("aws:ec2/getSubnet:getSubnet", { id: subnets[1] });
      assert.deepEqual([subnet.availabilityZone, subnet.vpcId], ["us-west-2b", vpcId]);
      const instances = await aws.provider.invoke("aws:ec2/getInstances:getInstances", byZone);
      assert.deepEqual([instances.ids, instances.privateIps], [[second], ["172.31.16.12"]]);
      const stopped = { ...byZone, instanceStateNames: ["stopped"] };
      const none = await aws.provider.invoke("aws:ec2/getInstances:getInstances", stopped);
      assert.deepEqual(none.ids, []);
    });

    it("find the zones", async () => {
      const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
      const { names } = await aws.provider.invoke(token, { state: "available" });
      assert.deepEqual(names, ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"]);
      assert.deepEqual((await aws.provider.invoke(token, { state: "impaired" })).names, []);
    });

    it("return load balancers, target groups and listeners by ARN", async () => {
      const { group, balancer, listener } = await aws.makeListener();
      const ask = (what: string, arn: string) =>
        aws.provider.invoke(`aws:lb/get${what}:get${what}`, { arn });
      const found = await ask("LoadBalancer", balancer.id);
      assert.deepEqual(
        [found.id, found.internal, found.vpcId, found.securityGroups, found.name],
        [balancer.id, false, vpcId, [WEB], balancer.state.name],
      );
      const { port, loadBalancerArns } = await ask("TargetGroup", group.id);
      assert.deepEqual([port, loadBalancerArns], [80, [balancer.id]]);
      const { loadBalancerArn, defaultActions } = await ask("Listener", listener.id);
      assert.equal(loadBalancerArn, balancer.id);
      // AWS tells of one target group in both forms.
      const forward = { targetGroups: [{ arn: group.id, weight: 1 }] };
      assert.deepEqual(defaultActions, [
        { type: "forward", order: 1, targetGroupArn: group.id, forward },
      ]);
      const alone = await aws.provider.make(TARGET_GROUP, GROUP, "alone");
      assert.deepEqual((await ask("TargetGroup", alone.id)).loadBalancerArns, []);
      for (const [what, { id }] of Object.entries({ LoadBalancer: balancer, Listener: listener })) {
        const gone = id.replace(/[0-9a-f]{16}$/, "0".repeat(16));
        await assert.rejects(ask(what, gone), /reading ELBv2 .*: couldn't find resource/);
      }
    });

    it("fail in the real provider's words", async () => {
      await assert.rejects(
        aws.provider.invoke("aws:ec2/getSubnet:getSubnet", { id: "subnet-1" }),
        /invoking aws:ec2\/getSubnet:getSubnet: 1 error occurred:\n\t\* no matching EC2 Subnet found/,
      );
      const values = Array.from({ length: 200 }, (_, index) => `i-${index}`);
      await assert.rejects(
        aws.provider.invoke("aws:ec2/getInstances:getInstances", {
          filters: [{ name: "instance-id", values }],
        }),
        /reading EC2 Instances: operation error EC2: DescribeInstances, .* api error FilterLimitExceeded: /,
      );
    });
  });
});
