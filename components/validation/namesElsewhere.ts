/*
 * Names that people know from the AWS provider, from Terraform's and other components, and what to write
 * here instead.
 */

const instead = (name: string) => `write ${name} instead`;
const inTargetGroup = (name: string) => `write targetGroup: { ${name} } instead`;

/** Names for something that stands at the top of the arguments, or in a target group. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  name: "the name that the group is given, the first parameter, names what is made; leave it out",
  namePrefix: "AWS's names are made of the group's name; leave it out",
  scheme: "write internal: true for an internal load balancer, and leave it out for others",
  loadBalancerType: "it is an application load balancer; leave it out",
  subnets: instead("subnetIds"),
  subnetMappings: instead("subnetIds"),
  vpc: instead("vpcId"),
  securityGroups: instead("securityGroupIds"),
  enableDeletionProtection: instead("deletionProtection"),
  enableHttp2: instead("http2"),
  enableWafFailOpen: instead("wafFailOpen"),
  enableXffClientPort: instead("xffClientPort"),
  enableZonalShift: instead("zonalShift"),
  enableTlsVersionAndCipherSuiteHeaders: instead("tlsVersionAndCipherSuiteHeaders"),
  enableCrossZoneLoadBalancing: inTargetGroup("loadBalancingCrossZone"),
  listener: "listeners are made of port and certificateArn; leave it out",
  listeners: "listeners are made of port and certificateArn; leave it out",
  protocol: "clients are served by HTTPS with a certificateArn or a domain; leave it out",
  defaultTargetGroup: instead("targetGroup"),
  healthCheck: inTargetGroup("healthCheck"),
  stickiness: inTargetGroup("stickiness"),
  deregistrationDelay: inTargetGroup("deregistrationDelay"),
  slowStart: inTargetGroup("slowStart"),
  targetType: inTargetGroup("targetType"),
};

/** Names for something that stands in a target group. */
export const OTHER_NAMES_IN_TARGET_GROUP: Readonly<Record<string, string>> = {
  name: OTHER_NAMES.namePrefix,
  namePrefix: OTHER_NAMES.namePrefix,
  vpcId: "write vpcId beside targetGroup instead, for all groups",
  enabled: "leave targetGroup out where nothing forwards to it",
  tags: "write tags beside targetGroup instead, for all that is made",
};
