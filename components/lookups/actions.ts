/** A lookup of the AWS provider: the IAM actions that it needs, and which arguments lead to it. */
export interface LookupInfo {
  readonly actions: readonly string[];
  /** For which arguments it is required. */
  readonly requiredFor?: string;
  /** Which checks use it. They are skipped if the call fails. */
  readonly checkedFor?: string;
}

/** Every lookup. docs/permissions.md shows this table. */
export const LOOKUPS = {
  subnets: {
    actions: ["ec2:DescribeSubnets"],
    requiredFor: "`availabilityZones` (their subnets are looked up); `subnetIds` without `vpcId`",
    checkedFor: "the subnets' VPC, zones, sizes and free addresses",
  },
  vpc: {
    actions: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"],
    requiredFor:
      "the default VPC, without `vpcId` and `subnetIds`; the VPC's CIDR blocks, for a new security group",
    checkedFor: "addresses in `targets`",
  },
  routeTables: {
    actions: ["ec2:DescribeRouteTables"],
    checkedFor:
      "routes of the subnets, for an internet-facing load balancer and for logins at an internal one",
  },
  internetGateways: {
    actions: ["ec2:DescribeInternetGateways"],
    checkedFor: "the VPC of an internet-facing load balancer",
  },
  zones: {
    actions: ["ec2:DescribeAvailabilityZones"],
    checkedFor: "the zones of instances, and zones that don't exist",
  },
  instances: {
    actions: ["ec2:DescribeInstances"],
    checkedFor: "instances: whether they exist, run and are in the zones",
  },
  autoScalingGroups: {
    actions: ["autoscaling:DescribeAutoScalingGroups"],
    checkedFor: "`autoScalingGroupNames`",
  },
  securityGroups: {
    actions: ["ec2:DescribeSecurityGroups"],
    checkedFor:
      "`securityGroupIds`, `targetSecurityGroupIds`, `ingressSecurityGroupIds`; `loadBalancerSecurityGroupId` of a `LoadBalancedService`",
  },
  securityGroupRules: {
    actions: ["ec2:DescribeSecurityGroupRules"],
    checkedFor:
      "whether the security groups let clients reach the load balancer, and let it reach its targets and identity providers; `targetSecurityGroupIds` of a `LoadBalancedService`",
  },
  networkInterfaces: {
    actions: ["ec2:DescribeNetworkInterfaces"],
    checkedFor: "the targets' security groups; subnets with few free addresses",
  },
  account: {
    actions: ["sts:GetCallerIdentity"],
    requiredFor: "logs without a `bucket`",
    checkedFor: "the account of certificates, trust stores, web ACLs and log buckets",
  },
  serverCertificate: {
    actions: ["iam:ListServerCertificates", "iam:GetServerCertificate"],
    checkedFor: "certificates in IAM",
  },
  hostedZone: {
    actions: ["route53:GetHostedZone", "route53:ListTagsForResource"],
    checkedFor: "`domain`",
  },
  quota: {
    actions: ["servicequotas:GetServiceQuota", "servicequotas:GetAWSDefaultServiceQuota"],
    checkedFor:
      "more than 1000 targets, 100 rules, 50 listeners, 25 additional certificates, 60 rules of a security group or 10 names in `domain`",
  },
  loadBalancer: {
    actions: [
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeTags",
    ],
    requiredFor: "`adopt` without `securityGroupIds`; `listenerArn` of a `LoadBalancedService`",
    checkedFor: "`adopt`",
  },
  targetGroup: {
    actions: [
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTags",
    ],
    checkedFor: "`adopt`",
  },
  listener: {
    actions: ["elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeTags"],
    requiredFor: "`listenerArn` of a `LoadBalancedService`",
    checkedFor: "`adopt`",
  },
  listenerRule: {
    actions: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
    checkedFor: "`adopt`; the priorities of the rules of a `LoadBalancedService`",
  },
  trustStore: {
    actions: ["elasticloadbalancing:DescribeTrustStores"],
    checkedFor: "`mutualAuthentication`",
  },
  bucket: {
    // The function also asks for the website of the bucket, and does not fail if that is denied.
    actions: ["s3:ListBucket"],
    checkedFor: "the `bucket` of logs: whether it exists, and its region",
  },
  bucketPolicy: {
    actions: ["s3:GetBucketPolicy"],
    checkedFor: "the `bucket` of logs: whether its policy lets Elastic Load Balancing write",
  },
  webAcl: {
    actions: ["wafv2:ListWebACLs", "wafv2:GetWebACL"],
    checkedFor: "`webAclArn`",
  },
} satisfies Readonly<Record<string, LookupInfo>>;

export type LookupName = keyof typeof LOOKUPS;
