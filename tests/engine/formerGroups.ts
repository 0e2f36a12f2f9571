import type { LoadBalancedGroupArgs } from "../../components/args";
import { type Account, sampleAccount } from "../../emulator";
import { CERTIFICATE, FIRST, OTHER_CERTIFICATE, SECOND, THIRD, TUTORIAL } from "../support/stage";

/** The function that a group of the fixture has. */
export const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";

/** The account of the fixture. */
export function formerAccount(): Account {
  const account = sampleAccount();
  const handler = () => ({ statusCode: 200, body: "api" });
  account.functions.push({ functionArn: FUNCTION, handler, permissions: [] });
  account.autoScalingGroups.push({
    autoScalingGroupName: "fleet",
    instanceIds: [],
    targetGroupArns: [],
  });
  return account;
}

const [{ arn: webAclArn }] = sampleAccount().webAcls;

/**
 * The groups whose resources, as version 0.1 made them, are in formerVersion.json: each resource that has another
 * name or other settings today.
 */
export const FORMER_GROUPS: Readonly<Record<string, LoadBalancedGroupArgs>> = {
  web: {
    ...TUTORIAL,
    instanceIds: [FIRST],
    targets: {
      plain: { id: SECOND },
      ported: { id: THIRD, port: 8080 },
      same: { id: THIRD, port: 80 },
    },
    targetSecurityGroupIds: ["sg-00000000000000eb1"],
    autoScalingGroupNames: { main: "fleet" },
    certificateArn: CERTIFICATE,
    additionalCertificateArns: { shop: OTHER_CERTIFICATE },
    rules: {
      api: { pathPatterns: ["/api/*"], fixedResponse: { statusCode: 404 } },
      first: { priority: 7, pathPatterns: ["/first"], fixedResponse: { statusCode: 404 } },
    },
    webAclArn,
    accessLogs: {},
    deletionProtection: true,
    dashboard: true,
    alarms: { topicArns: ["arn:aws:sns:us-west-2:123456789012:alerts"] },
  },
  addresses: {
    ...TUTORIAL,
    instanceIds: [],
    port: 443,
    internal: true,
    targetGroup: { targetType: "ip" },
    targets: { far: { id: "10.9.0.7", availabilityZone: "all" } },
  },
  given: {
    ...TUTORIAL,
    instanceIds: [FIRST],
    securityGroupIds: ["sg-00000000000000eb1"],
    targetGroup: { port: 8081 },
    targetSecurityGroupIds: ["sg-00000000000000eb1"],
  },
  "a-name-that-is-too-long-for-a-load-balancer": {
    ...TUTORIAL,
    instanceIds: [],
    targetGroup: { targetType: "lambda" },
    targets: { api: { id: FUNCTION } },
  },
};
