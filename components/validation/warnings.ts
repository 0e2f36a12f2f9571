import * as pulumi from "@pulumi/pulumi";
import { closest } from "fastest-levenshtein";
import type {
  LoadBalancedGroupArgs,
  LoadBalancedServiceArgs,
  RuleArgs,
  ServersArgs,
} from "../args";
import { DEFAULTS } from "../args/defaults";
import { isEncrypted } from "../plan/https";
import {
  ownListener,
  plannedListeners,
  redirectPort,
  type PlannedListener,
} from "../plan/listeners";
import { earlyValue } from "../shared/previewValues";
import { legible } from "../checks";
import type { SecretTexts } from "../gate/secretTexts";
import {
  DEFAULT_SSL_POLICY,
  FIPS_SSL_POLICY,
  isRejected,
  SSL_POLICIES,
} from "../plan/securityPolicies";
import { ruleWarnings, serviceRuleWarnings } from "../listeners/rules/warnings";
import { ruleLabelOf } from "../plan/owner";
import { plannedGroups } from "../plan/targetGroups";

/** Warns of arguments that AWS accepts, but that are probably a mistake. */
export async function warnOfLikelyMistakes(
  args: LoadBalancedGroupArgs,
  secrets: SecretTexts,
  parent: pulumi.Resource,
): Promise<void> {
  const warnings = [
    ...encryptionWarnings(args),
    ...(await securityPolicyWarnings(args)),
    ...plannedListeners(args).flatMap(({ settings, pathPrefix }) =>
      wildcardWarnings(settings.rules, pathPrefix),
    ),
    ...weightWarnings(args, plannedListeners(args)),
    ...ruleWarnings(args),
  ];
  await warn(warnings, secrets, parent);
}

/** The same for the arguments of a service. */
export async function warnOfLikelyMistakesOfService(
  name: string,
  args: LoadBalancedServiceArgs,
  secrets: SecretTexts,
  parent: pulumi.Resource,
): Promise<void> {
  const warnings = [
    ...wildcardWarnings(args.rules, ""),
    ...weightWarnings(args, [{ settings: args, pathPrefix: "" }]),
    ...serviceRuleWarnings(args.rules, ruleLabelOf(name)),
  ];
  await warn(warnings, secrets, parent);
}

async function warn(
  warnings: readonly string[],
  secrets: SecretTexts,
  parent: pulumi.Resource,
): Promise<void> {
  for (const warning of warnings) {
    await pulumi.log.warn(legible(await secrets.redact(warning)), parent);
  }
}

const { port: HTTP_PORT } = DEFAULTS.LoadBalancedGroup;

function encryptionWarnings(args: LoadBalancedGroupArgs): string[] {
  if (!isEncrypted(args)) {
    return [
      "traffic to this load balancer is not encrypted; set certificateArn or domain for HTTPS",
    ];
  }
  const port = redirectPort(args);
  if (port === undefined || port === HTTP_PORT) return [];
  return [
    `port ${port} is the port of the HTTP listener, which redirects to HTTPS on ${ownListener(args).port}; remove port to ` +
      `redirect from port ${HTTP_PORT}; if it should be the port of HTTPS, set httpsPort instead; to have no HTTP listener, ` +
      "remove port and set httpsOnly to true",
  ];
}

async function securityPolicyWarnings(args: LoadBalancedGroupArgs): Promise<string[]> {
  const further = Object.entries(args.listeners ?? {}).map(
    ([key, { sslPolicy }]) => [`listeners.${key}.sslPolicy`, sslPolicy] as const,
  );
  const policies = [["sslPolicy", args.sslPolicy] as const, ...further];
  const warnings = policies.map(async ([path, policy]) => {
    const known = policy === undefined ? undefined : await earlyValue(pulumi.output(policy));
    return known === undefined ? [] : securityPolicyWarning(path, known);
  });
  return (await Promise.all(warnings)).flat();
}

function securityPolicyWarning(path: string, policy: string): string[] {
  if (!SSL_POLICIES.includes(policy)) {
    return [
      `${path} ${policy} is not one of the security policies that this version of the component knows; if it is not new, ` +
        `did you mean ${closest(policy, [...SSL_POLICIES])}?`,
    ];
  }
  if (!isRejected(policy)) return [];
  const accepted = policy.includes("-FIPS-")
    ? FIPS_SSL_POLICY
    : `the default, ${DEFAULT_SSL_POLICY}`;
  return [
    `${path} ${policy} is reported by Security Hub's control ELB.17; use ${accepted}, which this control accepts`,
  ];
}

const MAX_WILDCARDS = 5;

/** AWS's documentation is not clear whether the limit is for each condition or for the rule. */
function wildcardWarnings(
  rules: Readonly<Record<string, RuleArgs>> = {},
  pathPrefix: string,
): string[] {
  return Object.entries(rules).flatMap(([key, { hostHeaders = [], pathPatterns = [] }]) => {
    const wildcards = [...hostHeaders, ...pathPatterns].join("").match(/[*?]/g) ?? [];
    if (wildcards.length <= MAX_WILDCARDS) return [];
    return [
      `${pathPrefix}rules.${key}: its hostHeaders and pathPatterns have ${wildcards.length} wildcards, but AWS may refuse ` +
        `more than ${MAX_WILDCARDS}; split the rule into two`,
    ];
  });
}

/** Requests to a target group without targets get 503, which is probably a mistake if others have targets. */
function weightWarnings(
  args: LoadBalancedGroupArgs,
  listeners: readonly Pick<PlannedListener, "settings" | "pathPrefix">[],
): string[] {
  const groups = plannedGroups(args);
  const empty = new Set(groups.filter(({ servers }) => isEmpty(servers)).map(({ key }) => key));
  const forwards = listeners.flatMap(({ settings, pathPrefix }) => [
    [`${pathPrefix}forward`, settings.forward] as const,
    ...Object.entries(settings.rules ?? {}).map(
      ([key, { forward }]) => [`${pathPrefix}rules.${key}.forward`, forward] as const,
    ),
  ]);
  return forwards.flatMap(([path, forward]) => {
    // The tool that changes the weights registers the targets.
    if (forward?.managedElsewhere === true) return [];
    const weights = Object.entries(forward?.weights ?? {});
    const used = weights.filter(([, weight]) => typeof weight === "number" && weight > 0);
    const withoutTargets = used.map(([key]) => key).filter((key) => empty.has(key));
    if (withoutTargets.length === used.length) return [];
    return withoutTargets.map(
      (key) =>
        `${path}.weights.${key}: the target group ${key} has no targets here, so its requests get ` +
        "503, unless something else registers targets, such as Amazon ECS; add targets, or set the weight to 0",
    );
  });
}

function isEmpty({ instanceIds = [], targets = {}, autoScalingGroupNames = {} }: ServersArgs) {
  return [instanceIds, targets, autoScalingGroupNames].every(
    (servers) => Object.keys(servers).length === 0,
  );
}
