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
import { OTHER_NAMES, OTHER_NAMES_IN_TARGET_GROUP } from "./namesElsewhere";
import { tags } from "./tags";
import { targetGroupRelations, targetGroupChecks } from "../targetGroups/checks";
import { targetGroupsRelations, targetGroupsChecks } from "../targetGroups/furtherGroupChecks";
import { targetsRelations, targetsChecks } from "../targetGroups/targets/checks";

/*
 * Every rule here is one that AWS has too, but reports late, one at a time or obscurely. The numbers
 * are those of the Elastic Load Balancing API reference and user guide.
 */

/** All that is wrong with the arguments, as far as they are known. */
export function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  outputChecks = new checks.OutputChecks(name),
): checks.Problem[] {
  const at = new checks.ArgumentPath("", [], outputChecks);
  checks.checked(checkOfGroup(args), args, at);
  return at.problems;
}

/** The same, and all that is wrong with outputs among them, each of which is known. */
export async function findProblemsOfKnown(
  name: string,
  args: LoadBalancedGroupArgs,
): Promise<checks.Problem[]> {
  const outputChecks = new checks.OutputChecks(name);
  const problems = findProblems(name, args, outputChecks);
  return [...problems, ...(await outputChecks.collectProblems())];
}

/** The arguments, in which outputs are judged when they become known, and what is found out about those. */
export interface CheckedArgs {
  readonly args: LoadBalancedGroupArgs;
  readonly outputChecks: checks.OutputChecks;
}

/**
 * The arguments, if nothing is wrong with what is known of them now.
 *
 * @throws pulumi.InputPropertiesError with every problem that can be known now.
 */
export function checkArgs(name: string, args: LoadBalancedGroupArgs): CheckedArgs {
  const outputChecks = new checks.OutputChecks(name);
  const at = new checks.ArgumentPath("", [], outputChecks);
  const checked = checks.checked(checkOfGroup(args), args, at);
  if (at.problems.length > 0) throw checks.refusal(name, at.problems);
  return { args: checked, outputChecks };
}

/** The checks of a group, some of which hang on the arguments themselves. */
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
