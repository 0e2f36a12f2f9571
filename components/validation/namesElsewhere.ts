/*
 * Names that people know from the AWS provider, from Terraform and from other components, and what to write
 * instead.
 */

const instead = (name: string) => `write ${name} instead`;
const inTargetGroup = (name: string) => `write targetGroup: { ${name} } instead`;

/** Other names in the arguments of the group. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  name: "remove it, because resources are named after the component's name in the program",
  namePrefix: "remove it, because names in AWS are made from the component's name",
  scheme:
    "write internal: true for an internal load balancer, and nothing for an internet-facing one",
  internetFacing:
    "write internal: true for an internal load balancer, and nothing for an internet-facing one",
  loadBalancerType: "remove it, because the load balancer is always an Application Load Balancer",
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
  listener:
    "set certificateArn or domain for an HTTPS listener, and write listeners: { key: { port, protocol } } for further ones",
  protocol:
    'for HTTPS from clients, set certificateArn or domain; for HTTPS to targets, write targetGroup: { protocol: "HTTPS" }',
  defaultTargetGroup: instead("targetGroup"),
  healthCheck: inTargetGroup("healthCheck"),
  stickiness: inTargetGroup("stickiness"),
  deregistrationDelay: inTargetGroup("deregistrationDelay"),
  slowStart: inTargetGroup("slowStart"),
  targetType: inTargetGroup("targetType"),
  healthCheckPath: "write targetGroup: { healthCheck: { path } } instead",
  listenerPort: instead("port"),
  hostedZoneId: "write domain: { name, zoneId } instead",
  webAcl: instead("webAclArn"),
};

/** Other names in the arguments of a service. */
export const OTHER_NAMES_IN_SERVICE: Readonly<Record<string, string>> = {
  name: "remove it, because resources are named after the component's name in the program",
  listener: instead("listenerArn"),
  listenerArns: "write listenerArn instead, with one listener",
  vpcId: "remove it, because target groups are in the VPC of their load balancer",
  certificateArn: "write certificateArns: { key: ARN } instead",
  additionalCertificateArns: instead("certificateArns"),
  healthCheck: inTargetGroup("healthCheck"),
  stickiness: inTargetGroup("stickiness"),
  deregistrationDelay: inTargetGroup("deregistrationDelay"),
  targetType: inTargetGroup("targetType"),
  port: inTargetGroup("port"),
  rule: instead("rules"),
  hostHeaders: "write rules: { key: { hostHeaders } } instead",
  pathPatterns: "write rules: { key: { pathPatterns } } instead",
  securityGroupIds: instead("targetSecurityGroupIds or loadBalancerSecurityGroupId"),
};
