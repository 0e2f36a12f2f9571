import { Preflight, type LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../defaults";
import * as rules from "../rules";
import { ipv6Targets } from "./addresses";
import { adoptionRelations, adoptionRules } from "./adoption";
import { alarmsRules } from "./alarms";
import { listenerRulesRelations, listenerRulesRules } from "./listenerRules";
import { listenersRelations, listenersRules } from "./listeners";
import { loadBalancerRelations, loadBalancerRules } from "./loadBalancer";
import { networkRelations, networkRules } from "./network";
import { OTHER_NAMES, OTHER_NAMES_IN_TARGET_GROUP } from "./otherNames";
import { tags } from "./tags";
import { targetGroupRelations, targetGroupRules } from "./targetGroup";
import { targetGroupsRelations, targetGroupsRules } from "./targetGroups";
import { targetsRelations, targetsRules } from "./targets";

/*
 * Every rule here is one that AWS has too, but reports late, one at a time or obscurely. The numbers
 * are those of the Elastic Load Balancing API reference and user guide.
 */

/** All that is wrong with the arguments, as far as they are known. */
export function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  judgments = new rules.Judgments(name),
): rules.Problem[] {
  const at = new rules.Place("", [], judgments);
  rules.judged(group(args), args, at);
  return at.problems;
}

/** The same, and all that is wrong with outputs among them, each of which is known. */
export async function findProblemsOfKnown(
  name: string,
  args: LoadBalancedGroupArgs,
): Promise<rules.Problem[]> {
  const judgments = new rules.Judgments(name);
  const problems = findProblems(name, args, judgments);
  return [...problems, ...(await judgments.decide())];
}

/** The arguments, in which outputs are judged when they become known, and what is found out about those. */
export interface CheckedArgs {
  readonly args: LoadBalancedGroupArgs;
  readonly judgments: rules.Judgments;
}

/**
 * The arguments, if nothing is wrong with what is known of them now.
 *
 * @throws pulumi.InputPropertiesError with every problem that can be known now.
 */
export function checkArgs(name: string, args: LoadBalancedGroupArgs): CheckedArgs {
  const judgments = new rules.Judgments(name);
  const at = new rules.Place("", [], judgments);
  const checked = rules.judged(group(args), args, at);
  if (at.problems.length > 0) throw rules.refusal(name, at.problems);
  return { args: checked, judgments };
}

/** The rules of a group, some of which hang on the arguments themselves. */
function group(args: LoadBalancedGroupArgs): rules.Rule {
  const settings = rules.valueAt(args, "targetGroup");
  return rules.object(
    {
      ...networkRules(),
      ...targetsRules(settings),
      targetGroup: rules.object(targetGroupRules(settings), {
        relations: targetGroupRelations,
        otherNames: OTHER_NAMES_IN_TARGET_GROUP,
        defaults: DEFAULTS.TargetGroup,
      }),
      ...targetGroupsRules(),
      ...listenerRulesRules(args),
      ...listenersRules(rules.valueAt(args, "availabilityZones")),
      ...loadBalancerRules(),
      ...alarmsRules(),
      ...adoptionRules(),
      tags,
      preflight: rules.plain(rules.choice(Preflight), "it decides what is asked"),
    },
    {
      defaults: DEFAULTS.LoadBalancedGroup,
      otherNames: OTHER_NAMES,
      relations: [
        ...networkRelations,
        ...listenersRelations,
        ...loadBalancerRelations,
        ...targetsRelations(settings),
        ...targetGroupsRelations,
        ipv6Targets,
        ...listenerRulesRelations,
        ...adoptionRelations,
      ],
    },
  );
}
