import * as pulumi from "@pulumi/pulumi";
import { api } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const zones = (...availabilityZones: string[]) => ({ availabilityZones });
const noZones = { availabilityZones: undefined };
const subnets = (subnetIds: unknown) => ({ ...noZones, subnetIds });
const SUBNETS = ["subnet-a", "subnet-b"];

/** Where the load balancer stands, and by which addresses it is reached. */
export const NETWORK: ArgumentTable = {
  good: [
    ["nothing but zones", {}],
    ["three zones", zones("us-west-2a", "us-west-2b", "us-west-2c")],
    ["zones of GovCloud", zones("us-gov-west-1a", "us-gov-west-1b")],
    ["zones of the European Sovereign Cloud", zones("eusc-de-east-1a", "eusc-de-east-1b")],
    ["local zones", zones("us-west-2-lax-1a", "us-west-2-lax-1b")],
    ["one local zone", zones("us-west-2-lax-1a")],
    ["one wavelength zone", zones("us-east-1-wl1-bos-wlz-1")],
    ["one subnet, as of an Outpost", subnets(["subnet-1"])],
    ["two subnets", subnets(["subnet-1", "subnet-2"])],
    ["subnets that are outputs", subnets([pulumi.output("subnet-1"), pulumi.output("subnet-2")])],
    ["a list of subnets that is an output", subnets(pulumi.output(["subnet-1", "subnet-2"]))],
    ["a VPC", { vpcId: "vpc-0a1b2c3d4e5f60001" }],
    ["internal", { internal: true }],
    ["IPv4 in words", { ipAddressType: "ipv4" }],
    ["an internal dualstack", { ipAddressType: "dualstack", internal: true }],
    ["addresses of a pool", { ipv4IpamPoolId: "ipam-pool-1234567890abcdef0" }],
    [
      "addresses of a pool, beside those of IPv6",
      { ipv4IpamPoolId: pulumi.output("ipam-pool-1"), ipAddressType: "dualstack" },
    ],
    ["no public IPv4 addresses", { ipAddressType: "dualstack-without-public-ipv4" }],
  ],
  bad: [
    bad("availabilityZones", "required", noZones, "at least 2 zones"),
    bad("availabilityZones", "too-few", zones(), "at least 2 Availability Zones", "got []"),
    bad(
      "availabilityZones",
      "too-few",
      zones("us-west-2a"),
      "at least 2",
      '"us-west-2a"',
      "or 1 Local Zone",
    ),
    bad("availabilityZones[0]", "format", zones("us-east-1-wl1-bos-wlz"), "Availability Zone"),
    bad(
      "availabilityZones",
      "type",
      { availabilityZones: "us-west-2a" },
      '"us-west-2a"',
      "pass a list",
    ),
    bad(
      "availabilityZones[0]",
      "format",
      { availabilityZones: ["us-west-2", "us-west-2b"] },
      '"us-west-2"',
    ),
    bad(
      "availabilityZones[1]",
      "type",
      { availabilityZones: ["us-west-2b", 7] },
      "got 7",
      "us-west-2a",
    ),
    bad("availabilityZones[1]", "repeated", { availabilityZones: ["us-west-2a", "us-west-2a"] }),
    bad(
      "availabilityZones",
      "region",
      { availabilityZones: ["us-west-2a", "us-east-1b"] },
      "us-west-2 and us-",
    ),
    bad(
      "availabilityZones",
      "output",
      { availabilityZones: pulumi.output(["us-west-2a"]) },
      "subnetIds",
    ),
    bad(
      "subnetIds",
      "conflict",
      { subnetIds: ["subnet-1", "subnet-2"] },
      "can't be combined with availabilityZones",
      "remove",
    ),
    bad(
      "subnetIds[0]",
      "format",
      { ...noZones, subnetIds: ["vpc-1", "subnet-2"] },
      '"vpc-1"',
      "subnet-...",
    ),
    bad(
      "subnetIds[1]",
      "repeated",
      { ...noZones, subnetIds: ["subnet-1", "subnet-1"] },
      "repeat subnetIds[0]",
    ),
    bad(
      "subnetIds[1]",
      "format",
      { ...noZones, subnetIds: ["subnet-1", undefined] },
      "got undefined",
    ),
    bad("vpcId", "format", { vpcId: "subnet-1" }, '"subnet-1"', "vpc-...", "use the ID"),
    bad(
      "vpcId",
      "format",
      { vpcId: "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-1" },
      "not a name, an ARN",
    ),
    bad("internal", "type", { internal: "true" }, '"true"', "write true without quotes"),
    bad("internal", "output", { internal: pulumi.output(true) }, "can't be an output"),
    bad("ipv4IpamPoolId", "format", { ipv4IpamPoolId: "pool" }, "ipam-pool-...", '"pool"'),
    bad(
      "ipv4IpamPoolId",
      "conflict",
      { ipv4IpamPoolId: "ipam-pool-1", internal: true },
      "public IPv4 addresses; remove it, or change internal",
    ),
    bad(
      "ipv4IpamPoolId",
      "conflict",
      { ipv4IpamPoolId: "ipam-pool-1", ipAddressType: "dualstack-without-public-ipv4" },
      "or change ipAddressType",
    ),
    bad(
      "ipAddressType",
      "conflict",
      { ipAddressType: "dualstack-without-public-ipv4", internal: true },
      "internet-facing",
      "remove internal",
    ),
  ],
  mappings: [
    maps(
      "availabilityZones",
      ["us-west-2b", "us-west-2c"],
      "web-alb subnets",
      ["subnet-b", "subnet-c"],
      { instanceIds: [] },
    ),
    maps("subnetIds", SUBNETS, "web-alb subnets", SUBNETS, noZones),
    maps("vpcId", "vpc-default", "web-tg vpcId"),
    maps("internal", true, "web-alb internal"),
    maps("ipAddressType", "dualstack", "web-alb ipAddressType"),
    maps("ipv4IpamPoolId", "ipam-pool-1", "web-alb ipamPools.ipv4IpamPoolId"),
  ],
  limits: [
    {
      args: ["availabilityZones", "subnetIds"],
      source: { documented: { min: 1, max: Infinity }, page: api("CreateLoadBalancer") },
    },
    {
      args: ["ipAddressType"],
      emulator: ["loadBalancer.ipAddressType"],
      source: { model: "CreateLoadBalancerInput.IpAddressType" },
    },
  ],
};
