import {
  LoadBalancingAlgorithmType,
  LoadBalancingAnomalyMitigation,
  LoadBalancingCrossZoneEnabled,
  Protocol,
  ProtocolVersion,
  StickinessType,
  TargetGroupIpAddressType,
  TargetType,
} from "../args";
import { DEFAULTS } from "../defaults";
import * as rules from "../rules";
import { functionSettings } from "./functions";
import { healthCheckRules, port, seconds } from "./healthCheck";
import { targetGroupHealthRules } from "./targetGroupHealth";

/** The rules of a target group's settings, some of which hang on others of them. */
export function targetGroupRules(settings: unknown): Record<string, rules.Rule> {
  return {
    port,
    protocol: rules.choice(Protocol),
    protocolVersion: rules.plain(
      rules.choice(ProtocolVersion),
      "the health check's defaults hang on it",
    ),
    targetType: rules.plain(targetType, "it decides what the targets' ids are"),
    ipAddressType: rules.plain(
      rules.choice(TargetGroupIpAddressType),
      "security group rules hang on it",
    ),
    deregistrationDelay: seconds(0, 3600),
    slowStart: seconds(30, 900, 0),
    loadBalancingAlgorithmType: rules.choice(LoadBalancingAlgorithmType),
    loadBalancingAnomalyMitigation: rules.choice(LoadBalancingAnomalyMitigation),
    loadBalancingCrossZoneEnabled: rules.plain(
      rules.choice(LoadBalancingCrossZoneEnabled),
      "it decides which targets are possible",
    ),
    targetGroupHealth: targetGroupHealthRules(),
    lambdaMultiValueHeadersEnabled: rules.flag(),
    stickiness,
    healthCheck: healthCheckRules(settings),
  };
}

const targetType: rules.Rule = {
  visit(value, at) {
    if (value !== "alb") return rules.choice(TargetType).visit(value, at);
    at.report(
      `must be one of ${Object.values(TargetType).join(", ")}`,
      value,
      "load balancers are targets of Network Load Balancers only, whose target groups are of TCP",
    );
    return value;
  },
};

const steadySlowStart: rules.Relation = {
  of: ["slowStart", "loadBalancingAlgorithmType"],
  judge({ slowStart = 0, loadBalancingAlgorithmType: algorithm = "round_robin" }, at) {
    if (slowStart === 0 || algorithm === LoadBalancingAlgorithmType.RoundRobin) return;
    at.key("slowStart").state(
      "goes with the algorithm round_robin only; set it to 0 or choose that algorithm",
    );
  },
};

const stickyAlgorithm: rules.Relation = {
  of: ["stickiness", "loadBalancingAlgorithmType"],
  judge({ stickiness: sticky, loadBalancingAlgorithmType: algorithm }, at) {
    if (sticky === undefined || algorithm !== LoadBalancingAlgorithmType.WeightedRandom) return;
    at.key("stickiness").state(
      "does not go with the algorithm weighted_random; leave it out or choose another algorithm",
    );
  },
};

const mitigatingAlgorithm: rules.Relation = {
  of: ["loadBalancingAnomalyMitigation", "loadBalancingAlgorithmType"],
  judge({ loadBalancingAnomalyMitigation: mitigation, loadBalancingAlgorithmType: algorithm }, at) {
    if (mitigation !== LoadBalancingAnomalyMitigation.On) return;
    if (algorithm === LoadBalancingAlgorithmType.WeightedRandom) return;
    at.key("loadBalancingAnomalyMitigation").state(
      "can be on with the algorithm weighted_random only; choose that algorithm or leave it out",
    );
  },
};

const stickyZones: rules.Relation = {
  of: ["stickiness", "loadBalancingCrossZoneEnabled"],
  judge({ stickiness: sticky, loadBalancingCrossZoneEnabled: crossZone }, at) {
    if (sticky === undefined || crossZone !== LoadBalancingCrossZoneEnabled.False) return;
    at.key("stickiness").state(
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

const stickiness = rules.object(
  {
    type: rules.plain(rules.choice(StickinessType), "cookieName hangs on it"),
    cookieDuration: seconds(1, 604800),
    cookieName: rules.text(
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
        judge({ type = StickinessType.LbCookie, cookieName }, at) {
          const needed = type === StickinessType.AppCookie;
          if (needed === (cookieName !== undefined)) return;
          at.key("cookieName").state(
            needed
              ? "is required with the type app_cookie; name the application's cookie"
              : "goes with the type app_cookie only; leave it out, or set that type",
          );
        },
      },
    ],
  },
);
