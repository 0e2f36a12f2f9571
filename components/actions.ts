import type { ForwardArgs } from "./args";
import { MAIN } from "./targetGroups";
import type { TargetGroups } from "./targets";

/**
 * The action that forwards to the main target group, or to several by weight. One group has a form of
 * its own, since the provider would see a difference at each refresh otherwise.
 */
export function forwardAction(
  { weights, stickinessDuration }: ForwardArgs = { weights: { [MAIN]: 1 } },
  targetGroups: TargetGroups,
) {
  // The order of keys is another one in each language.
  const keys = Object.keys(weights).sort();
  if (keys.length === 1) {
    return { type: "forward", targetGroupArn: targetGroups[keys[0]].arn };
  }
  return {
    type: "forward",
    forward: {
      targetGroups: keys.map((key) => ({ arn: targetGroups[key].arn, weight: weights[key] })),
      stickiness:
        stickinessDuration === undefined
          ? undefined
          : { enabled: true, duration: stickinessDuration },
    },
  };
}
