/** A lookup of the AWS provider: the IAM actions that it needs, and which arguments lead to it. */
export interface LookupInfo {
  readonly actions: readonly string[];
  /** For what the group can't do without it. */
  readonly needed?: string;
  /** For which checks it is made, which are left out where it is not allowed. */
  readonly checked?: string;
}

/** Every lookup. docs/permissions.md shows this table. */
export const LOOKUPS = {
  subnets: {
    actions: ["ec2:DescribeSubnets"],
    needed: "`availabilityZones` (their subnets are looked up); `subnetIds` without `vpcId`",
    checked: "the subnets' VPC, zones, sizes and free addresses",
  },
  vpc: {
    actions: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"],
    needed:
      "the default VPC, without `vpcId` and `subnetIds`; the VPC's CIDR blocks, for a new security group",
    checked: "addresses in `targets`",
  },
  zones: {
    actions: ["ec2:DescribeAvailabilityZones"],
    checked: "the zones of instances, and zones that don't exist",
  },
  instances: {
    actions: ["ec2:DescribeInstances"],
    checked: "instances: whether they exist, run and are in the zones",
  },
  securityGroups: {
    actions: ["ec2:DescribeSecurityGroups"],
    checked: "`securityGroupIds`, `targetSecurityGroupIds`",
  },
  securityGroupRules: {
    actions: ["ec2:DescribeSecurityGroupRules"],
    checked: "whether the security groups let the load balancer reach its targets",
  },
  networkInterfaces: {
    actions: ["ec2:DescribeNetworkInterfaces"],
    checked: "the targets' security groups; subnets with few free addresses",
  },
  account: {
    actions: ["sts:GetCallerIdentity"],
    needed: "logs without a `bucket`",
    checked: "the account of certificates and trust stores",
  },
  serverCertificate: {
    actions: ["iam:ListServerCertificates", "iam:GetServerCertificate"],
    checked: "certificates in IAM",
  },
  hostedZone: {
    actions: ["route53:GetHostedZone", "route53:ListTagsForResource"],
    checked: "`domain`",
  },
  quota: {
    actions: ["servicequotas:GetServiceQuota", "servicequotas:GetAWSDefaultServiceQuota"],
    checked: "more than 1000 targets, 100 rules or 25 additional certificates",
  },
  loadBalancer: {
    actions: [
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeTags",
    ],
    needed: "`adopt` without `securityGroupIds`",
    checked: "`adopt`",
  },
  targetGroup: {
    actions: [
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTags",
    ],
    checked: "`adopt`",
  },
  listener: {
    actions: ["elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeTags"],
    checked: "`adopt`",
  },
  listenerRule: {
    actions: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
    checked: "`adopt`",
  },
  trustStore: {
    actions: ["elasticloadbalancing:DescribeTrustStores"],
    checked: "`mutualAuthentication`",
  },
} satisfies Readonly<Record<string, LookupInfo>>;

export type LookupName = keyof typeof LOOKUPS;
