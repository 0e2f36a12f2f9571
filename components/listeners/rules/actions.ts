import * as pulumi from "@pulumi/pulumi";
import type { ForwardArgs, JwtValidationArgs, RuleArgs } from "../../args";
import { DEFAULTS } from "../../args/defaults";
import type { ListenerSettings } from "../../plan/listeners";
import { MAIN, type TargetGroups } from "../../plan/targetGroups";
import { inOrder } from "../../shared/guards";

/** The actions of a rule: a login or a validation of tokens if there is one, and then one other action. */
export function actionsOf(rule: RuleArgs, targetGroups: TargetGroups) {
  return [...authenticationsOf(rule), finalAction(rule, targetGroups)];
}

/** The same for requests that match no rule. */
export function defaultActionsOf(settings: ListenerSettings, targetGroups: TargetGroups) {
  const { defaultAction, forward } = settings;
  return [...authenticationsOf(settings), finalAction(defaultAction ?? { forward }, targetGroups)];
}

/** Whether another tool changes the weights and the target groups of a listener or a rule. */
export const isManagedElsewhere = ({ forward }: Pick<RuleArgs, "forward">) =>
  forward?.managedElsewhere === true;

type Authentications = Pick<RuleArgs, "authenticateOidc" | "authenticateCognito" | "jwtValidation">;

function authenticationsOf({
  authenticateOidc,
  authenticateCognito,
  jwtValidation,
}: Authentications) {
  const oidc = authenticateOidc && {
    type: "authenticate-oidc",
    authenticateOidc: {
      ...authenticateOidc,
      clientSecret: pulumi.secret(authenticateOidc.clientSecret),
    },
  };
  const cognito = authenticateCognito && { type: "authenticate-cognito", authenticateCognito };
  const jwt = jwtValidation && {
    type: "jwt-validation",
    jwtValidation: { ...jwtValidation, additionalClaims: claimsOf(jwtValidation) },
  };
  return [oidc ?? [], cognito ?? [], jwt ?? []].flat();
}

function claimsOf({ additionalClaims }: JwtValidationArgs) {
  return (
    additionalClaims &&
    inOrder(Object.entries(additionalClaims)).map(([name, claim]) => ({ name, ...claim }))
  );
}

type FinalAction = Pick<RuleArgs, "targetGroup" | "forward" | "redirect" | "fixedResponse">;

function finalAction(action: FinalAction, targetGroups: TargetGroups) {
  const { redirect, fixedResponse, targetGroup = MAIN } = action;
  if (redirect !== undefined) {
    const port =
      redirect.port === undefined ? undefined : pulumi.output(redirect.port).apply(String);
    return { type: "redirect", redirect: { ...redirect, port } };
  }
  if (fixedResponse !== undefined) {
    const { statusCode, ...rest } = fixedResponse;
    const status = pulumi.output(statusCode).apply(String);
    return {
      type: "fixed-response",
      fixedResponse: { statusCode: status, ...DEFAULTS.FixedResponse, ...rest },
    };
  }
  return forwardAction(action.forward ?? { weights: { [targetGroup]: 1 } }, targetGroups);
}

/**
 * Forwards to one target group, or to several by weight. One target group is written in another form, since
 * otherwise the provider would see a difference at each refresh. A tool that adds target groups needs the form for
 * several: of the other one, the provider would not read them.
 */
function forwardAction(
  { weights, stickinessDuration, managedElsewhere = false }: ForwardArgs,
  targetGroups: TargetGroups,
) {
  // Each language has another order of keys.
  const keys = Object.keys(weights).sort();
  if (keys.length === 1 && !managedElsewhere) {
    return { type: "forward", targetGroupArn: targetGroups[keys[0]].arn };
  }
  return {
    type: "forward",
    forward: {
      targetGroups: keys.map((key) => ({ arn: targetGroups[key].arn, weight: weights[key] })),
      // If it is left out, nothing is sent: at each refresh, the provider would see a difference between the
      // duration that it requires and AWS, which has none while this is off. If another tool manages the action, a
      // refresh makes what AWS has the input, and the provider would refuse it without a duration.
      stickiness:
        stickinessDuration === undefined
          ? undefined
          : pulumi
              .output(stickinessDuration)
              .apply((duration) =>
                managedElsewhere && duration === 0
                  ? undefined
                  : { enabled: duration > 0, duration: Math.max(duration, 1) },
              ),
    },
  };
}
