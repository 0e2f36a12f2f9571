import * as pulumi from "@pulumi/pulumi";
import type { TargetGroupArgs, TargetGroupHealthArgs } from "./args";
import { DEFAULTS } from "./defaults";

const { minimumHealthyTargetsCount: FEWEST } = DEFAULTS.UnhealthyStateRouting;

/** How a target group's requests are spread over its targets, where that is not by the algorithm alone. */
export function balancingOf({
  loadBalancingAnomalyMitigation,
  loadBalancingCrossZoneEnabled,
  targetGroupHealth,
}: TargetGroupArgs) {
  return {
    loadBalancingAnomalyMitigation,
    loadBalancingCrossZoneEnabled,
    targetGroupHealth: targetGroupHealth && healthOf(targetGroupHealth),
  };
}

/** All thresholds: what is left out would get the provider's defaults, which turn DNS failover off. */
function healthOf(targetGroupHealth: TargetGroupHealthArgs) {
  return pulumi
    .output(targetGroupHealth)
    .apply(({ dnsFailover = {}, unhealthyStateRouting: routing = {} }) => {
      const { minimumHealthyTargetsCount: count = FEWEST } = routing;
      const { minimumHealthyTargetsPercentage: percentage = "off" } = routing;
      return {
        dnsFailover: {
          minimumHealthyTargetsCount: dnsFailover.minimumHealthyTargetsCount ?? String(count),
          minimumHealthyTargetsPercentage:
            dnsFailover.minimumHealthyTargetsPercentage ?? percentage,
        },
        unhealthyStateRouting: {
          minimumHealthyTargetsCount: count,
          minimumHealthyTargetsPercentage: percentage,
        },
      };
    });
}
