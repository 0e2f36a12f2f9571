import {
  LoadBalancingAlgorithmType,
  LoadBalancingAnomalyMitigation,
  LoadBalancingCrossZone,
  Protocol,
  ProtocolVersion,
  StickinessType,
  TargetGroupIpAddressType,
  TargetType,
  type StickinessArgs,
  type TargetGroupArgs,
} from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";
import { functionSettings } from "./targets/functionChecks";
import { healthCheckChecks } from "./healthCheckChecks";
import { targetGroupHealthChecks } from "./healthThresholdChecks";

/** What to write instead of names that people know from the AWS provider and from Terraform. */
export const OTHER_NAMES_IN_TARGET_GROUP: Readonly<Record<string, string>> = {
  name: "remove it, because names in AWS are made from the component's name",
  namePrefix: "remove it, because names in AWS are made from the component's name",
  vpcId: "remove it, because target groups are in the VPC of their load balancer",
  enabled:
    "remove it, because a target group is created only if a listener or a rule forwards to it",
  tags: "write tags in the arguments of the component instead, for all resources",
  healthCheckPath: "write healthCheck: { path } instead",
};

/** The checks of a target group's settings. Some depend on other settings. */
export function targetGroupChecks(settings: unknown): checks.ChecksOf<TargetGroupArgs> {
  return {
    port: checks.port,
    protocol: checks.choice(Protocol),
    protocolVersion: checks.plain(
      checks.choice(ProtocolVersion),
      "the health check's defaults depend on it",
    ),
    targetType: checks.plain(targetType, "it decides what the targets' IDs are"),
    ipAddressType: checks.plain(
      checks.choice(TargetGroupIpAddressType),
      "security group rules depend on it",
    ),
    deregistrationDelay: checks.seconds(0, 3600),
    slowStart: checks.seconds(30, 900, 0),
    targetControlPort: checks.port,
    loadBalancingAlgorithmType: checks.choice(LoadBalancingAlgorithmType),
    loadBalancingAnomalyMitigation: checks.choice(LoadBalancingAnomalyMitigation),
    loadBalancingCrossZone: checks.plain(
      checks.choice(LoadBalancingCrossZone),
      "it decides which targets are allowed",
    ),
    targetGroupHealth: targetGroupHealthChecks(),
    lambdaMultiValueHeaders: checks.flag(),
    stickiness,
    healthCheck: healthCheckChecks(settings),
  };
}

const choiceOfType = checks.choice(TargetType);

const targetType: checks.Check = {
  ...choiceOfType,
  visit(value, at) {
    if (value !== "alb") return choiceOfType.visit(value, at);
    at.report(
      "choice",
      `must be one of ${Object.values(TargetType).join(", ")}, because alb is for Network Load Balancers only`,
      value,
      "use one of these values",
    );
    return value;
  },
};

const steadySlowStart: checks.Relation = {
  properties: ["slowStart", "loadBalancingAlgorithmType"],
  check({ slowStart = 0, loadBalancingAlgorithmType: algorithm = "round_robin" }, at) {
    if (slowStart === 0 || algorithm === LoadBalancingAlgorithmType.RoundRobin) return;
    at.key("slowStart").report(
      "conflict",
      `must be 0 with the loadBalancingAlgorithmType ${String(algorithm)}`,
      slowStart,
      "set slowStart to 0, or loadBalancingAlgorithmType to round_robin",
    );
  },
};

/** The agent listens on both ports. */
const ownControlPort: checks.Relation = {
  properties: ["port", "targetControlPort"],
  check({ port = DEFAULTS.TargetGroup.port, targetControlPort }, at) {
    if (targetControlPort === undefined || targetControlPort !== port) return;
    at.key("targetControlPort").report(
      "conflict",
      "must be another port than port, because the target control agent listens on both",
      targetControlPort,
      "choose another port",
    );
  },
};

const stickyAlgorithm: checks.Relation = {
  properties: ["stickiness", "loadBalancingAlgorithmType"],
  check({ stickiness: sticky, loadBalancingAlgorithmType: algorithm }, at) {
    if (sticky === undefined || algorithm !== LoadBalancingAlgorithmType.WeightedRandom) return;
    at.key("stickiness").reportRemoval(
      "conflict",
      "can't be combined with the loadBalancingAlgorithmType weighted_random; remove it, or choose another algorithm",
    );
  },
};

const mitigatingAlgorithm: checks.Relation = {
  properties: ["loadBalancingAnomalyMitigation", "loadBalancingAlgorithmType"],
  check({ loadBalancingAnomalyMitigation: mitigation, loadBalancingAlgorithmType: algorithm }, at) {
    if (mitigation !== LoadBalancingAnomalyMitigation.On) return;
    if (algorithm === LoadBalancingAlgorithmType.WeightedRandom) return;
    at.key("loadBalancingAnomalyMitigation").reportRemoval(
      "conflict",
      "can be on only with the loadBalancingAlgorithmType weighted_random; set that, or remove " +
        "loadBalancingAnomalyMitigation",
    );
  },
};

const stickyZones: checks.Relation = {
  properties: ["stickiness", "loadBalancingCrossZone"],
  check({ stickiness: sticky, loadBalancingCrossZone: crossZone }, at) {
    if (sticky === undefined || crossZone !== LoadBalancingCrossZone.False) return;
    at.key("stickiness").reportRemoval(
      "conflict",
      'can\'t be combined with the loadBalancingCrossZone "false"; remove one of them',
    );
  },
};
export const targetGroupRelations = [
  functionSettings,
  ownControlPort,
  steadySlowStart,
  mitigatingAlgorithm,
  stickyAlgorithm,
  stickyZones,
];

const stickiness = checks.object<StickinessArgs>(
  {
    type: checks.plain(checks.choice(StickinessType), "it decides whether cookieName is allowed"),
    cookieDuration: checks.seconds(1, 604800),
    cookieName: checks.text(
      "the name of the application's own cookie, which can't start with AWSALB",
      (value) => value !== "" && !value.startsWith("AWSALB"),
      "use the name of the cookie that the application sets",
    ),
  },
  {
    defaults: DEFAULTS.Stickiness,
    otherNames: {
      enabled:
        "remove it, because stickiness is on if it is set; to turn it off, remove all of stickiness",
      duration: "write cookieDuration instead",
    },
    relations: [
      {
        properties: [],
        check({ type = StickinessType.LbCookie, cookieName }, at) {
          const needed = type === StickinessType.AppCookie;
          if (needed === (cookieName !== undefined)) return;
          const cookie = at.key("cookieName");
          if (needed) {
            cookie.reportText(
              "required",
              "is required with the type app_cookie; set the name of the application's cookie",
            );
          } else {
            const problem = "needs the type app_cookie; remove it, or set type to app_cookie";
            cookie.reportRemoval("conflict", problem);
          }
        },
      },
    ],
  },
);
