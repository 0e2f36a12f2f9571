import type { Configuration } from "../../automation";
import { sampleAccount } from "../../emulator";
import { AUTO_SCALING_GROUPS, FUNCTIONS, SERVERS_GROUP } from "../changes/account";
import { FIRST, OTHER_CERTIFICATE, SECOND, THIRD } from "../support/stage";

const { hostedZones, webAcls } = sampleAccount();

/** A group with every kind of resource, except a bucket for logs, which stays when the group is destroyed. */
const FULL: Configuration = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  instanceIds: [FIRST, SECOND],
  targetGroup: { healthCheck: { interval: 300, timeout: 2 } },
  targetGroups: {
    api: { targetType: "lambda", targets: { api: { id: FUNCTIONS[0] } } },
  },
  autoScalingGroupNames: { fleet: AUTO_SCALING_GROUPS[0] },
  targetSecurityGroupIds: [SERVERS_GROUP],
  domain: { name: "www.example.com", zoneId: hostedZones[0].zoneId },
  additionalCertificateArns: { shop: OTHER_CERTIFICATE },
  rules: { api: { priority: 10, pathPatterns: ["/api/*"], targetGroup: "api" } },
  webAclArn: webAcls[0].arn,
  alarms: { topicArns: ["arn:aws:sns:us-west-2:123456789012:web"] },
  dashboard: true,
  tags: { team: "web" },
};

/** A change between two configurations; a deployment if there is none before. */
export interface Situation {
  readonly name: string;
  readonly before?: Configuration;
  readonly after: Configuration;
}

/** A small group, for tests that have little time. */
export const SMALL: Situation = {
  name: "deploy a small group",
  after: {
    availabilityZones: ["us-west-2a", "us-west-2b"],
    instanceIds: [FIRST],
    targetGroup: { healthCheck: { interval: 300, timeout: 2 } },
  },
};

export const SITUATIONS: readonly Situation[] = [
  { name: "deploy", after: FULL },
  {
    name: "replace a target group, change targets, rules and clients",
    before: FULL,
    after: {
      ...FULL,
      instanceIds: [SECOND, THIRD],
      targetGroup: { ...FULL.targetGroup, port: 8080 },
      rules: { api: { priority: 10, pathPatterns: ["/v2/*"], targetGroup: "api" } },
      ingressCidrBlocks: ["10.0.0.0/8"],
      webAclArn: webAcls[1].arn,
    },
  },
  {
    name: "replace the load balancer",
    before: FULL,
    after: { ...FULL, internal: true },
  },
];
