import { IpAddressType } from "../args";
import { isIpv6Network, networkOf } from "../cidr";
import * as rules from "../rules";

/** Where the load balancer stands, and whom it is reached by. */
export function networkRules(): Record<string, rules.Rule> {
  return {
    availabilityZones: rules.plain(
      rules.list(rules.plain(zone, lookedUp), "Availability Zones", 2),
      lookedUp,
    ),
    subnetIds: rules.list(rules.awsId("subnet", "a subnet"), "subnets in different zones", 2),
    vpcId: rules.awsId("vpc", "a VPC"),
    internal: rules.plain(rules.flag(), "it decides which clients are admitted"),
    ipAddressType: rules.plain(rules.choice(IpAddressType), "security group rules hang on it"),
    securityGroupIds: rules.list(securityGroup, "security groups", 1, 5),
    ingressCidrBlocks: rules.plain(
      rules.list(rules.plain(cidr, namesResources), "networks"),
      namesResources,
    ),
    targetSecurityGroupIds: rules.plain(
      rules.list(rules.plain(securityGroup, ownRule), "security groups"),
      ownRule,
    ),
  };
}

export const REGION_OF_ZONE = /^([a-z]{2,}(?:-[a-z]+)+-\d+)(?:-[a-z]+-\d+)?[a-z]$/;

const lookedUp = "a subnet is looked up in each zone; pass subnetIds instead";

const zone = rules.text(
  "the name of an Availability Zone",
  (value) => REGION_OF_ZONE.test(value),
  'write a name like "us-west-2a"',
);

export const namesResources = "it names the resources made here";

const securityGroup = rules.awsId("sg", "a security group");

const ownRule =
  `${namesResources}; for a group made in this program add an ` +
  "aws.vpc.SecurityGroupIngressRule to it, from the group's securityGroupId";

const cidr: rules.Rule = {
  visit(value, at) {
    const network = typeof value === "string" ? networkOf(value) : undefined;
    if (network === undefined) {
      const isNoNetwork = typeof value === "string" && /^(pl|sg)-/.test(value);
      at.report(
        "must be a network in CIDR notation",
        value,
        isNoNetwork
          ? "make a security group with a rule for that, and pass it in securityGroupIds"
          : 'write it like "10.0.0.0/16" or "::/0"',
      );
    } else if (network !== value) {
      at.report(
        "must be written as AWS does, without bits behind its prefix",
        value,
        `write "${network}"`,
      );
    }
    return value;
  },
};

const placement: rules.Relation = {
  of: [],
  judge({ availabilityZones, subnetIds }, at) {
    if (availabilityZones === undefined && subnetIds === undefined) {
      at.key("availabilityZones").state(
        'is required; name at least 2 zones in which the servers lie, such as ["us-west-2a", "us-west-2b"]',
      );
    } else if (availabilityZones !== undefined && subnetIds !== undefined) {
      at.key("subnetIds").refuse("does not go with availabilityZones; leave one of them out");
    }
  },
};

const ownSecurityGroup: rules.Relation = {
  of: [],
  judge({ securityGroupIds, ingressCidrBlocks }, at) {
    if (securityGroupIds === undefined || ingressCidrBlocks === undefined) return;
    at.key("ingressCidrBlocks").refuse(
      "goes with the security group that is made here, not with securityGroupIds, which are never " +
        "edited; leave one of them out",
    );
  },
};

/** Of the internet's clients only those with IPv6 are served without public IPv4 addresses. */
const publicIpv6: rules.Relation = {
  of: [],
  judge({ ipAddressType, internal }, at) {
    if (ipAddressType !== IpAddressType.DualstackWithoutPublicIpv4 || internal !== true) return;
    at.key("ipAddressType").state(
      `can be ${IpAddressType.DualstackWithoutPublicIpv4} only where the load balancer faces the ` +
        "internet; choose dualstack, or leave internal out",
    );
  },
};

const ipv6Clients: rules.Relation = {
  of: [],
  judge({ ingressCidrBlocks, ipAddressType = IpAddressType.Ipv4 }, at) {
    if (ipAddressType !== IpAddressType.Ipv4) return;
    rules.strings(ingressCidrBlocks).forEach((cidr, index) => {
      if (!isIpv6Network(cidr) || networkOf(cidr) === undefined) return;
      at.key("ingressCidrBlocks")
        .index(index)
        .state(
          "can be an IPv6 network only where the load balancer has such addresses; set " +
            "ipAddressType to dualstack, or leave it out",
        );
    });
  },
};

export const networkRelations = [placement, ownSecurityGroup, publicIpv6, ipv6Clients];
