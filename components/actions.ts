import * as pulumi from "@pulumi/pulumi";
import { ContentType, type ForwardArgs, type RuleArgs } from "./args";
import { MAIN } from "./targetGroups";
import type { TargetGroups } from "./targetGroup";

/** What a rule does. */
export function actionOf(rule: RuleArgs, targetGroups: TargetGroups) {
  const {
    redirect,
    fixedResponse,
    targetGroup = MAIN,
    forward = { weights: { [targetGroup]: 1 } },
  } = rule;
  if (redirect !== undefined) {
    const port =
      redirect.port === undefined ? undefined : pulumi.output(redirect.port).apply(String);
    return { type: "redirect", redirect: { ...redirect, port } };
  }
  if (fixedResponse !== undefined) {
    const { statusCode, contentType = ContentType.TextPlain, messageBody } = fixedResponse;
    const status = pulumi.output(statusCode).apply(String);
    return {
      type: "fixed-response",
      fixedResponse: { statusCode: status, contentType, messageBody },
    };
  }
  return forwardAction(forward, targetGroups);
}

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
