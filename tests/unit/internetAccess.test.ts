import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { afterTurns } from "../support/afterTurns";
import { ACCOUNT, answersOf, DEFAULT_VPC, type Account } from "../support/account";
import { CERTIFICATE, LOGIN, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";

const BASE = { ...ZONES, certificateArn: CERTIFICATE };
const route = (through: object, cidrBlock = "0.0.0.0/0") => ({ cidrBlock, ...through });
const NAT = route({ natGatewayId: "nat-1", gatewayId: "" });
const IGW = route({ gatewayId: "igw-1" });

/** What a preview in this account says. */
async function preview(args: object, account: Partial<Account> = {}) {
  const answer = answersOf({ ...ACCOUNT, ...account });
  const { failures, warnings } = await recordGroup({ ...BASE, ...args }, { preview: true, answer });
  return { reasons: failures.flatMap(reasonsOf), warnings };
}
const warned = async (args: object, account: Partial<Account> = {}) => {
  const { reasons, warnings } = await preview(args, account);
  assert.deepEqual(reasons, []);
  return warnings;
};

describe("the way between a load balancer and the internet", () => {
  describe("needs an internet gateway", () => {
    const isolated = { isolatedVpcs: [DEFAULT_VPC] };
    const refusal = (path: string) =>
      `${path}: vpc-default has no internet gateway, which an internet-facing load balancer needs; attach one, or set ` +
      "internal to true; if this program creates the gateway, add it to the group's option dependsOn";

    it("where the load balancer is internet-facing", async () => {
      assert.deepEqual((await preview({}, isolated)).reasons, [refusal("vpcId")]);
      const subnets = { availabilityZones: undefined, subnetIds: ["subnet-a", "subnet-b"] };
      assert.deepEqual((await preview(subnets, isolated)).reasons, [refusal("subnetIds")]);
      const both = { ...subnets, vpcId: DEFAULT_VPC };
      assert.deepEqual((await preview(both, isolated)).reasons, [refusal("vpcId")]);
      assert.deepEqual((await preview({ internal: true }, isolated)).reasons, []);
      assert.deepEqual((await preview({})).reasons, []);
    });

    it("and not where a Local Zone or an Outpost may have another one", async () => {
      const zone = "us-west-2-lax-1a";
      const subnets = [{ id: "subnet-l", vpcId: DEFAULT_VPC, zone, defaultForAz: true }];
      const account = { ...isolated, subnets, zones: [zone] };
      assert.deepEqual((await preview({ availabilityZones: [zone] }, account)).reasons, []);
      const mixed = { ...account, subnets: [...subnets, ...ACCOUNT.subnets] };
      const availabilityZones = ["us-west-2a", "us-west-2b", zone];
      assert.deepEqual((await preview({ availabilityZones }, mixed)).reasons, []);
      const outpostArn = "arn:aws:outposts:us-west-2:123456789012:outpost/op-1";
      const onOutpost = ACCOUNT.subnets.map((one) => ({ ...one, outpostArn }));
      assert.deepEqual((await preview({}, { ...isolated, subnets: onOutpost })).reasons, []);
    });

    it("and is not looked for in a network that this program creates", async () => {
      // An update takes only values that are there by the event loop's next turn.
      const later = afterTurns(100, "subnet-a");
      const answer = answersOf({ ...ACCOUNT, ...isolated });
      const { failures } = await recordGroup(
        { ...BASE, availabilityZones: undefined, subnetIds: [pulumi.output(later), "subnet-b"] },
        { answer },
      );
      assert.deepEqual(failures, []);
      const vpcId = pulumi.output(afterTurns(100, DEFAULT_VPC));
      assert.deepEqual((await recordGroup({ ...BASE, vpcId }, { answer })).failures, []);
    });

    it("unless that can't be asked for, which is a warning", async () => {
      const denied = { ...isolated, denied: ["ec2:DescribeInternetGateways"] };
      assert.match((await warned({}, denied)).join(), /ec2:DescribeInternetGateways: the cred/);
    });
  });

  describe("is warned of", () => {
    const lack = (id: string) =>
      `availabilityZones: ${id} has no route to an internet gateway, so clients on the internet can't reach the load ` +
      "balancer there; list public subnets in subnetIds (without availabilityZones), add the route, or set internal to true";

    it("in a subnet without a route for clients", async () => {
      assert.deepEqual(await warned({}, { routes: { "subnet-b": [NAT] } }), [lack("subnet-b")]);
      assert.deepEqual(await warned({}, { routes: { "subnet-a": [] } }), [lack("subnet-a")]);
      assert.deepEqual(await warned({ internal: true }, { routes: { "subnet-a": [] } }), []);
      const subnets = { availabilityZones: undefined, subnetIds: ["subnet-a", "subnet-b"] };
      const path = (told: string[]) => told.map((one) => one.split(":")[0]);
      assert.deepEqual(path(await warned(subnets, { routes: { "subnet-a": [] } })), ["subnetIds"]);
      assert.deepEqual(await warned({}, { routes: { "subnet-a": [IGW], "subnet-b": [IGW] } }), []);
    });

    it("but not where a firewall or an appliance is on the way", async () => {
      const egressOnly = route({ egressOnlyGatewayId: "eigw-1" }, "");
      assert.deepEqual(await warned({}, { routes: { "subnet-b": [egressOnly] } }), [
        lack("subnet-b"),
      ]);
      const through = [{ vpcEndpointId: "vpce-1" }, { networkInterfaceId: "eni-1" }];
      for (const one of through) {
        assert.deepEqual(await warned({}, { routes: { "subnet-a": [route(one)] } }), []);
      }
    });

    it("in a subnet from which logins can't reach the identity provider", async () => {
      const noLogin = (id: string) =>
        `availabilityZones: ${id} has no route to the internet through a NAT gateway, so a load balancer without public ` +
        "IPv4 addresses can't reach the identity provider of logins and tokens; let its route for 0.0.0.0/0 lead to " +
        "a NAT gateway, or list subnets with such a route in subnetIds (without availabilityZones)";
      const internal = { internal: true, rules: LOGIN, ingressCidrBlocks: ["10.0.0.0/8"] };
      const routes = { "subnet-a": [NAT], "subnet-b": [IGW] };
      assert.deepEqual(await warned(internal, { routes }), [noLogin("subnet-b")]);
      assert.deepEqual(
        await warned(internal, { routes: { "subnet-a": [NAT], "subnet-b": [NAT] } }),
        [],
      );
      const local = route({ gatewayId: "local" }, "172.31.0.0/16");
      const toOffice = route({ transitGatewayId: "tgw-1" }, "10.0.0.0/8");
      const some = { "subnet-a": [local, NAT, toOffice], "subnet-b": [local, toOffice] };
      assert.deepEqual(await warned(internal, { routes: some }), [noLogin("subnet-b")]);
      assert.deepEqual(await warned({ rules: LOGIN }), []);
      assert.deepEqual(await warned({ ...internal, rules: {} }), []);
      const noIpv4 = { rules: LOGIN, ipAddressType: "dualstack-without-public-ipv4" };
      assert.deepEqual(await warned(noIpv4), [noLogin("subnet-a"), noLogin("subnet-b")]);
    });

    it("and ends in one warning where routes can't be asked for", async () => {
      const told = await warned({}, { denied: ["ec2:DescribeRouteTables"] });
      assert.equal(told.length, 1);
      assert.match(
        told[0],
        /ec2:DescribeRouteTables: the credentials lack the permission for this call/,
      );
    });
  });

  it("is closed to logins by a given security group without a rule for HTTPS", async () => {
    const allow = (port: number) => ({
      isEgress: true,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "0.0.0.0/0",
    });
    const IN = { isEgress: false, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" };
    const told = (...rules: { [key: string]: string | number | boolean }[]) =>
      warned(
        { rules: LOGIN, securityGroupIds: ["sg-1"] },
        { securityGroups: { "sg-1": { rules: [IN, ...rules] } } },
      );
    assert.deepEqual(await told(allow(80)), [
      "securityGroupIds: sg-1 does not allow the load balancer to connect on port 443 to the identity provider " +
        "of logins and tokens; unless this program adds a rule, run: aws ec2 authorize-security-group-egress " +
        "--group-id sg-1 " +
        "--protocol tcp --port 443 --cidr 0.0.0.0/0 --region us-west-2",
    ]);
    assert.deepEqual(await told(allow(443)), []);
  });

  describe("in a VPC with additional CIDR blocks", () => {
    const further = (...cidrBlocks: string[]) => ({
      vpcs: [{ id: DEFAULT_VPC, isDefault: true, cidrBlocks: ["172.31.0.0/16", ...cidrBlocks] }],
    });

    it("misses clients of an internal load balancer, unless they are listed", async () => {
      const clients =
        "ingressCidrBlocks: the load balancer's security group does not allow clients in the VPC's additional CIDR " +
        'blocks (100.64.0.0/16); if you have clients there, set ingressCidrBlocks to ["172.31.0.0/16","100.64.0.0/16"]';
      const about = (told: string[]) => told.filter((one) => one.includes("clients in"));
      const account = further("100.64.0.0/16");
      assert.deepEqual(about(await warned({ internal: true }, account)), [clients]);
      const several = further("100.64.0.0/16", "100.65.0.0/16");
      const [told] = about(await warned({ internal: true }, several));
      assert.match(told, /blocks \(100\.64\.0\.0\/16, 100\.65\.0\.0\/16\)/);
      const listed = { internal: true, ingressCidrBlocks: ["172.31.0.0/16", "100.64.0.0/16"] };
      assert.deepEqual(about(await warned(listed, account)), []);
      assert.deepEqual(about(await warned({}, account)), []);
      const given = { internal: true, securityGroupIds: ["sg-1"] };
      assert.deepEqual(about(await warned(given, account)), []);
    });

    it("misses addresses in them, unless their zone is given", async () => {
      const target = (id: string, availabilityZone?: string) => ({
        targetGroup: { targetType: "ip" },
        targets: { a: { id, availabilityZone } },
      });
      const about = (told: string[]) => told.filter((one) => one.startsWith("targets.a"));
      const account = further("100.64.0.0/16");
      assert.deepEqual(about(await warned(target("100.64.0.7"), account)), [
        "targets.a: the load balancer's security group does not allow traffic to 100.64.0.7, which is in an additional " +
          "CIDR block of the VPC; set targets.a.availabilityZone to the zone of its subnet, so that the component " +
          "adds a rule for 100.64.0.7; if it is " +
          "registered already, remove the target in one update, and add it with the zone in the next",
      ]);
      assert.deepEqual(about(await warned(target("172.31.0.7"), account)), []);
      assert.deepEqual(about((await preview(target("10.9.0.7"), account)).warnings), []);
      assert.deepEqual(about(await warned(target("100.64.0.7", "us-west-2a"), account)), []);
      const open = { ...target("100.64.0.7"), targetSecurityGroupIds: ["sg-t"] };
      assert.deepEqual(about(await warned(open, account)), []);
    });

    it("counts none that is being disassociated", async () => {
      const vpcs = [
        {
          id: DEFAULT_VPC,
          isDefault: true,
          cidrBlocks: ["172.31.0.0/16"],
          endingCidrBlocks: ["100.64.0.0/16"],
        },
      ];
      assert.deepEqual(await warned({ internal: true }, { vpcs }), []);
      const address = {
        targetGroup: { targetType: "ip" },
        targets: { a: { id: "100.64.0.7" } },
      };
      assert.match((await preview(address, { vpcs })).reasons.join(), /is in none of the VPC's/);
    });
  });
});
