import { Preflight, ProtocolVersion, TargetType, type LoadBalancedGroupArgs } from "../args";
import * as rules from "../rules";
import { alarmsRules } from "./alarms";
import { listenersRelations, listenersRules } from "./listeners";
import { loadBalancerRelations, loadBalancerRules } from "./loadBalancer";
import { networkRelations, networkRules } from "./network";
import { tags } from "./tags";
import { targetGroupRules } from "./targetGroup";
import { targetsRelations, targetsRules } from "./targets";

/*
 * Every rule here is one that AWS has too, but reports late, one at a time or obscurely. The numbers
 * are those of the Elastic Load Balancing API reference and user guide.
 */

/** All that is wrong with the arguments, as far as they are known. */
export function findProblems(name: string, args: LoadBalancedGroupArgs): rules.Problem[] {
  const at = new rules.Place(name, "", []);
  rules.judged(group(args), args, at);
  return at.problems;
}

/**
 * The arguments, if nothing is wrong with them; outputs among them are judged when they become known.
 *
 * @throws pulumi.InputPropertiesError with every problem that can be known now.
 */
export function checkedArgs(name: string, args: LoadBalancedGroupArgs): LoadBalancedGroupArgs {
  const at = new rules.Place(name, "", []);
  const checked = rules.judged(group(args), args, at);
  if (at.problems.length > 0) throw rules.refusal(name, at.problems);
  return checked;
}

/** The rules of a group; those of its targets hang on their type, so on the arguments themselves. */
function group(args: LoadBalancedGroupArgs): rules.Rule {
  const targetGroup = rules.valueAt(args, "targetGroup");
  const byAddress = rules.valueAt(targetGroup, "targetType") === TargetType.Ip;
  const grpc = rules.valueAt(targetGroup, "protocolVersion") === ProtocolVersion.GRPC;
  return rules.object(
    {
      ...networkRules(),
      ...targetsRules(byAddress),
      targetGroup: targetGroupRules(grpc),
      ...listenersRules(),
      ...loadBalancerRules(),
      ...alarmsRules(),
      tags,
      preflight: rules.plain(rules.choice(Preflight), "it decides what is asked"),
    },
    {
      relations: [
        ...networkRelations,
        ...listenersRelations,
        ...loadBalancerRelations,
        ...targetsRelations,
      ],
    },
  );
}
