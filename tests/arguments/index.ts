import { ADOPTION } from "./adoption";
import { AUTHENTICATION } from "./authentication";
import { DOMAIN } from "./domain";
import { FURTHER_LISTENERS } from "./furtherListeners";
import { FURTHER_TARGET_GROUPS } from "./furtherTargetGroups";
import { GROUP } from "./group";
import { HEALTH_CHECKS } from "./healthChecks";
import { LISTENER_RULES } from "./listenerRules";
import { LISTENERS } from "./listeners";
import { LOAD_BALANCER } from "./loadBalancer";
import { LOGS } from "./logs";
import { MONITORING } from "./monitoring";
import { MUTUAL_AUTHENTICATION } from "./mutualAuthentication";
import { NETWORK } from "./network";
import { REQUEST_HEADER_NAMES } from "./requestHeaderNames";
import { RESPONSE_HEADERS } from "./responseHeaders";
import { SECURITY_GROUPS } from "./securityGroups";
import { TARGET_GROUPS } from "./targetGroups";
import { TARGETS } from "./targets";

/** All arguments, one table a matter. */
const TABLES = [
  NETWORK,
  SECURITY_GROUPS,
  LOAD_BALANCER,
  LOGS,
  LISTENERS,
  FURTHER_LISTENERS,
  MUTUAL_AUTHENTICATION,
  REQUEST_HEADER_NAMES,
  RESPONSE_HEADERS,
  DOMAIN,
  TARGET_GROUPS,
  HEALTH_CHECKS,
  TARGETS,
  FURTHER_TARGET_GROUPS,
  LISTENER_RULES,
  AUTHENTICATION,
  MONITORING,
  ADOPTION,
  GROUP,
];

export const GOOD_ARGUMENTS = TABLES.flatMap(({ good }) => good);
export const BAD_ARGUMENTS = TABLES.flatMap(({ bad }) => bad);
export const MAPPINGS = TABLES.flatMap(({ mappings }) => mappings);
export const LIMITS = TABLES.flatMap(({ limits = [] }) => limits);
export const LENGTHS = TABLES.flatMap(({ lengths = [] }) => lengths);
/** Arguments that no resource is sent. */
export const NOT_SENT = TABLES.flatMap(({ notSent = [] }) => notSent);
