import { FURTHER_GROUPS } from "./furtherGroups";
import { DOMAINS, HEADERS, LISTENERS, MUTUAL_AUTHENTICATION } from "./listeners";
import { LOAD_BALANCER } from "./loadBalancer";
import { LOGINS } from "./logins";
import { NETWORK } from "./network";
import { OPERATIONS } from "./operations";
import type { Reached } from "./reaches";
import { DEFAULT_ACTION, RULES } from "./rules";
import { SERVERS } from "./servers";
import { TARGET_GROUP } from "./targetGroup";

/** Each argument that a resource is sent. */
export const REACHED: readonly Reached[] = [
  ...NETWORK,
  ...SERVERS,
  ...RULES,
  ...LOGINS,
  ...DEFAULT_ACTION,
  ...TARGET_GROUP,
  ...FURTHER_GROUPS,
  ...LISTENERS,
  ...MUTUAL_AUTHENTICATION,
  ...DOMAINS,
  ...HEADERS,
  ...LOAD_BALANCER,
  ...OPERATIONS,
];

/** Those that are sent to nobody: what they decide, other tests show. */
export const DECIDING = [
  "httpsOnly",
  "preflight",
  "adopt.loadBalancerArn",
  "adopt.targetGroupArn",
  "adopt.targetGroupArns.key",
  "adopt.listenerArns.http",
  "adopt.listenerArns.https",
  "adopt.ruleArns.key",
];
