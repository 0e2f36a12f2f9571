import {
  type Action,
  type Authentication,
  AwsError,
  type FixedResponseAction,
  type Listener,
  type LoadBalancer,
  type TargetGroup,
  type WeightedGroup,
} from "../aws";
import { isOn } from "./attributes";
import { checkJwtValidation } from "./jwtValidation";
import { checkRedirect } from "./redirect";

/** Refuses a login or a validation of tokens where AWS would refuse it. */
export function checkAuthentication(
  authentication: Authentication | undefined,
  { protocol }: Pick<Listener, "protocol">,
): void {
  if (authentication === undefined) return;
  if (protocol !== "HTTPS") {
    throw new AwsError(
      "InvalidLoadBalancerAction",
      `Actions of type '${authentication.type}' are supported only on HTTPS listeners`,
    );
  }
  if (authentication.type === "jwt-validation") checkJwtValidation(authentication);
}

const MAX_GROUPS = 5;
const HEAVIEST = 999;
const LONGEST_STICKINESS = 604_800;

/** What an action is checked against. */
export interface ActionContext {
  readonly loadBalancer: LoadBalancer;
  readonly targetGroup: (arn: string) => TargetGroup;
  /** Whether another load balancer forwards to the group. */
  readonly isUsedElsewhere: (targetGroupArn: string) => boolean;
}

/** The target groups that an action names, those of weight 0 included. */
export function groupsOf(action: Action): readonly WeightedGroup[] {
  if (action.type !== "forward") {
    return [];
  }
  return "targetGroupArn" in action
    ? [{ targetGroupArn: action.targetGroupArn, weight: 1 }]
    : action.targetGroups;
}

/** Whether the action shares requests between groups without keeping a client with one of them. */
export const isLoose = (action: Action) =>
  action.type === "forward" &&
  "targetGroups" in action &&
  action.targetGroups.length > 1 &&
  action.stickinessDurationSeconds === undefined;

/** AWS's refusal of a sticky group behind an action that does not stick to a group. */
export const looseAction = (arn: string) =>
  new AwsError(
    "InvalidConfigurationRequest",
    `This target group appears behind a rule with group stickiness disabled (${arn}). ` +
      "You must enable group stickiness before enabling target stickiness",
  );

/** AWS's refusal of a group whose targets have no address that the load balancer could reach. */
export const dualstackOnly = (arn: string) =>
  new AwsError(
    "InvalidConfigurationRequest",
    `Target group '${arn}' of IP address type 'ipv6' can only be used with dualstack load balancers`,
  );

function checkGroup(arn: string, context: ActionContext): void {
  const { loadBalancer } = context;
  const group = context.targetGroup(arn);
  if (group.targetType !== "lambda" && group.vpcId !== loadBalancer.vpcId) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `Target group '${arn}' is in a different VPC than load balancer ` +
        `'${loadBalancer.loadBalancerArn}'`,
    );
  }
  if (group.ipAddressType === "ipv6" && loadBalancer.ipAddressType === "ipv4") {
    throw dualstackOnly(arn);
  }
  if (context.isUsedElsewhere(arn)) {
    throw new AwsError(
      "TargetGroupAssociationLimit",
      `The following target groups cannot be associated with more than one load balancer: ${arn}`,
    );
  }
}

function checkWeights(action: Action): void {
  const demand = (holds: boolean, message: string) => {
    if (!holds) {
      throw new AwsError("ValidationError", message);
    }
  };
  const groups = groupsOf(action);
  demand(
    groups.length <= MAX_GROUPS,
    `A forward action can have at most '${MAX_GROUPS}' target groups`,
  );
  demand(
    new Set(groups.map(({ targetGroupArn }) => targetGroupArn)).size === groups.length,
    "Target groups must be unique within a forward action",
  );
  const within = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  for (const { weight } of groups) {
    demand(
      within(weight, 0, HEAVIEST),
      `Target group weight '${weight}' must be between '0' and '${HEAVIEST}'`,
    );
  }
  const duration = "stickinessDurationSeconds" in action ? action.stickinessDurationSeconds : 1;
  demand(
    within(duration ?? 1, 1, LONGEST_STICKINESS),
    `Target group stickiness duration must be between 1 and ${LONGEST_STICKINESS} seconds`,
  );
}

const CONTENT_TYPES = [
  "text/plain",
  "text/css",
  "text/html",
  "application/javascript",
  "application/json",
];
const LONGEST_BODY = 1024;

function checkFixedResponse({ statusCode, contentType, messageBody }: FixedResponseAction): void {
  const valid =
    /^[245]\d\d$/.test(statusCode) &&
    CONTENT_TYPES.includes(contentType) &&
    messageBody.length <= LONGEST_BODY;
  if (!valid) {
    throw new AwsError(
      "InvalidLoadBalancerAction",
      "The fixed response configuration is not valid",
    );
  }
}

/** Refuses an action that AWS would refuse on that listener. */
export function checkAction(action: Action, listener: Listener, context: ActionContext): void {
  if (action.type === "redirect") {
    checkRedirect(action, listener);
    return;
  }
  if (action.type === "fixed-response") {
    checkFixedResponse(action);
    return;
  }
  checkWeights(action);
  for (const { targetGroupArn } of groupsOf(action)) {
    checkGroup(targetGroupArn, context);
    const { attributes } = context.targetGroup(targetGroupArn);
    if (isLoose(action) && isOn(attributes, "stickiness.enabled")) {
      throw looseAction(targetGroupArn);
    }
  }
}
