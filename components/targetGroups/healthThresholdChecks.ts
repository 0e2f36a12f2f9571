import type { DnsFailoverArgs, TargetGroupHealthArgs, UnhealthyStateRoutingArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";

const MAX_TARGETS = 1000;

const healthyTargets = checks.whole(1, MAX_TARGETS, "targets");

/** The check of how many targets must be healthy. */
export function targetGroupHealthChecks(): checks.PlainCheck {
  return checks.object<TargetGroupHealthArgs>(
    {
      dnsFailover: checks.object<DnsFailoverArgs>({
        minimumHealthyTargetsCount: numberOrOff(MAX_TARGETS),
        minimumHealthyTargetsPercentage: numberOrOff(100),
      }),
      unhealthyStateRouting: checks.object<UnhealthyStateRoutingArgs>(
        {
          minimumHealthyTargetsCount: healthyTargets,
          minimumHealthyTargetsPercentage: numberOrOff(100),
        },
        { defaults: DEFAULTS.UnhealthyStateRouting },
      ),
    },
    { relations: [failoverBeforeRouting] },
  );
}

function numberOrOff(max: number): checks.Check {
  return checks.text(
    `"off" or a whole number from 1 to ${max} in quotes`,
    (value) => value === "off" || (/^[1-9]\d*$/.test(value) && Number(value) <= max),
    'write it like "off" or "50"',
  );
}

/** DNS failover must start before requests are sent to unhealthy targets, or at the same time. */
const failoverBeforeRouting: checks.Relation = {
  properties: ["dnsFailover", "unhealthyStateRouting"],
  includesNested: true,
  check({ dnsFailover, unhealthyStateRouting }, at) {
    for (const key of ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"]) {
      const failover = checks.valueAt(dnsFailover, key);
      const routing = checks.valueAt(unhealthyStateRouting, key);
      // "off" is read as NaN, which is not less than anything.
      if (!(numberOf(failover) < numberOf(routing))) continue;
      const there = at.key("dnsFailover").key(key);
      there.report(
        "conflict",
        `can't be less than unhealthyStateRouting.${key}, which is ${there.formatted(routing)}`,
        failover,
        "raise it, or remove it: then it defaults to that value",
        { remove: true },
      );
    }
  },
};

/** The number in a text or a number; NaN for everything else. */
function numberOf(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}
