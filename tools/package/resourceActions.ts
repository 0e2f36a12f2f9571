/** The IAM actions that the AWS provider needs for one type of resource. */
export interface ResourceActions {
  /** The type's token without `aws:`: "lb/loadBalancer:LoadBalancer". */
  readonly type: string;
  /** The arguments that create it. */
  readonly neededFor: string;
  /** To read it: a preview that refreshes, a refresh, an import, and after each change. */
  readonly read: readonly string[];
  /** To create and change it. */
  readonly write: readonly string[];
  readonly delete: readonly string[];
  /** Where the provider makes these calls: a file of terraform-provider-aws in internal/service. */
  readonly source: string;
}

const TAGS = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];
const SECURITY_GROUP_TAGS = ["ec2:CreateTags", "ec2:DeleteTags"];
const SECURITY_GROUPS = "no `securityGroupIds`; `targetSecurityGroupIds`";
const LOGS = "`accessLogs`, `connectionLogs` or `healthCheckLogs` without a `bucket`";

/*
 * Some actions of Elastic Load Balancing also need ec2: actions, says AWS:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html
 */

/** Every type of resource that the component creates. docs/permissions.md shows this table. */
export const RESOURCE_ACTIONS: readonly ResourceActions[] = [
  {
    type: "lb/loadBalancer:LoadBalancer",
    neededFor: "every group",
    read: [
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeTags",
      "ec2:DescribeAccountAttributes",
      "ec2:DescribeAddresses",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      // After it has deleted one, the provider waits until its network interfaces are gone.
      "ec2:DescribeNetworkInterfaces",
    ],
    write: [
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyCapacityReservation",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:ModifyIpPools",
      ...TAGS,
      "iam:CreateServiceLinkedRole",
    ],
    delete: ["elasticloadbalancing:DeleteLoadBalancer"],
    source: "elbv2/load_balancer.go",
  },
  {
    type: "lb/targetGroup:TargetGroup",
    neededFor: "every group",
    read: [
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTags",
    ],
    write: [
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      ...TAGS,
    ],
    delete: ["elasticloadbalancing:DeleteTargetGroup"],
    source: "elbv2/target_group.go",
  },
  {
    type: "lb/targetGroupAttachment:TargetGroupAttachment",
    neededFor: "`instanceIds`, `targets`",
    read: ["elasticloadbalancing:DescribeTargetHealth", "ec2:DescribeInstances"],
    write: ["elasticloadbalancing:RegisterTargets"],
    delete: ["elasticloadbalancing:DeregisterTargets"],
    source: "elbv2/target_group_attachment.go",
  },
  {
    type: "lb/listener:Listener",
    neededFor: "every group; `cognito-idp:` only for `authenticateCognito`",
    read: [
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeTags",
    ],
    write: [
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      ...TAGS,
      "cognito-idp:DescribeUserPoolClient",
    ],
    delete: ["elasticloadbalancing:DeleteListener"],
    source: "elbv2/listener.go",
  },
  {
    type: "lb/listenerRule:ListenerRule",
    neededFor: "`rules`; `cognito-idp:` only for `authenticateCognito`",
    read: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
    write: [
      "elasticloadbalancing:CreateRule",
      "elasticloadbalancing:ModifyRule",
      "elasticloadbalancing:SetRulePriorities",
      ...TAGS,
      "cognito-idp:DescribeUserPoolClient",
    ],
    delete: ["elasticloadbalancing:DeleteRule"],
    source: "elbv2/listener_rule.go",
  },
  {
    type: "lb/listenerCertificate:ListenerCertificate",
    neededFor: "`additionalCertificateArns`, `domain`",
    read: ["elasticloadbalancing:DescribeListenerCertificates"],
    write: ["elasticloadbalancing:AddListenerCertificates"],
    delete: ["elasticloadbalancing:RemoveListenerCertificates"],
    source: "elbv2/listener_certificate.go",
  },
  {
    type: "ec2/securityGroup:SecurityGroup",
    neededFor: "no `securityGroupIds`",
    read: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
    write: [
      "ec2:CreateSecurityGroup",
      // AWS gives a new security group a rule that allows all traffic, which the provider removes.
      "ec2:RevokeSecurityGroupEgress",
      ...SECURITY_GROUP_TAGS,
    ],
    delete: ["ec2:DeleteSecurityGroup"],
    source: "ec2/vpc_security_group.go",
  },
  {
    type: "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    neededFor: SECURITY_GROUPS,
    read: ["ec2:DescribeSecurityGroupRules"],
    write: [
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:ModifySecurityGroupRules",
      ...SECURITY_GROUP_TAGS,
    ],
    delete: ["ec2:RevokeSecurityGroupIngress"],
    source: "ec2/vpc_security_group_ingress_rule.go",
  },
  {
    type: "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    neededFor: "no `securityGroupIds`",
    read: ["ec2:DescribeSecurityGroupRules"],
    write: [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:ModifySecurityGroupRules",
      ...SECURITY_GROUP_TAGS,
    ],
    delete: ["ec2:RevokeSecurityGroupEgress"],
    source: "ec2/vpc_security_group_egress_rule.go",
  },
  {
    type: "acm/certificate:Certificate",
    neededFor: "`domain`",
    read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
    write: ["acm:RequestCertificate", "acm:AddTagsToCertificate", "acm:RemoveTagsFromCertificate"],
    delete: ["acm:DeleteCertificate"],
    source: "acm/certificate.go",
  },
  {
    type: "acm/certificateValidation:CertificateValidation",
    neededFor: "`domain`",
    read: ["acm:DescribeCertificate"],
    write: [],
    delete: [],
    source: "acm/certificate_validation.go",
  },
  {
    type: "route53/record:Record",
    neededFor: "`domain`",
    read: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:GetChange"],
    write: ["route53:ChangeResourceRecordSets"],
    delete: ["route53:ChangeResourceRecordSets"],
    source: "route53/record.go",
  },
  {
    type: "lambda/permission:Permission",
    neededFor: "targets of the type `lambda`",
    read: ["lambda:GetPolicy"],
    write: ["lambda:AddPermission"],
    delete: ["lambda:RemovePermission"],
    source: "lambda/permission.go",
  },
  {
    type: "autoscaling/attachment:Attachment",
    neededFor: "`autoScalingGroupNames`",
    read: ["autoscaling:DescribeAutoScalingGroups"],
    write: ["autoscaling:AttachLoadBalancerTargetGroups"],
    delete: ["autoscaling:DetachLoadBalancerTargetGroups"],
    source: "autoscaling/attachment.go",
  },
  {
    type: "wafv2/webAclAssociation:WebAclAssociation",
    neededFor: "`webAclArn`",
    read: ["wafv2:GetWebACLForResource", "wafv2:GetWebACL"],
    write: ["wafv2:AssociateWebACL", "elasticloadbalancing:SetWebACL"],
    delete: ["wafv2:DisassociateWebACL", "elasticloadbalancing:SetWebACL"],
    source: "wafv2/web_acl_association.go",
  },
  {
    type: "cloudwatch/metricAlarm:MetricAlarm",
    neededFor: "`alarms`",
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    write: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    delete: ["cloudwatch:DeleteAlarms"],
    source: "cloudwatch/metric_alarm.go",
  },
  {
    type: "cloudwatch/dashboard:Dashboard",
    neededFor: "`dashboard`",
    read: ["cloudwatch:GetDashboard"],
    write: ["cloudwatch:PutDashboard"],
    delete: ["cloudwatch:DeleteDashboards"],
    source: "cloudwatch/dashboard.go",
  },
  // The bucket and its settings are never deleted: they stay for the logs.
  {
    type: "s3/bucket:Bucket",
    neededFor: LOGS,
    read: [
      "s3:ListBucket",
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLocation",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListTagsForResource",
    ],
    write: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:TagResource", "s3:UntagResource"],
    delete: [],
    source: "s3/bucket.go",
  },
  ...bucketSettings([
    ["bucketPolicy:BucketPolicy", "BucketPolicy", "bucket_policy"],
    [
      "bucketPublicAccessBlock:BucketPublicAccessBlock",
      "BucketPublicAccessBlock",
      "bucket_public_access_block",
    ],
    [
      "bucketOwnershipControls:BucketOwnershipControls",
      "BucketOwnershipControls",
      "bucket_ownership_controls",
    ],
    [
      "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "EncryptionConfiguration",
      "bucket_server_side_encryption_configuration",
    ],
    [
      "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "LifecycleConfiguration",
      "bucket_lifecycle_configuration",
    ],
  ]),
];

function bucketSettings(
  settings: readonly (readonly [type: string, action: string, file: string])[],
): ResourceActions[] {
  return settings.map(([type, action, file]) => ({
    type: `s3/${type}`,
    neededFor: LOGS,
    read: [`s3:Get${action}`],
    write: [`s3:Put${action}`],
    delete: [],
    source: `s3/${file}.go`,
  }));
}
