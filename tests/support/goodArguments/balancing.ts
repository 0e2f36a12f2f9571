const COUNT = "minimumHealthyTargetsCount";
const PERCENTAGE = "minimumHealthyTargetsPercentage";
const targetGroup = (group: object) => ({ targetGroup: group });
const health = (targetGroupHealth: object) => targetGroup({ targetGroupHealth });

/** Of the settings that spread requests over the targets. */
export const BALANCING: readonly (readonly [string, object])[] = [
  [
    "anomaly mitigation",
    targetGroup({
      loadBalancingAnomalyMitigation: "on",
      loadBalancingAlgorithmType: "weighted_random",
    }),
  ],
  ["no anomaly mitigation", targetGroup({ loadBalancingAnomalyMitigation: "off" })],
  ["cross-zone off", targetGroup({ loadBalancingCrossZone: "false" })],
  [
    "stickiness with cross-zone on",
    targetGroup({ stickiness: {}, loadBalancingCrossZone: "true" }),
  ],
  [
    "a target of a zone with cross-zone off",
    {
      ...targetGroup({ targetType: "ip", loadBalancingCrossZone: "false" }),
      targets: { a: { id: "10.0.0.1", availabilityZone: "us-west-2a" } },
    },
  ],
  ["no thresholds", health({})],
  ["the lowest thresholds", health(thresholds("1", "1", 1, "1"))],
  ["the highest thresholds", health(thresholds("1000", "100", 1000, "100"))],
  ["no DNS failover", health(thresholds("off", "off", 3, "50"))],
  ["only unhealthy state routing", health({ unhealthyStateRouting: { [COUNT]: 3 } })],
];

function thresholds(count: string, percentage: string, routing: number, routingShare: string) {
  return {
    dnsFailover: { [COUNT]: count, [PERCENTAGE]: percentage },
    unhealthyStateRouting: { [COUNT]: routing, [PERCENTAGE]: routingShare },
  };
}
