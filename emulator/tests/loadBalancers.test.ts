import assert from "node:assert/strict";
import type { Attributes } from "../aws";
import type { LoadBalancerInput } from "../elb/loadBalancers";
import { ElbStage } from "./support/elbStage";
import { refuses, rejects } from "./support/awsErrors";

const loadBalancerInput = (change: Partial<LoadBalancerInput> = {}): LoadBalancerInput => ({
  name: "front",
  scheme: "internal",
  subnetIds: ["subnet-a", "subnet-b"],
  securityGroups: ["sg-1"],
  attributes: {},
  ...change,
});

describe("the rules for load balancers", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const refusesBalancer = (change: Partial<LoadBalancerInput>, code: string, words: RegExp) => {
    refuses(() => stage.elb.createLoadBalancer(loadBalancerInput(change)), code, words);
  };

  it("are known by an ARN in AWS's form and span one subnet per zone", () => {
    const created = stage.elb.createLoadBalancer(loadBalancerInput());
    assert.match(
      created.loadBalancerArn,
      /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer\/app\/front\/[0-9a-f]{16}$/,
    );
    assert.deepEqual(created.subnets, [
      { availabilityZone: "eu-west-1a", subnetId: "subnet-a" },
      { availabilityZone: "eu-west-1b", subnetId: "subnet-b" },
    ]);
    assert.equal(created.vpcId, "vpc-1");
    assert.equal(created.attributes["idle_timeout.timeout_seconds"], "60");
    assert.deepEqual(stage.elb.describeLoadBalancer(created.loadBalancerArn), created);
  });

  it("have names of their own, and legal ones", () => {
    stage.elb.createLoadBalancer(loadBalancerInput());
    refusesBalancer({}, "DuplicateLoadBalancerName", /same name 'front' exists/);
    refusesBalancer({ name: "internal-x" }, "ValidationError", /cannot begin with 'internal-'/);
    refusesBalancer({ name: "a".repeat(33) }, "ValidationError", /longer than '32'/);
  });

  const placements: [string[], string, RegExp][] = [
    [["subnet-a"], "ValidationError", /At least two subnets in two different Availability Zones/],
    [[], "ValidationError", /At least two subnets/],
    [["subnet-a", "subnet-a2", "subnet-b"], "InvalidConfigurationRequest", /same Availability Z/],
    [["subnet-a", "subnet-elsewhere"], "InvalidConfigurationRequest", /the same VPC: 'vpc-1'/],
    [["subnet-a", "subnet-none"], "SubnetNotFound", /'subnet-none' does not exist/],
    [["subnet-a", "subnet-full"], "InvalidSubnet", /Not enough IP space available in subnet-fu/],
  ];
  for (const [subnetIds, code, message] of placements) {
    it(`do not stand in ${subnetIds.join(" and ") || "no subnet"}`, () => {
      refusesBalancer({ subnetIds }, code, message);
      const { loadBalancerArn } = stage.loadBalancer();
      refuses(() => stage.elb.setSubnets(loadBalancerArn, subnetIds), code, message);
    });
  }

  it("stand in a subnet that is smaller than AWS recommends", () => {
    const subnetIds = ["subnet-a", "subnet-small"];
    const created = stage.elb.createLoadBalancer(loadBalancerInput({ subnetIds }));
    assert.equal(created.subnets.length, 2);
  });

  it("stay in their VPC", () => {
    const { loadBalancerArn } = stage.loadBalancer();
    const change = () => stage.elb.setSubnets(loadBalancerArn, ["subnet-b", "subnet-c"]);
    assert.deepEqual(
      change().subnets.map(({ subnetId }) => subnetId),
      ["subnet-b", "subnet-c"],
    );
  });

  it("have IPv6 addresses only in subnets that have them, and change them in place", () => {
    const code = "ValidationError";
    const words = /^You must specify subnets with an associated IPv6 CIDR block\.$/;
    refusesBalancer({ ipAddressType: "dualstack" }, code, words);
    const created = stage.elb.createLoadBalancer(
      loadBalancerInput({ ipAddressType: "dualstack", subnetIds: ["subnet-6a", "subnet-6b"] }),
    );
    const arn = created.loadBalancerArn;
    assert.equal(created.ipAddressType, "dualstack");
    refuses(() => stage.elb.setSubnets(arn, ["subnet-6a", "subnet-b"]), code, words);
    refuses(
      () => stage.elb.setIpAddressType(arn, "dualstack-without-public-ipv4"),
      code,
      /not supported for internal load balancers/,
    );
    assert.equal(stage.elb.setIpAddressType(arn, "ipv4").ipAddressType, "ipv4");
    stage.elb.setSubnets(arn, ["subnet-6a", "subnet-b"]);
    refuses(() => stage.elb.setIpAddressType(arn, "dualstack"), code, words);
  });

  it("have public addresses of an IPAM pool, until they have none of it", () => {
    const open = loadBalancerInput({ scheme: "internet-facing", ipv4IpamPoolId: "ipam-pool-1" });
    const { loadBalancerArn: arn, ipv4IpamPoolId } = stage.elb.createLoadBalancer(open);
    assert.equal(ipv4IpamPoolId, "ipam-pool-1");
    assert.equal(stage.elb.modifyIpPools(arn, "ipam-pool-2").ipv4IpamPoolId, "ipam-pool-2");
    refuses(() => stage.elb.modifyIpPools(arn, "pool"), "ValidationError", /'pool' is not valid/);
    assert.equal(stage.elb.modifyIpPools(arn, undefined).ipv4IpamPoolId, undefined);
    const change = { name: "back", scheme: "internal", ipv4IpamPoolId: "ipam-pool-1" } as const;
    refusesBalancer(change, "ValidationError", /scheme 'internal'/);
  });

  it("have capacity reserved, of 100 units at least, until the reservation ends", () => {
    const { loadBalancerArn: arn } = stage.elb.createLoadBalancer(loadBalancerInput());
    assert.equal(stage.elb.modifyCapacityReservation(arn, 100).minimumCapacityUnits, 100);
    refuses(
      () => stage.elb.modifyCapacityReservation(arn, 99),
      "InvalidConfigurationRequest",
      /at least 100/,
    );
    assert.equal(stage.elb.describeLoadBalancer(arn).minimumCapacityUnits, 100);
    stage.elb.modifyCapacityReservation(arn, undefined);
    assert.equal(stage.elb.describeLoadBalancer(arn).minimumCapacityUnits, undefined);
  });

  it("forward to a target group of ipv6 only as long as they are dualstack", async () => {
    const targetGroupArn = stage.group({}, { ipAddressType: "ipv6" });
    const code = "InvalidConfigurationRequest";
    const words = /IP address type 'ipv6' can only be used with dualstack load balancers/;
    await rejects(stage.forward(targetGroupArn), code, words);
    const { loadBalancerArn } = stage.dualstack();
    await stage.forward(targetGroupArn, {}, { loadBalancerArn });
    refuses(() => stage.elb.setIpAddressType(loadBalancerArn, "ipv4"), code, words);
    stage.elb.setIpAddressType(stage.dualstack().loadBalancerArn, "ipv4");
  });

  const groups: [string[], string, RegExp][] = [
    [["sg-elsewhere"], "InvalidSecurityGroup", /'sg-elsewhere' does not belong to VPC 'vpc-1'/],
    [["sg-none"], "InvalidSecurityGroup", /'sg-none' does not exist/],
    [Array<string>(6).fill("sg-1"), "InvalidConfigurationRequest", /maximum number of security/],
  ];
  for (const [securityGroups, code, message] of groups) {
    it(`do not take the security groups ${securityGroups.join()}`, () => {
      refusesBalancer({ securityGroups }, code, message);
      const { loadBalancerArn } = stage.loadBalancer();
      refuses(() => stage.elb.setSecurityGroups(loadBalancerArn, securityGroups), code, message);
    });
  }

  const wrong: [Attributes, string, RegExp][] = [
    [{ "no.such": "1" }, "ValidationError", /key 'no.such' is not recognized/],
    [{ "idle_timeout.timeout_seconds": "4001" }, "ValidationError", /from 1 to 4000/],
    [{ "client_keep_alive.seconds": "59" }, "ValidationError", /from 60 to 604800/],
    [{ "routing.http.desync_mitigation_mode": "lax" }, "ValidationError", /defensive, monitor/],
    [
      { "access_logs.s3.enabled": "true", "access_logs.s3.bucket": "closed" },
      "InvalidConfigurationRequest",
      /^Access Denied for bucket: closed\. Please check S3bucket permission$/,
    ],
  ];
  for (const [attributes, code, message] of wrong) {
    it(`do not take ${JSON.stringify(attributes)}`, () => {
      refusesBalancer({ attributes }, code, message);
      const { loadBalancerArn } = stage.loadBalancer();
      refuses(
        () => stage.elb.modifyLoadBalancerAttributes(loadBalancerArn, attributes),
        code,
        message,
      );
    });
  }

  it("write logs to a bucket that admits them", () => {
    const attributes = { "access_logs.s3.enabled": "true", "access_logs.s3.bucket": "logs" };
    const { loadBalancerArn } = stage.loadBalancer(attributes);
    const after = stage.elb.modifyLoadBalancerAttributes(loadBalancerArn, {
      "access_logs.s3.enabled": "false",
    });
    assert.equal(after.attributes["access_logs.s3.bucket"], "logs");
  });

  it("can't be deleted while they are protected, and are gone afterwards", async () => {
    const { loadBalancerArn } = stage.loadBalancer({ "deletion_protection.enabled": "true" });
    await rejects(
      stage.elb.deleteLoadBalancer(loadBalancerArn),
      "OperationNotPermitted",
      /cannot be deleted because deletion protection is enabled$/,
    );
    stage.elb.modifyLoadBalancerAttributes(loadBalancerArn, {
      "deletion_protection.enabled": "false",
    });
    await stage.elb.deleteLoadBalancer(loadBalancerArn);
    await stage.elb.deleteLoadBalancer(loadBalancerArn);
    const describe = () => stage.elb.describeLoadBalancer(loadBalancerArn);
    refuses(describe, "LoadBalancerNotFound", /not found/);
  });

  it("take their listeners along", async () => {
    const group = stage.group();
    const { loadBalancerArn, listenerArn } = await stage.forward(group);
    await stage.elb.deleteLoadBalancer(loadBalancerArn);
    refuses(() => stage.elb.describeListener(listenerArn), "ListenerNotFound", /not found/);
    stage.elb.deleteTargetGroup(group);
  });
});
