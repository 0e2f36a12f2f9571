import type { DnsFailoverArgs, TargetGroupHealthArgs, UnhealthyStateRoutingArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";

const MOST_TARGETS = 1000;

const fewest = checks.whole(1, MOST_TARGETS, "targets");

/** How many targets must be healthy, and what happens while fewer are. */
export function targetGroupHealthChecks(): checks.PlainCheck {
  return checks.object<TargetGroupHealthArgs>(
    {
      dnsFailover: checks.object<DnsFailoverArgs>({
        minimumHealthyTargetsCount: orOff(MOST_TARGETS),
        minimumHealthyTargetsPercentage: orOff(100),
      }),
      unhealthyStateRouting: checks.object<UnhealthyStateRoutingArgs>(
        { minimumHealthyTargetsCount: fewest, minimumHealthyTargetsPercentage: orOff(100) },
        { defaults: DEFAULTS.UnhealthyStateRouting },
      ),
    },
    { relations: [failoverFirst] },
  );
}

function orOff(max: number): checks.Check {
  return checks.text(
    `"off" or a whole number from 1 to ${max} in quotes`,
    (value) => value === "off" || (/^[1-9]\d*$/.test(value) && Number(value) <= max),
    'write it like "off" or "50"',
  );
}

/** Clients are to leave a zone before its unhealthy targets get requests, or at the same time. */
const failoverFirst: checks.Relation = {
  of: ["dnsFailover", "unhealthyStateRouting"],
  within: true,
  check({ dnsFailover, unhealthyStateRouting }, at) {
    for (const key of ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"]) {
      const failover = checks.valueAt(dnsFailover, key);
      const routing = checks.valueAt(unhealthyStateRouting, key);
      // "off" is read as NaN, which is not less than anything.
      if (!(numberOf(failover) < numberOf(routing))) continue;
      const there = at.key("dnsFailover").key(key);
      there.report(
        "conflict",
        `can't be less than the value of unhealthyStateRouting, ${there.shown(routing)}`,
        failover,
        "raise it, or remove it to use the same value",
        { remove: true },
      );
    }
  },
};

/** The number in a text or a number; NaN for everything else. */
function numberOf(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}
