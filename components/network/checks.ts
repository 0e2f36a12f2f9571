import { IpAddressType } from "../args";
import { isIpv6Network, networkOf } from "../shared/cidr";
import { needsSecondZone, REGION_OF_ZONE } from "../plan/regions";
import * as checks from "../checks";

/** The checks of the load balancer's network and of its security groups. */
export function networkChecks() {
  return {
    availabilityZones: checks.plain(zones, ...subnetLookedUp),
    subnetIds: checks.list(checks.awsId("subnet", "a subnet"), "subnets in different zones", 1),
    vpcId: checks.awsId("vpc", "a VPC"),
    internal: checks.plain(checks.flag(), "it decides which clients are allowed"),
    ipAddressType: checks.plain(checks.choice(IpAddressType), "security group rules depend on it"),
    ipv4IpamPoolId: checks.awsId("ipam-pool", "an IPAM pool"),
    securityGroupIds: checks.list(securityGroup, "security groups", 1, 5),
    ingressCidrBlocks: checks.plain(
      checks.list(checks.plain(clients, ...clientsNameRules), "networks"),
      ...clientsNameRules,
    ),
    ingressSecurityGroupIds: checks.named(securityGroup, "IDs of security groups", "the IDs"),
    ingressPrefixListIds: checks.named(
      checks.awsId("pl", "a managed prefix list"),
      "IDs of prefix lists",
      "the IDs",
    ),
    targetSecurityGroupIds: targetSecurityGroupIds(),
  };
}

/** The check of the security groups of the targets. */
export const targetSecurityGroupIds = () =>
  checks.plain(
    checks.list(checks.plain(securityGroup, ...targetsNameRules), "security groups"),
    ...targetsNameRules,
  );

const subnetLookedUp = [
  "a subnet is looked up in each zone",
  "use subnetIds instead, which may be outputs",
] as const;

const zone = checks.text(
  "the name of an Availability Zone",
  (value) => REGION_OF_ZONE.test(value),
  'write a name like "us-west-2a"',
);

const zoneName = checks.plain(zone, ...subnetLookedUp);

/** How many are enough depends on the kind of zone, so `enoughZones` reports too few. */
const zones: checks.Check = {
  ...checks.list(zoneName, "Availability Zones"),
  accepts: { kind: "list", item: zoneName, min: 1, max: Infinity },
};

const securityGroup = checks.awsId("sg", "a security group");

const clientsNameRules = [
  checks.namesResources,
  "leave out a network that is an output (write [] if no network is left), and for each listener's port add an " +
    "aws.vpc.SecurityGroupIngressRule that allows that network, with the output securityGroupId as its securityGroupId",
] as const;

const targetsNameRules = [
  checks.namesResources,
  "leave out a security group that this program creates, and for each port of the targets add an " +
    "aws.vpc.SecurityGroupIngressRule to that group, with the output securityGroupId as referencedSecurityGroupId; if " +
    "you list other groups here, also add an aws.vpc.SecurityGroupEgressRule with the output securityGroupId as its " +
    "securityGroupId, and the left-out group as referencedSecurityGroupId",
] as const;

const clients = checks.network((value) => {
  if (typeof value !== "string") return undefined;
  if (value.startsWith("pl-")) return "move it to ingressPrefixListIds, with a key of your own";
  if (value.startsWith("sg-")) return "move it to ingressSecurityGroupIds, with a key of your own";
  return undefined;
});

const placement: checks.Relation = {
  properties: [],
  check({ availabilityZones, subnetIds }, at) {
    if (availabilityZones === undefined && subnetIds === undefined) {
      at.key("availabilityZones").reportText(
        "required",
        'is required, unless subnetIds is set; list at least 2 zones that contain the targets, such as ["us-west-2a", "us-west-2b"]',
      );
    } else if (availabilityZones !== undefined && subnetIds !== undefined) {
      at.key("subnetIds").reportRemoval(
        "conflict",
        "can't be combined with availabilityZones; remove one of them",
      );
    }
  },
};

const enoughZones: checks.Relation = {
  properties: [],
  check({ availabilityZones }, at) {
    if (!Array.isArray(availabilityZones) || availabilityZones.length > 1) return;
    const zone: unknown = availabilityZones.at(0);
    if (zone !== undefined && (typeof zone !== "string" || !needsSecondZone(zone))) return;
    at.key("availabilityZones").report(
      "too-few",
      "must have at least 2 Availability Zones, or 1 Local Zone or Wavelength Zone",
      availabilityZones,
      "list zones of one region",
    );
  },
};

const ownSecurityGroup: checks.Relation = {
  properties: [],
  check({ securityGroupIds, ...others }, at) {
    if (securityGroupIds === undefined) return;
    for (const key of CLIENTS.filter((one) => others[one] !== undefined)) {
      at.key(key).reportRemoval(
        "conflict",
        "can't be combined with securityGroupIds, because the component does not change those security groups; " +
          "remove one of these two arguments",
      );
    }
  },
};

/** The arguments that say who may reach the load balancer, in the security group that the component creates. */
export const CLIENTS = ["ingressCidrBlocks", "ingressSecurityGroupIds", "ingressPrefixListIds"];

/** AWS has a rule only once, so it refuses a second one for the same clients. */
const clientsOnce: checks.Relation = {
  properties: [],
  check(args, at) {
    for (const list of ["ingressSecurityGroupIds", "ingressPrefixListIds"]) {
      const seen = new Map<string, string>();
      for (const [key, id] of checks.entriesOf(args[list])) {
        if (typeof id !== "string") continue;
        const here = at.key(list).key(key);
        const other = seen.get(id);
        if (other === undefined) seen.set(id, here.path);
        else here.reportRemoval("repeated", `is the same as ${other}; remove one of them`);
      }
    }
  },
};

/** AWS has this address type for internet-facing load balancers only. */
const publicIpv6: checks.Relation = {
  properties: [],
  check({ ipAddressType, internal }, at) {
    if (ipAddressType !== IpAddressType.DualstackWithoutPublicIpv4 || internal !== true) return;
    at.key("ipAddressType").reportText(
      "conflict",
      `can be ${IpAddressType.DualstackWithoutPublicIpv4} only if the load balancer is ` +
        "internet-facing; use dualstack, or remove internal",
    );
  },
};

/** The addresses of a pool are public ones of IPv4. */
const publicIpv4: checks.Relation = {
  properties: [],
  check({ ipv4IpamPoolId, ipAddressType, internal }, at) {
    if (ipv4IpamPoolId === undefined) return;
    const other =
      internal === true
        ? "internal"
        : ipAddressType === IpAddressType.DualstackWithoutPublicIpv4
          ? "ipAddressType"
          : undefined;
    if (other === undefined) return;
    at.key("ipv4IpamPoolId").reportRemoval(
      "conflict",
      `needs a load balancer with public IPv4 addresses; remove it, or change ${other}`,
    );
  },
};

const ipv6Clients: checks.Relation = {
  properties: [],
  check({ ingressCidrBlocks, ipAddressType = IpAddressType.Ipv4 }, at) {
    if (ipAddressType !== IpAddressType.Ipv4) return;
    checks.strings(ingressCidrBlocks).forEach((cidr, index) => {
      if (!isIpv6Network(cidr) || networkOf(cidr) === undefined) return;
      at.key("ingressCidrBlocks")
        .index(index)
        .reportRemoval(
          "conflict",
          "can be an IPv6 network only if the load balancer has IPv6 addresses; set " +
            "ipAddressType to dualstack, or remove this network",
        );
    });
  },
};

export const networkRelations = [
  placement,
  enoughZones,
  ownSecurityGroup,
  publicIpv4,
  clientsOnce,
  publicIpv6,
  ipv6Clients,
];
