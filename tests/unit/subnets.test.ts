import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { IpAddressType } from "../../components/args";
import { ACCOUNT, answersOf, DEFAULT_VPC, type Account } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";

const BASE = { ...ZONES, certificateArn: CERTIFICATE };
const SUBNETS = { ...BASE, availabilityZones: undefined };
const within = (changes: Partial<Account>) => ({ answer: answersOf({ ...ACCOUNT, ...changes }) });

describe("the subnets of a group", () => {
  const subnets = [
    ...ACCOUNT.subnets,
    { id: "subnet-a2", vpcId: DEFAULT_VPC, zone: "us-west-2a" },
    { id: "subnet-x", vpcId: "vpc-other", zone: "us-west-2c" },
  ];
  const reasonsFor = async (args: object) => {
    const securityGroupIds = ["sg-1"];
    const { failures } = await recordGroup(
      { ...SUBNETS, securityGroupIds, ...args },
      within({ subnets }),
    );
    return failures.flatMap(reasonsOf);
  };

  it("lie each in another zone", async () => {
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-a", "subnet-a2"] }), [
      "subnetIds: subnet-a and subnet-a2 are both in us-west-2a; use only one of them",
      "subnetIds: all subnets are in us-west-2a; add a subnet in another zone",
    ]);
  });

  it("may be a single one in a Local Zone, in a Wavelength Zone or on an Outpost, and in no other", async () => {
    const judge = async (subnet: Partial<Account["subnets"][number]>) => {
      const single = { id: "subnet-1", vpcId: DEFAULT_VPC, zone: "us-west-2a", ...subnet };
      const { failures } = await recordGroup(
        { ...SUBNETS, securityGroupIds: ["sg-1"], subnetIds: ["subnet-1"] },
        within({ subnets: [single] }),
      );
      return failures.flatMap(reasonsOf);
    };
    assert.deepEqual(await judge({ zone: "us-west-2-lax-1a" }), []);
    assert.deepEqual(await judge({ zone: "us-west-2-wl1-las-wlz-1" }), []);
    const outpostArn = "arn:aws:outposts:us-west-2:123456789012:outpost/op-1";
    assert.deepEqual(await judge({ outpostArn }), []);
    assert.deepEqual(await judge({}), [
      "subnetIds: all subnets are in us-west-2a; add a subnet in another zone",
    ]);
  });

  it("may not be two of one Local Zone", async () => {
    const zone = "us-west-2-lax-1a";
    const two = ["subnet-1", "subnet-2"].map((id) => ({ id, vpcId: DEFAULT_VPC, zone }));
    const { failures } = await recordGroup(
      { ...SUBNETS, securityGroupIds: ["sg-1"], subnetIds: ["subnet-1", "subnet-2"] },
      within({ subnets: two }),
    );
    assert.deepEqual(failures.flatMap(reasonsOf), [
      `subnetIds: subnet-1 and subnet-2 are both in ${zone}; use only one of them`,
      `subnetIds: all subnets are in ${zone}; add a subnet in another zone`,
    ]);
  });

  it("lie all in one VPC", async () => {
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-a", "subnet-x"] }), [
      "subnetIds: subnet-x is in vpc-other, but the load balancer is in vpc-default; " +
        "use a subnet in vpc-default",
    ]);
    const vpcId = "vpc-other";
    const reasons = await reasonsFor({ vpcId, subnetIds: ["subnet-a", "subnet-x"] });
    assert.match(reasons[0], /^subnetIds: subnet-a is in vpc-default, but .* vpc-other/);
  });

  it("exist, each of them", async () => {
    const missing = (id: string) =>
      `subnetIds: there is no ${id} in this account and region; ` +
      "check the ID, the credentials and aws:region";
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-a", "subnet-q"] }), [
      missing("subnet-q"),
    ]);
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-q", "subnet-a"] }), [
      missing("subnet-q"),
    ]);
  });

  describe("that are narrow", () => {
    const narrow = (change: Partial<Account["subnets"][number]>) =>
      ACCOUNT.subnets.map((one) => (one.id === "subnet-b" ? { ...one, ...change } : one));
    const reasonsIn = async (account: Partial<Account>, args: object = {}) => {
      const { failures } = await recordGroup({ ...BASE, ...args }, within(account));
      return failures.flatMap(reasonsOf);
    };
    const inSubnets = { availabilityZones: undefined, subnetIds: ["subnet-a", "subnet-b"] };

    it("are warned of when they are smaller than AWS recommends", async () => {
      const small = { subnets: narrow({ cidrBlock: "172.31.16.0/28" }) };
      const told = async (args: object, account: Partial<Account> = small) => {
        const options = { preview: true, ...within(account) };
        const { failures, warnings } = await recordGroup({ ...BASE, ...args }, options);
        assert.deepEqual(failures, []);
        return warnings;
      };
      const lack =
        "subnet-b has the CIDR block 172.31.16.0/28, but AWS recommends /27 or larger, so that the load balancer can " +
        "grow; if you can, ";
      const listed = "list larger subnets in subnetIds (without availabilityZones)";
      assert.deepEqual(await told({}), [`availabilityZones: ${lack}${listed}`]);
      assert.deepEqual(await told(inSubnets), [`subnetIds: ${lack}use a larger subnet`]);
      assert.deepEqual(await told({}, { subnets: narrow({ cidrBlock: "172.31.16.0/27" }) }), []);
    });

    it("are refused with fewer than 8 free addresses", async () => {
      const crowded = { subnets: narrow({ free: 7 }) };
      const lack =
        "subnet-b has 7 free IP addresses, but a load balancer needs 8; free some, or list one subnet " +
        "for each zone in subnetIds (without availabilityZones), with another one for us-west-2b";
      assert.deepEqual(await reasonsIn(crowded), [`availabilityZones: ${lack}`]);
      assert.deepEqual(await reasonsIn(crowded, inSubnets), [`subnetIds: ${lack}`]);
      assert.deepEqual(await reasonsIn({ subnets: narrow({ free: 8 }) }), []);
    });

    it("will do for a load balancer that stands there already, and for no other one", async () => {
      const subnets = narrow({ free: 0 });
      const reasons = async (loadBalancers: Account["loadBalancers"]) =>
        (await reasonsIn({ subnets, loadBalancers })).length;
      assert.equal(await reasons({ "web-alb-1234567": ["subnet-a", "subnet-b"] }), 0);
      assert.equal(await reasons({ "web-alb-1234567": ["subnet-a", "subnet-c"] }), 1);
      assert.equal(await reasons({ "other-alb-1234567": ["subnet-b"] }), 1);
    });

    it("are not judged where it is not permitted to ask what stands there", async () => {
      const subnets = narrow({ free: 0 });
      const denied = ["ec2:DescribeNetworkInterfaces"];
      assert.deepEqual(await reasonsIn({ subnets, denied }), []);
    });
  });

  it("have an IPv6 block each where the load balancer is to be dualstack", async () => {
    const ipv6 = (...ids: string[]) =>
      ACCOUNT.subnets.map((one) =>
        ids.includes(one.id) ? one : { ...one, ipv6CidrBlock: undefined },
      );
    const reasons = async (ipAddressType: IpAddressType, ...ids: string[]) => {
      const answer = within({ subnets: ipv6(...ids) });
      const { failures } = await recordGroup({ ...BASE, ipAddressType }, answer);
      return failures.flatMap(reasonsOf);
    };
    const lack =
      "availabilityZones: subnet-b has no IPv6 CIDR block, which a dualstack load balancer needs; " +
      "associate one with it, or set ipAddressType to ipv4";
    assert.deepEqual(await reasons("dualstack", "subnet-a"), [lack]);
    assert.deepEqual(await reasons("dualstack-without-public-ipv4", "subnet-a"), [lack]);
    assert.deepEqual(await reasons("dualstack", "subnet-a", "subnet-b"), []);
    assert.deepEqual(await reasons("ipv4"), []);
  });

  it("lie in a VPC with an IPv6 block where a new security group has rules for it", async () => {
    const account = { vpcs: [{ id: DEFAULT_VPC, isDefault: true, cidrBlocks: ["172.31.0.0/16"] }] };
    const args = { ...BASE, ipAddressType: "dualstack", internal: true } as const;
    assert.deepEqual(
      (await recordGroup(args, { ...within(account), isAws: true })).failures.flatMap(reasonsOf),
      [
        `vpcId: ${DEFAULT_VPC} has no IPv6 CIDR block, which the security group rules for IPv6 clients or targets in ` +
          "the VPC need; associate one with the VPC, or set every ipAddressType to ipv4, also in target groups",
      ],
    );
  });

  it("are looked up, or else given", async () => {
    const starts = async (denied: string, args: object) => {
      const { failures } = await recordGroup(
        { ...args, preflight: "off" },
        within({ denied: [denied] }),
      );
      return failures.flatMap(reasonsOf).map((reason) => reason.split(" (")[0]);
    };
    const subnetIds = ["subnet-a", "subnet-b"];
    assert.deepEqual(await starts("ec2:DescribeVpcs", BASE), [
      "vpcId: the default VPC can't be looked up",
    ]);
    assert.deepEqual(await starts("ec2:DescribeSubnets", BASE), [
      "availabilityZones: the subnet of us-west-2a in vpc-default can't be looked up",
      "availabilityZones: the subnet of us-west-2b in vpc-default can't be looked up",
    ]);
    assert.deepEqual(await starts("ec2:DescribeSubnets", { ...SUBNETS, subnetIds }), [
      "vpcId: the VPC of subnet-a can't be looked up",
    ]);
    const inVpc = { ...SUBNETS, subnetIds, vpcId: DEFAULT_VPC, internal: true };
    assert.deepEqual(await starts("ec2:DescribeVpcs", inVpc), [
      "vpcId: the CIDR blocks of vpc-default can't be looked up",
    ]);
  });

  it("are asked about once each", async () => {
    const args = { ...SUBNETS, subnetIds: ["subnet-a", "subnet-b"] };
    const { invocations } = await recordGroup(args);
    assert.equal(invocations.filter(({ token }) => token.endsWith(":getSubnet")).length, 2);
  });

  it("bring the VPC of the first where none is given", async () => {
    const { find } = await recordGroup({ ...SUBNETS, subnetIds: ["subnet-a", "subnet-b"] });
    assert.equal(find("web-tg").inputs.vpcId, DEFAULT_VPC);
    const subnetIds = pulumi.output(["subnet-x", "subnet-y"]);
    const vpcs = [...ACCOUNT.vpcs, { id: "vpc-other", cidrBlocks: ["10.0.0.0/16"] }];
    const elsewhere = await recordGroup(
      { ...SUBNETS, subnetIds, preflight: "off" },
      within({ subnets, vpcs }),
    );
    assert.equal(elsewhere.find("web-tg").inputs.vpcId, "vpc-other");
  });

  it("are their zones' default ones where there are several", async () => {
    const { find, failures } = await recordGroup(BASE, within({ subnets }));
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-alb").inputs.subnets, ["subnet-a", "subnet-b"]);
  });

  it("are missed in a zone that has none, or several without a default, all zones at once", async () => {
    const more = [
      { id: "subnet-1", vpcId: "vpc-1", zone: "us-west-2a" },
      { id: "subnet-2", vpcId: "vpc-1", zone: "us-west-2a" },
    ];
    const { failures } = await recordGroup(
      { ...BASE, vpcId: "vpc-1", securityGroupIds: ["sg-1"], preflight: "off" },
      within({ subnets: more }),
    );
    assert.equal(failures.length, 1);
    assert.deepEqual(failures.flatMap(reasonsOf).sort(), [
      "availabilityZones: the zone us-west-2a has 2 subnets in vpc-1 (subnet-1, subnet-2), and none is the " +
        "default subnet of the zone; list one subnet for each zone in subnetIds instead",
      "availabilityZones: the zone us-west-2b has no subnet in vpc-1; create one, use a zone " +
        "that has one, or use subnetIds instead of availabilityZones",
    ]);
  });

  it("are not looked for in zones that do not exist, or are another region's", async () => {
    const problemsOf = async (...availabilityZones: string[]) => {
      const args = { ...BASE, certificateArn: undefined, availabilityZones };
      return (await recordGroup(args)).failures.flatMap(reasonsOf);
    };
    const denied = within({ denied: ["ec2:DescribeAvailabilityZones"] });
    const args = {
      ...BASE,
      certificateArn: undefined,
      availabilityZones: ["us-west-2a", "us-west-2z"],
    };
    assert.match(
      (await recordGroup(args, denied)).failures.join(),
      /the zone us-west-2z has no subnet in vpc-default/,
    );
    assert.deepEqual(await problemsOf("us-west-2a", "us-west-2z"), [
      "availabilityZones: the zone us-west-2z does not exist, or is not enabled in this account; use one of us-west-2a, " +
        "us-west-2b, us-west-2c; if it is a Local Zone or a Wavelength Zone, you can enable its zone group in the EC2 console",
    ]);
    const elsewhere = (zone: string) =>
      `availabilityZones: the zone ${zone} is not in us-west-2, the region of the AWS provider; ` +
      "set aws:region to eu-west-1, or use zones in us-west-2: us-west-2a, us-west-2b, us-west-2c";
    assert.deepEqual(await problemsOf("eu-west-1a", "eu-west-1b"), [
      elsewhere("eu-west-1a"),
      elsewhere("eu-west-1b"),
    ]);
  });

  it("lie in a VPC that exists", async () => {
    const { failures } = await recordGroup({
      ...SUBNETS,
      vpcId: "vpc-q",
      subnetIds: ["subnet-a", "subnet-b"],
      preflight: "off",
    });
    assert.deepEqual(failures.flatMap(reasonsOf), [
      "vpcId: there is no vpc-q in this account and region; " +
        "check the ID, the credentials and aws:region",
    ]);
  });

  it("need a VPC where the account has no default one", async () => {
    const { failures } = await recordGroup(BASE, within({ vpcs: [] }));
    assert.deepEqual(failures.flatMap(reasonsOf), [
      "vpcId is required, because this account has no default VPC in the region; " +
        "set vpcId, or subnetIds instead of availabilityZones",
    ]);
  });
});
