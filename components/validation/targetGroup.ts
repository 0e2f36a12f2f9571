import {
  LoadBalancingAlgorithmType,
  LoadBalancingAnomalyMitigation,
  LoadBalancingCrossZoneEnabled,
  Protocol,
  ProtocolVersion,
  StickinessType,
  TargetType,
} from "../args";
import * as rules from "../rules";
import { targetGroupHealthRules } from "./targetGroupHealth";

export const port = rules.plain(rules.whole(1, 65535), "security group rules are made for it");

const seconds = (min: number, max: number, or?: number) => rules.whole(min, max, "seconds", or);

/** The rules of a target group's settings, some of which hang on others of them. */
export function targetGroupRules(settings: unknown): Record<string, rules.Rule> {
  const grpc = rules.valueAt(settings, "protocolVersion") === ProtocolVersion.GRPC;
  return {
    port,
    protocol: rules.choice(Protocol),
    protocolVersion: rules.plain(
      rules.choice(ProtocolVersion),
      "the health check's defaults hang on it",
    ),
    targetType: rules.plain(rules.choice(TargetType), "it decides what the targets' ids are"),
    deregistrationDelay: seconds(0, 3600),
    slowStart: seconds(30, 900, 0),
    loadBalancingAlgorithmType: rules.choice(LoadBalancingAlgorithmType),
    loadBalancingAnomalyMitigation: rules.choice(LoadBalancingAnomalyMitigation),
    loadBalancingCrossZoneEnabled: rules.plain(
      rules.choice(LoadBalancingCrossZoneEnabled),
      "it decides which targets are possible",
    ),
    targetGroupHealth: targetGroupHealthRules(),
    stickiness,
    healthCheck: healthCheckRules(grpc),
  };
}

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

function healthCheckRules(grpc: boolean): rules.Rule {
  const checks = rules.whole(2, 10, "checks");
  return rules.object(
    {
      path: grpc
        ? rules.text(
            'a gRPC method, "/package.service/method"',
            (value) => /^\/[^/]+\/[^/]+$/.test(value) && value.length <= 1024,
            'leave it out for "/AWS.ALB/healthcheck"',
          )
        : rules.text(
            'a path of 1 to 1024 characters that starts with "/"',
            (value) => value.startsWith("/") && value.length <= 1024,
            'write it like "/health", without protocol and host',
          ),
      port,
      protocol: rules.choice(Protocol),
      interval: seconds(5, 300),
      timeout: seconds(2, 120),
      healthyThreshold: checks,
      unhealthyThreshold: checks,
      matcher: grpc ? matcher("gRPC", 0, 99) : matcher("HTTP", 200, 499),
    },
    { relations: [timeoutWithinInterval] },
  );
}

function matcher(what: string, min: number, max: number): rules.Rule {
  return rules.text(
    `${what} codes from ${min} to ${max}, as a list or one range`,
    (value) => {
      const codes = value.split(/[-,]/).map(Number);
      const written = /^\d+(-\d+|(,\d+)*)$/.test(value);
      const [from = 0, to = 0] = codes;
      return (
        written &&
        codes.every((code) => code >= min && code <= max) &&
        (!value.includes("-") || from <= to)
      );
    },
    `write it like "${min}", "${min},${min + 2}" or "${min}-${max}", without spaces`,
  );
}

const timeoutWithinInterval: rules.Relation = {
  of: ["timeout", "interval"],
  judge({ timeout = 2, interval = 5 }, at) {
    if (typeof timeout !== "number" || typeof interval !== "number" || !(timeout >= interval))
      return;
    at.key("timeout").report(
      `must be less than the interval of ${at.shown(interval)} seconds`,
      timeout,
      "shorten the timeout or lengthen the interval",
    );
  },
};
