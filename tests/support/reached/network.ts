import { reaches } from "./reaches";

const SUBNETS = ["subnet-a", "subnet-b"];
const OWN_GROUP = { securityGroupIds: undefined };

export const NETWORK = [
  reaches(
    "availabilityZones",
    ["us-west-2b", "us-west-2c"],
    "web-alb subnets",
    ["subnet-b", "subnet-c"],
    { instanceIds: [] },
  ),
  reaches("subnetIds", SUBNETS, "web-alb subnets", SUBNETS, { availabilityZones: undefined }),
  reaches("vpcId", "vpc-default", "web-tg vpcId"),
  reaches("internal", true, "web-alb internal"),
  reaches("ipAddressType", "dualstack", "web-alb ipAddressType"),
  reaches("securityGroupIds", ["sg-9"], "web-alb securityGroups"),
  reaches(
    "ingressCidrBlocks",
    ["10.0.0.0/8"],
    "web-ingress-80-10.0.0.0/8 cidrIpv4",
    "10.0.0.0/8",
    OWN_GROUP,
  ),
  reaches("targetSecurityGroupIds", ["sg-t"], "web-target-ingress-80-sg-t securityGroupId", "sg-t"),
];
