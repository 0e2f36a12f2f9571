import { Preflight, type LoadBalancedGroupArgs, type TargetGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";
import { ipv6Targets } from "../targetGroups/targets/addressChecks";
import { adoptionRelations, adoptionChecks } from "../adoption/checks";
import { alarmsChecks } from "../monitoring/checks";
import { listenerRulesRelations, listenerRulesChecks } from "../listeners/rules/checks";
import { listenersRelations, listenersChecks } from "../listeners/checks";
import { loadBalancerRelations, loadBalancerChecks } from "../loadBalancer/checks";
import { logsChecks, logsRelations } from "../logs/checks";
import { networkRelations, networkChecks } from "../network/checks";
import { OTHER_NAMES } from "./namesElsewhere";
import { tags } from "./tags";
import {
  OTHER_NAMES_IN_TARGET_GROUP,
  targetGroupRelations,
  targetGroupChecks,
} from "../targetGroups/checks";
import { targetGroupsRelations, targetGroupsChecks } from "../targetGroups/furtherGroupChecks";
import { targetsRelations, targetsChecks } from "../targetGroups/targets/checks";

/*
 * AWS checks all of this too, but reports it late, one problem at a time or obscurely. The limits are those of
 * the Elastic Load Balancing API reference and user guide.
 */

/** The problems of the arguments, except those of outputs. */
export function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  outputChecks = new checks.OutputChecks(name),
): checks.Problem[] {
  const at = new checks.ArgumentPath("", [], outputChecks);
  checks.runCheck(checkOfGroup(args), args, at);
  return at.problems;
}

/** The problems of the arguments and of all outputs in them, which must be known. */
export async function findProblemsOfKnown(
  name: string,
  args: LoadBalancedGroupArgs,
): Promise<checks.Problem[]> {
  const outputChecks = new checks.OutputChecks(name);
  const problems = findProblems(name, args, outputChecks);
  return [...problems, ...(await outputChecks.collectProblems())];
}

/** The arguments after their checks. Their outputs are checked when they are known. */
export interface CheckedArgs {
  readonly args: LoadBalancedGroupArgs;
  readonly outputChecks: checks.OutputChecks;
}

/**
 * Checks the arguments, except outputs, which are checked when they are known.
 *
 * @throws pulumi.InputPropertiesError with all problems.
 */
export function checkArgs(name: string, args: LoadBalancedGroupArgs): CheckedArgs {
  const outputChecks = new checks.OutputChecks(name);
  const at = new checks.ArgumentPath("", [], outputChecks);
  const checked = checks.runCheck(checkOfGroup(args), args, at);
  if (at.problems.length > 0) throw new checks.InvalidArgumentsError(name, at.problems);
  return { args: checked, outputChecks };
}

/** The check of all arguments. Some checks depend on other arguments. */
export function checkOfGroup(args: LoadBalancedGroupArgs): checks.PlainCheck {
  const settings = checks.valueAt(args, "targetGroup");
  return checks.object<LoadBalancedGroupArgs>(
    {
      ...networkChecks(),
      ...targetsChecks(settings),
      targetGroup: checks.object<TargetGroupArgs>(targetGroupChecks(settings), {
        relations: targetGroupRelations,
        otherNames: OTHER_NAMES_IN_TARGET_GROUP,
        defaults: DEFAULTS.TargetGroup,
      }),
      ...targetGroupsChecks(),
      ...listenerRulesChecks(args),
      ...listenersChecks(checks.valueAt(args, "availabilityZones")),
      ...loadBalancerChecks(),
      ...logsChecks(),
      ...alarmsChecks(),
      ...adoptionChecks(),
      tags,
      preflight: checks.plain(checks.choice(Preflight), "it decides what is checked"),
    },
    {
      defaults: DEFAULTS.LoadBalancedGroup,
      otherNames: OTHER_NAMES,
      relations: [
        ...networkRelations,
        ...listenersRelations,
        ...loadBalancerRelations,
        ...logsRelations,
        ...targetsRelations(settings),
        ...targetGroupsRelations,
        ipv6Targets,
        ...listenerRulesRelations,
        ...adoptionRelations,
      ],
    },
  );
}
