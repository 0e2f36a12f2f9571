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

/** The rules of a target group's settings, some of which hang on others of them. */
export function targetGroupChecks(settings: unknown): checks.ChecksOf<TargetGroupArgs> {
  return {
    port: checks.port,
    protocol: checks.choice(Protocol),
    protocolVersion: checks.plain(
      checks.choice(ProtocolVersion),
      "the health check's defaults hang on it",
    ),
    targetType: checks.plain(targetType, "it decides what the targets' ids are"),
    ipAddressType: checks.plain(
      checks.choice(TargetGroupIpAddressType),
      "security group rules hang on it",
    ),
    deregistrationDelay: checks.seconds(0, 3600),
    slowStart: checks.seconds(30, 900, 0),
    loadBalancingAlgorithmType: checks.choice(LoadBalancingAlgorithmType),
    loadBalancingAnomalyMitigation: checks.choice(LoadBalancingAnomalyMitigation),
    loadBalancingCrossZone: checks.plain(
      checks.choice(LoadBalancingCrossZone),
      "it decides which targets are possible",
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
      `must be one of ${Object.values(TargetType).join(", ")}`,
      value,
      "load balancers are targets of Network Load Balancers only, whose target groups are of TCP",
    );
    return value;
  },
};

const steadySlowStart: checks.Relation = {
  of: ["slowStart", "loadBalancingAlgorithmType"],
  check({ slowStart = 0, loadBalancingAlgorithmType: algorithm = "round_robin" }, at) {
    if (slowStart === 0 || algorithm === LoadBalancingAlgorithmType.RoundRobin) return;
    at.key("slowStart").state(
      "conflict",
      "goes with the algorithm round_robin only; set it to 0 or choose that algorithm",
    );
  },
};

const stickyAlgorithm: checks.Relation = {
  of: ["stickiness", "loadBalancingAlgorithmType"],
  check({ stickiness: sticky, loadBalancingAlgorithmType: algorithm }, at) {
    if (sticky === undefined || algorithm !== LoadBalancingAlgorithmType.WeightedRandom) return;
    at.key("stickiness").refuse(
      "conflict",
      "does not go with the algorithm weighted_random; leave it out or choose another algorithm",
    );
  },
};

const mitigatingAlgorithm: checks.Relation = {
  of: ["loadBalancingAnomalyMitigation", "loadBalancingAlgorithmType"],
  check({ loadBalancingAnomalyMitigation: mitigation, loadBalancingAlgorithmType: algorithm }, at) {
    if (mitigation !== LoadBalancingAnomalyMitigation.On) return;
    if (algorithm === LoadBalancingAlgorithmType.WeightedRandom) return;
    at.key("loadBalancingAnomalyMitigation").refuse(
      "conflict",
      "can be on with the algorithm weighted_random only; choose that algorithm or leave it out",
    );
  },
};

const stickyZones: checks.Relation = {
  of: ["stickiness", "loadBalancingCrossZone"],
  check({ stickiness: sticky, loadBalancingCrossZone: crossZone }, at) {
    if (sticky === undefined || crossZone !== LoadBalancingCrossZone.False) return;
    at.key("stickiness").refuse(
      "conflict",
      "does not go with cross-zone load balancing off; leave one of them out",
    );
  },
};
export const targetGroupRelations = [
  functionSettings,
  steadySlowStart,
  mitigatingAlgorithm,
  stickyAlgorithm,
  stickyZones,
];

const stickiness = checks.object<StickinessArgs>(
  {
    type: checks.plain(checks.choice(StickinessType), "cookieName hangs on it"),
    cookieDuration: checks.seconds(1, 604800),
    cookieName: checks.text(
      "the name of the application's own cookie, which can't start with AWSALB",
      (value) => value !== "" && !value.startsWith("AWSALB"),
      "pass the cookie that the application sets",
    ),
  },
  {
    defaults: DEFAULTS.Stickiness,
    relations: [
      {
        of: [],
        check({ type = StickinessType.LbCookie, cookieName }, at) {
          const needed = type === StickinessType.AppCookie;
          if (needed === (cookieName !== undefined)) return;
          const cookie = at.key("cookieName");
          if (needed) {
            cookie.state(
              "required",
              "is required with the type app_cookie; name the application's cookie",
            );
          } else {
            const problem = "goes with the type app_cookie only; leave it out, or set that type";
            cookie.refuse("conflict", problem);
          }
        },
      },
    ],
  },
);
