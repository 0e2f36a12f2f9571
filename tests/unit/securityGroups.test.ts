import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ruleCounts } from "../../components/securityGroups/ruleCounts";
import { ACCOUNT, answersOf, DEFAULT_VPC } from "../support/account";
import { CERTIFICATE, LOGIN, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import type { Recording } from "../support/recorder";

/** The rules by name, as port and what is on the other side. */
function rulesOf({ registrations }: Recording): Record<string, string> {
  const rules = registrations.filter(({ type }) => /SecurityGroup(In|E)gressRule$/.test(type));
  return Object.fromEntries(
    rules.map(({ name, inputs }) => {
      assert.equal(inputs.fromPort, inputs.toPort);
      assert.equal(inputs.ipProtocol, "tcp");
      const side =
        inputs.cidrIpv4 ??
        inputs.cidrIpv6 ??
        inputs.referencedSecurityGroupId ??
        inputs.prefixListId;
      return [name, `${String(inputs.securityGroupId)} ${String(inputs.fromPort)} ${String(side)}`];
    }),
  );
}

describe("the security groups of a group", () => {
  it("admits everyone to a public load balancer, which reaches the VPC", async () => {
    assert.deepEqual(rulesOf(await recordGroup(ZONES)), {
      "web-ingress-80-0.0.0.0/0": "web-sg-id 80 0.0.0.0/0",
      "web-egress-80-vpc": "web-sg-id 80 172.31.0.0/16",
    });
  });

  it("admits the VPC alone to an internal load balancer", async () => {
    const recording = await recordGroup({ ...ZONES, internal: true });
    assert.equal(rulesOf(recording)["web-ingress-80-vpc"], "web-sg-id 80 172.31.0.0/16");
    assert.equal(Object.keys(rulesOf(recording)).length, 2);
    assert.equal(recording.find("web-alb").inputs.internal, true);
  });

  it("admits the given networks on each listener's port, whether internal or not", async () => {
    for (const internal of [true, false]) {
      const recording = await recordGroup({
        ...ZONES,
        internal,
        port: 8080,
        certificateArn: CERTIFICATE,
        ingressCidrBlocks: ["10.0.0.0/8", "192.0.2.0/24"],
      });
      assert.deepEqual(rulesOf(recording), {
        "web-egress-80-vpc": "web-sg-id 80 172.31.0.0/16",
        "web-ingress-8080-10.0.0.0/8": "web-sg-id 8080 10.0.0.0/8",
        "web-ingress-8080-192.0.2.0/24": "web-sg-id 8080 192.0.2.0/24",
        "web-ingress-443-10.0.0.0/8": "web-sg-id 443 10.0.0.0/8",
        "web-ingress-443-192.0.2.0/24": "web-sg-id 443 192.0.2.0/24",
      });
    }
  });

  it("admits the clients of security groups and prefix lists, and no network unless it is given", async () => {
    const clients = {
      ingressSecurityGroupIds: { batch: "sg-1", shop: pulumi.output(Promise.resolve("sg-2")) },
      ingressPrefixListIds: { cdn: "pl-1" },
    };
    const named = {
      "web-egress-80-vpc": "web-sg-id 80 172.31.0.0/16",
      "web-ingress-80-sg-1": "web-sg-id 80 sg-1",
      "web-ingress-80-sg-2": "web-sg-id 80 sg-2",
      "web-ingress-80-pl-1": "web-sg-id 80 pl-1",
    };
    for (const internal of [true, false]) {
      const { failures, ...recording } = await recordGroup({ ...ZONES, internal, ...clients });
      assert.deepEqual(failures, []);
      assert.deepEqual(rulesOf({ failures, ...recording }), named);
    }
    const both = await recordGroup({ ...ZONES, ...clients, ingressCidrBlocks: ["10.0.0.0/8"] });
    assert.deepEqual(rulesOf(both), {
      ...named,
      "web-ingress-80-10.0.0.0/8": "web-sg-id 80 10.0.0.0/8",
    });
  });

  it("keeps the rule of a client whose key changes", async () => {
    const ruleFor = async (key: string) =>
      Object.keys(
        rulesOf(await recordGroup({ ...ZONES, ingressSecurityGroupIds: { [key]: "sg-1" } })),
      );
    assert.deepEqual(await ruleFor("a"), await ruleFor("b"));
  });

  it("is refused if the security group of a client does not exist", async () => {
    const { failures } = await recordGroup(
      { ...ZONES, ingressSecurityGroupIds: { batch: "sg-gone" } },
      { preview: true, answer: answersOf(ACCOUNT) },
    );
    assert.equal(failures.length, 1);
    assert.match(failures[0], /ingressSecurityGroupIds\.batch: there is no sg-gone/);
  });

  it("admits clients with IPv6 where the load balancer has such addresses", async () => {
    const admitted = async (args: object) => {
      const rules = rulesOf(await recordGroup({ ...ZONES, ...args }));
      return Object.entries(rules)
        .filter(([name]) => name.includes("ingress"))
        .sort();
    };
    assert.deepEqual(await admitted({ ipAddressType: "dualstack" }), [
      ["web-ingress-80---/0", "web-sg-id 80 ::/0"],
      ["web-ingress-80-0.0.0.0/0", "web-sg-id 80 0.0.0.0/0"],
    ]);
    assert.deepEqual(await admitted({ ipAddressType: "dualstack-without-public-ipv4" }), [
      ["web-ingress-80---/0", "web-sg-id 80 ::/0"],
    ]);
    assert.deepEqual(await admitted({ ipAddressType: "dualstack", internal: true }), [
      ["web-ingress-80-vpc", "web-sg-id 80 172.31.0.0/16"],
      ["web-ingress-80-vpc-ipv6", "web-sg-id 80 2001:db8::/56"],
    ]);
    const ingressCidrBlocks = ["2001:db8:1::/48"];
    assert.deepEqual(await admitted({ ipAddressType: "dualstack", ingressCidrBlocks }), [
      ["web-ingress-80-2001-db8-1--/48", "web-sg-id 80 2001:db8:1::/48"],
    ]);
  });

  it("reaches each port of the targets once: the group's, their own and the health check's", async () => {
    const recording = await recordGroup({
      ...ZONES,
      targetGroup: { port: 3000, healthCheck: { port: 9000 } },
      targets: { a: { id: "i-1", port: 3001 }, b: { id: "i-2", port: 9000 } },
    });
    const egress = Object.keys(rulesOf(recording)).filter((name) => name.includes("egress"));
    assert.deepEqual(egress, ["web-egress-3000-vpc", "web-egress-3001-vpc", "web-egress-9000-vpc"]);
  });

  it("reaches the targets' security groups alone, and is admitted there, when they are named", async () => {
    const recording = await recordGroup({
      ...ZONES,
      targetGroup: { healthCheck: { port: 9000 } },
      targetSecurityGroupIds: ["sg-t"],
    });
    assert.deepEqual(rulesOf(recording), {
      "web-ingress-80-0.0.0.0/0": "web-sg-id 80 0.0.0.0/0",
      "web-egress-80-sg-t": "web-sg-id 80 sg-t",
      "web-egress-9000-sg-t": "web-sg-id 9000 sg-t",
      "web-target-ingress-80-sg-t": "sg-t 80 web-sg-id",
      "web-target-ingress-9000-sg-t": "sg-t 9000 web-sg-id",
    });
  });

  it("reaches the control agents of the targets, and is admitted there", async () => {
    const recording = await recordGroup({
      ...ZONES,
      targetGroup: { targetControlPort: 3000 },
      targetGroups: { blue: { targetControlPort: 3001, instanceIds: ["i-2"] } },
      forward: { weights: { default: 1, blue: 1 } },
      targetSecurityGroupIds: ["sg-t"],
    });
    const names = Object.keys(rulesOf(recording));
    for (const port of [80, 3000, 3001]) {
      assert.ok(names.includes(`web-egress-${port}-sg-t`), names.join());
      assert.ok(names.includes(`web-target-ingress-${port}-sg-t`), names.join());
    }
    assert.equal(recording.find("web-tg-blue").inputs.targetControlPort, 3001);
  });

  it("reaches addresses outside the VPC one by one", async () => {
    const recording = await recordGroup({
      ...ZONES,
      targetGroup: { targetType: "ip" },
      targets: {
        inside: { id: "172.31.0.7" },
        outside: { id: pulumi.output("10.9.0.7"), availabilityZone: "all" },
        counted: { id: "10.9.0.8", availabilityZone: "us-west-2a" },
      },
    });
    assert.deepEqual(rulesOf(recording), {
      "web-ingress-80-0.0.0.0/0": "web-sg-id 80 0.0.0.0/0",
      "web-egress-80-vpc": "web-sg-id 80 172.31.0.0/16",
      "web-egress-80-address-10.9.0.7": "web-sg-id 80 10.9.0.7/32",
      "web-egress-80-address-10.9.0.8": "web-sg-id 80 10.9.0.8/32",
    });
  });

  it("reaches targets of IPv6 by their addresses", async () => {
    const recording = await recordGroup({
      ...ZONES,
      ipAddressType: "dualstack",
      ingressCidrBlocks: [],
      targetGroup: { ipAddressType: "ipv6", targetType: "ip" },
      targets: {
        inside: { id: "2001:db8::7" },
        outside: { id: "fd00::7", availabilityZone: "all" },
      },
      targetGroups: { blue: { port: 81 } },
      forward: { weights: { default: 1, blue: 1 } },
    });
    assert.deepEqual(rulesOf(recording), {
      "web-egress-81-vpc": "web-sg-id 81 172.31.0.0/16",
      "web-egress-80-vpc-ipv6": "web-sg-id 80 2001:db8::/56",
      "web-egress-80-address-fd00--7": "web-sg-id 80 fd00::7/128",
    });
  });

  it("never edits given security groups", async () => {
    const recording = await recordGroup({ ...ZONES, securityGroupIds: ["sg-1", "sg-2"] });
    assert.deepEqual(rulesOf(recording), {});
    assert.deepEqual(recording.find("web-alb").inputs.securityGroups, ["sg-1", "sg-2"]);
    assert.ok(!recording.registrations.some(({ name }) => name === "web-sg"));
  });

  it("admits the first of the given groups at the targets, when asked", async () => {
    const securityGroupIds = pulumi.output(["sg-1", "sg-2"]);
    const recording = await recordGroup({
      ...ZONES,
      securityGroupIds,
      targetSecurityGroupIds: ["sg-t"],
    });
    assert.deepEqual(rulesOf(recording), { "web-target-ingress-80-sg-t": "sg-t 80 sg-1" });
  });

  it("keeps the group of which only the description differs", async () => {
    const { inputs, ignoreChanges } = (await recordGroup(ZONES)).find("web-sg");
    assert.deepEqual(ignoreChanges, ["description", "name", "namePrefix"]);
    assert.equal(inputs.vpcId, DEFAULT_VPC);
  });

  it("warns of further networks of the VPC, which it does not reach", async () => {
    const cidrBlocks = ["172.31.0.0/16", "100.64.0.0/16"];
    const account = { ...ACCOUNT, vpcs: [{ id: DEFAULT_VPC, isDefault: true, cidrBlocks }] };
    const options = { answer: answersOf(account) };
    const warned = async (args: object) =>
      (await recordGroup({ ...ZONES, certificateArn: CERTIFICATE, ...args }, options)).warnings;

    const [warning, ...others] = await warned({});
    assert.match(
      warning,
      /does not allow traffic to targets in the VPC's additional CIDR blocks \(100\.64\.0\.0\/16\).*targetSecurityGroupIds/s,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(await warned({ targetSecurityGroupIds: ["sg-t"] }), []);
    assert.deepEqual(await warned({ securityGroupIds: ["sg-1"] }), []);
  });

  it("has as many rules as are compared with AWS's quota", async () => {
    const targets = {
      known: { id: "10.9.0.7", availabilityZone: "all" },
      again: { id: "10.9.0.7", port: 8080, availabilityZone: "us-west-2a" },
      other: { id: "10.9.0.8", availabilityZone: "all" },
      inside: { id: "172.31.0.7" },
    };
    const byIpv6 = { targetType: "ip", ipAddressType: "ipv6" } as const;
    const groups: LoadBalancedGroupArgs[] = [
      ZONES,
      { ...ZONES, internal: true, ipAddressType: "dualstack" },
      { ...ZONES, certificateArn: CERTIFICATE, ingressCidrBlocks: ["10.0.0.0/8", "192.0.2.0/24"] },
      { ...ZONES, certificateArn: CERTIFICATE, rules: LOGIN, targetSecurityGroupIds: ["sg-t"] },
      { ...ZONES, certificateArn: CERTIFICATE, rules: LOGIN },
      { ...ZONES, targetGroup: { targetType: "ip" }, targets },
      { ...ZONES, targetGroup: { targetType: "ip" }, targets, targetSecurityGroupIds: ["sg-t"] },
      {
        ...ZONES,
        ipAddressType: "dualstack",
        targetGroup: byIpv6,
        targets: { a: { id: "fd00::7", availabilityZone: "all" } },
        ingressCidrBlocks: ["2001:db8:1::/48", "2001:db8:2::/48", "10.0.0.0/8"],
      },
      {
        ...ZONES,
        certificateArn: CERTIFICATE,
        ipAddressType: "dualstack",
        ingressSecurityGroupIds: { a: "sg-1", b: "sg-2" },
        ingressPrefixListIds: { c: "pl-1" },
      },
      {
        ...ZONES,
        ingressSecurityGroupIds: { a: "sg-1" },
        ingressCidrBlocks: ["10.0.0.0/8"],
      },
    ];
    for (const args of groups) {
      const { registrations } = await recordGroup({ ...args, preflight: "off" });
      const count = (direction: string, family: string) =>
        registrations.filter(
          ({ name, type, inputs }) =>
            type.endsWith(`SecurityGroup${direction}Rule`) &&
            !name.includes("target-ingress") &&
            (inputs.cidrIpv6 === undefined) === (family === "ipv4"),
        ).length;
      const of = (direction: string) => ({
        ipv4: count(direction, "ipv4"),
        ipv6: count(direction, "ipv6"),
      });
      const wanted = { inbound: of("Ingress"), outbound: of("Egress") };
      assert.deepEqual(ruleCounts(args), wanted, JSON.stringify(args));
    }
    assert.equal(ruleCounts({ ...ZONES, securityGroupIds: ["sg-1"] }), undefined);
    assert.equal(ruleCounts({ ...ZONES, adopt: { loadBalancerArn: "arn" } }), undefined);
    const unknown = pulumi.output("10.9.0.7");
    const outputs = {
      a: { id: unknown, availabilityZone: "all" },
      b: { id: unknown, availabilityZone: "all" },
    };
    const byAddress = { ...ZONES, targetGroup: { targetType: "ip" } as const, targets: outputs };
    assert.equal(ruleCounts(byAddress)?.outbound.ipv4, 3);
  });

  it("keeps the rules of addresses that were named by the keys of their targets", async () => {
    const targetGroup = { targetType: "ip" } as const;
    const { find } = await recordGroup({
      ...ZONES,
      targetGroup,
      targets: { a: { id: "10.9.0.7", availabilityZone: "all" } },
      targetGroups: {
        api: { ...targetGroup, targets: { b: { id: "10.9.0.8", availabilityZone: "all" } } },
      },
      rules: { api: { pathPatterns: ["/api"], targetGroup: "api" } },
      preflight: "off",
    });
    const former = (name: string) => find(name).aliases.join();
    assert.match(former("web-egress-80-address-10.9.0.7"), /web-egress-80-target-a/);
    assert.match(former("web-egress-80-address-10.9.0.8"), /web-egress-80-target-api-b/);
  });
});
