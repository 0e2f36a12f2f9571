import type { LoadBalancedGroupArgs } from "../../components/args";

export const CERTIFICATE = "arn:aws:acm:us-west-2:123456789012:certificate/one";

export const WEB_ACL = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/web/one";

/** The arguments of AWS's tutorial "Create an Application Load Balancer", in the account of the tests. */
export const TUTORIAL: LoadBalancedGroupArgs = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  instanceIds: ["i-1", "i-2"],
  securityGroupIds: ["sg-1"],
};

/** What the load balancer is sent if no logs are asked for. */
export const LOGS_OFF = Object.fromEntries(
  ["accessLogs", "connectionLogs", "healthCheckLogs"].map((kind) => [
    kind,
    { bucket: "", enabled: false },
  ]),
);

/** The arguments without which there is no group. */
export const ZONES: LoadBalancedGroupArgs = { availabilityZones: ["us-west-2a", "us-west-2b"] };

/** Arguments that have a group made of all that it can be made of. */
export const EVERYTHING: LoadBalancedGroupArgs = {
  ...ZONES,
  domain: { name: "www.example.com", zoneId: "Z1" },
  additionalCertificateArns: { other: CERTIFICATE },
  instanceIds: ["i-1"],
  autoScalingGroupNames: { web: "web" },
  targetGroups: {
    api: {
      targetType: "lambda",
      targets: { api: { id: "arn:aws:lambda:us-west-2:123456789012:function:api" } },
    },
  },
  rules: { api: { pathPatterns: ["/api/*"], targetGroup: "api" } },
  targetSecurityGroupIds: ["sg-t"],
  webAclArn: WEB_ACL,
  accessLogs: {},
  alarms: { topicArns: ["arn:aws:sns:us-west-2:123456789012:on-call"] },
  dashboard: true,
};

/** A rule whose users log in. */
export const LOGIN: LoadBalancedGroupArgs["rules"] = {
  a: {
    pathPatterns: ["/a"],
    targetGroup: "default",
    authenticateCognito: {
      userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_1",
      userPoolClientId: "client",
      userPoolDomain: "login",
    },
  },
};
