import {
  Preflight,
  Protocol,
  type LoadBalancedGroupArgs,
  type LoadBalancedServiceArgs,
  type TargetGroupArgs,
} from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";
import { ipv6Targets } from "../targetGroups/targets/addressChecks";
import { adoptionRelations, adoptionChecks } from "../adoption/checks";
import { alarmsChecks } from "../monitoring/checks";
import {
  listenerRulesRelations,
  listenerRulesChecks,
  rulesCheck,
  rulesRelations,
} from "../listeners/rules/checks";
import { joinedListenerChecks, joinedListenerRelations } from "../listeners/joined/checks";
import { authenticationRelation } from "../listeners/rules/authenticationChecks";
import { listenersRelations, listenersChecks } from "../listeners/checks";
import { furtherListeners, furtherListenersRelations } from "../listeners/furtherChecks";
import { ENCRYPT_GROUP, type ListenerEndpoint } from "../listeners/rules/actionChecks";
import { isEncrypted } from "../plan/https";
import { regionsOf } from "../plan/regions";
import { ruleLabelOf } from "../plan/owner";
import { loadBalancerRelations, loadBalancerChecks } from "../loadBalancer/checks";
import { logsChecks, logsRelations } from "../logs/checks";
import { networkRelations, networkChecks, targetSecurityGroupIds } from "../network/checks";
import { OTHER_NAMES, OTHER_NAMES_IN_SERVICE } from "./namesElsewhere";
import { tagsCheck } from "./tags";
import {
  OTHER_NAMES_IN_TARGET_GROUP,
  targetGroupRelations,
  targetGroupChecks,
} from "../targetGroups/checks";
import {
  groupKeys,
  targetGroupsRelations,
  targetGroupsChecks,
} from "../targetGroups/furtherGroupChecks";
import { targetsRelations, targetsChecks } from "../targetGroups/targets/checks";

/*
 * AWS checks all of this too, but reports it late, one problem at a time or obscurely. The limits are those of
 * the Elastic Load Balancing API reference and user guide.
 */

/** The problems of the arguments, except those of outputs. */
export function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  outputChecks = new checks.OutputChecks(checks.subjectOf("LoadBalancedGroup", name)),
): checks.Problem[] {
  return problemsOf(checkOfGroup(args), args, outputChecks);
}

/** The same for the arguments of a service. */
export function findProblemsOfService(name: string, args: unknown): checks.Problem[] {
  const subject = checks.subjectOf("LoadBalancedService", name);
  return problemsOf(checkOfService(name, args), args, new checks.OutputChecks(subject));
}

function problemsOf(
  check: checks.Check,
  args: unknown,
  outputChecks: checks.OutputChecks,
): checks.Problem[] {
  const at = new checks.ArgumentPath("", [], outputChecks);
  checks.runCheck(check, args, at);
  return at.problems;
}

/** The problems of the arguments and of all outputs in them, which must be known. */
export async function findProblemsOfKnown(
  subject: string,
  check: checks.Check,
  args: unknown,
): Promise<checks.Problem[]> {
  const outputChecks = new checks.OutputChecks(subject);
  const problems = problemsOf(check, args, outputChecks);
  return [...problems, ...(await outputChecks.collectProblems())];
}

/** The arguments after their checks. Their outputs are checked when they are known. */
export interface CheckedArgs<Args> {
  readonly args: Args;
  readonly outputChecks: checks.OutputChecks;
}

/**
 * Checks the arguments, except outputs, which are checked when they are known.
 *
 * @throws pulumi.InputPropertiesError with all problems.
 */
export function checkArgs<Args>(
  subject: string,
  check: checks.Check,
  args: Args,
): CheckedArgs<Args> {
  const outputChecks = new checks.OutputChecks(subject);
  const at = new checks.ArgumentPath("", [], outputChecks);
  const checked = checks.runCheck(check, args, at);
  if (at.problems.length > 0) throw new checks.InvalidArgumentsError(subject, at.problems);
  return { args: checked, outputChecks };
}

/** The check of all arguments of a service. Some checks depend on other arguments, and priorities on its name. */
export function checkOfService(name: string, args: unknown): checks.PlainCheck {
  const settings = checks.valueAt(args, "targetGroup");
  return checks.object<LoadBalancedServiceArgs>(
    {
      ...joinedListenerChecks(args),
      rules: rulesCheck(groupKeys(args), {}),
      ...targetsChecks(settings),
      targetGroup: mainTargetGroup(settings),
      ...targetGroupsChecks(),
      targetSecurityGroupIds: targetSecurityGroupIds(),
      tags: tagsCheck(MAX_TAGS_OF_SERVICE),
      preflight: preflightMode,
    },
    {
      required: ["listenerArn", "rules"],
      missing: {
        listenerArn:
          "set it to the ARN of a listener, such as https or http in the output listenerArns of a LoadBalancedGroup",
        rules: "add a rule with the conditions of the service's requests",
      },
      defaults: DEFAULTS.LoadBalancedService,
      otherNames: OTHER_NAMES_IN_SERVICE,
      relations: [
        ...joinedListenerRelations,
        ...targetsRelations(settings),
        ...targetGroupsRelations,
        ...rulesRelations(ruleLabelOf(name)),
      ],
    },
  );
}

/** AWS allows 50 tags, and each resource of a service has one that says whose it is. */
const MAX_TAGS_OF_SERVICE = 49;

const preflightMode = checks.plain(checks.choice(Preflight), "it decides what is checked");

const mainTargetGroup = (settings: unknown) =>
  checks.object<TargetGroupArgs>(targetGroupChecks(settings), {
    relations: targetGroupRelations,
    otherNames: OTHER_NAMES_IN_TARGET_GROUP,
    defaults: DEFAULTS.TargetGroup,
  });

/** The checks of all listeners of a group and of what they do with requests. */
function ownListenersChecks(args: LoadBalancedGroupArgs) {
  const zones = checks.valueAt(args, "availabilityZones");
  const [region] = regionsOf(zones);
  const known = groupKeys(args);
  const certificateArn = checks.valueAt(args, "certificateArn");
  return {
    ...listenerRulesChecks(known, ownEndpoint(args)),
    ...listenersChecks(zones),
    listeners: furtherListeners({ known, region, certificateArn }),
  };
}

/** The protocol and the port of the group's own listener. */
function ownEndpoint(args: LoadBalancedGroupArgs): ListenerEndpoint {
  const encrypted = checks.isRecord(args) && isEncrypted(args);
  const [protocol, key] = encrypted
    ? ([Protocol.HTTPS, "httpsPort"] as const)
    : ([Protocol.HTTP, "port"] as const);
  const port = checks.valueAt(args, key) ?? DEFAULTS.LoadBalancedGroup[key];
  return { protocol, port, encrypt: ENCRYPT_GROUP };
}

/** The check of all arguments of a group. Some checks depend on other arguments. */
export function checkOfGroup(args: LoadBalancedGroupArgs): checks.PlainCheck {
  const settings = checks.valueAt(args, "targetGroup");
  return checks.object<LoadBalancedGroupArgs>(
    {
      ...networkChecks(),
      ...targetsChecks(settings),
      targetGroup: mainTargetGroup(settings),
      ...targetGroupsChecks(),
      ...ownListenersChecks(args),
      ...loadBalancerChecks(),
      ...logsChecks(),
      ...alarmsChecks(),
      ...adoptionChecks(),
      tags: tagsCheck(),
      preflight: preflightMode,
    },
    {
      defaults: DEFAULTS.LoadBalancedGroup,
      otherNames: OTHER_NAMES,
      relations: [
        ...networkRelations,
        ...listenersRelations,
        ...furtherListenersRelations,
        ...loadBalancerRelations,
        ...logsRelations,
        ...targetsRelations(settings),
        ...targetGroupsRelations,
        ipv6Targets,
        ...listenerRulesRelations,
        authenticationRelation(ownEndpoint(args)),
        ...adoptionRelations,
      ],
    },
  );
}
