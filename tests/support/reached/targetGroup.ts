import { HTTPS, reaches } from "./reaches";

const RANDOM = { targetGroup: { loadBalancingAlgorithmType: "weighted_random" } };
const APPLICATION = { targetGroup: { stickiness: { type: "app_cookie", cookieName: "sid" } } };
const FUNCTION = { instanceIds: undefined, targetGroup: { targetType: "lambda" } };

const FAILOVER = {
  targetGroup: {
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: "9", minimumHealthyTargetsPercentage: "90" },
    },
  },
};

export const TARGET_GROUP = [
  reaches("targetGroup.port", 8080, "web-tg port"),
  reaches("targetGroup.protocol", "HTTPS", "web-tg protocol"),
  reaches("targetGroup.protocolVersion", "HTTP2", "web-tg protocolVersion", "HTTP2", HTTPS),
  reaches("targetGroup.targetType", "ip", "web-tg targetType", "ip", { instanceIds: undefined }),
  reaches("targetGroup.ipAddressType", "ipv6", "web-tg ipAddressType", "ipv6", {
    ipAddressType: "dualstack",
    instanceIds: undefined,
  }),
  reaches("targetGroup.deregistrationDelay", 7, "web-tg deregistrationDelay"),
  reaches("targetGroup.slowStart", 30, "web-tg slowStart"),
  reaches(
    "targetGroup.loadBalancingAlgorithmType",
    "least_outstanding_requests",
    "web-tg loadBalancingAlgorithmType",
  ),
  reaches(
    "targetGroup.loadBalancingAnomalyMitigation",
    "on",
    "web-tg loadBalancingAnomalyMitigation",
    "on",
    RANDOM,
  ),
  reaches("targetGroup.loadBalancingCrossZone", "false", "web-tg loadBalancingCrossZoneEnabled"),
  reaches(
    "targetGroup.lambdaMultiValueHeaders",
    true,
    "web-tg lambdaMultiValueHeadersEnabled",
    true,
    FUNCTION,
  ),
  reaches("targetGroup.healthCheck.enabled", true, "web-tg healthCheck.enabled", true, FUNCTION),
  ...["dnsFailover", "unhealthyStateRouting"].flatMap((what) => {
    const at = `targetGroupHealth.${what}`;
    const count = what === "dnsFailover" ? "2" : 2;
    return [
      reaches(
        `targetGroup.${at}.minimumHealthyTargetsCount`,
        count,
        `web-tg ${at}.minimumHealthyTargetsCount`,
        count,
        what === "dnsFailover" ? {} : FAILOVER,
      ),
      reaches(
        `targetGroup.${at}.minimumHealthyTargetsPercentage`,
        "50",
        `web-tg ${at}.minimumHealthyTargetsPercentage`,
        "50",
        what === "dnsFailover" ? {} : FAILOVER,
      ),
    ];
  }),
  reaches("targetGroup.stickiness.type", "lb_cookie", "web-tg stickiness.type"),
  reaches("targetGroup.stickiness.cookieDuration", 60, "web-tg stickiness.cookieDuration"),
  reaches(
    "targetGroup.stickiness.cookieName",
    "session",
    "web-tg stickiness.cookieName",
    "session",
    APPLICATION,
  ),
  reaches("targetGroup.healthCheck.path", "/up", "web-tg healthCheck.path"),
  reaches("targetGroup.healthCheck.port", 9000, "web-tg healthCheck.port", "9000"),
  reaches("targetGroup.healthCheck.protocol", "HTTPS", "web-tg healthCheck.protocol"),
  reaches("targetGroup.healthCheck.interval", 30, "web-tg healthCheck.interval"),
  reaches("targetGroup.healthCheck.timeout", 3, "web-tg healthCheck.timeout"),
  reaches("targetGroup.healthCheck.healthyThreshold", 4, "web-tg healthCheck.healthyThreshold"),
  reaches("targetGroup.healthCheck.unhealthyThreshold", 6, "web-tg healthCheck.unhealthyThreshold"),
  reaches("targetGroup.healthCheck.matcher", "204", "web-tg healthCheck.matcher"),
];
