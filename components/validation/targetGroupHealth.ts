import { DEFAULTS } from "../defaults";
import * as rules from "../rules";

const MOST_TARGETS = 1000;

const fewest = rules.whole(1, MOST_TARGETS, "targets");

/** How many targets must be healthy, and what happens while fewer are. */
export function targetGroupHealthRules(): rules.Rule {
  return rules.object(
    {
      dnsFailover: rules.object({
        minimumHealthyTargetsCount: orOff(MOST_TARGETS),
        minimumHealthyTargetsPercentage: orOff(100),
      }),
      unhealthyStateRouting: rules.object(
        { minimumHealthyTargetsCount: fewest, minimumHealthyTargetsPercentage: orOff(100) },
        { defaults: DEFAULTS.UnhealthyStateRouting },
      ),
    },
    { relations: [failoverFirst] },
  );
}

function orOff(max: number): rules.Rule {
  return rules.text(
    `"off" or a whole number from 1 to ${max} in quotes`,
    (value) => value === "off" || (/^[1-9]\d*$/.test(value) && Number(value) <= max),
    'write it like "off" or "50"',
  );
}

/** Clients are to leave a zone before its unhealthy targets get requests, or at the same time. */
const failoverFirst: rules.Relation = {
  of: ["dnsFailover", "unhealthyStateRouting"],
  within: true,
  judge({ dnsFailover, unhealthyStateRouting }, at) {
    for (const key of ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"]) {
      const failover = rules.valueAt(dnsFailover, key);
      const routing = rules.valueAt(unhealthyStateRouting, key);
      // "off" reads as NaN, and nothing is below that.
      if (failover === undefined || !(Number(failover) < Number(routing))) continue;
      const there = at.key("dnsFailover").key(key);
      there.report(
        `must not be below that of unhealthyStateRouting, ${there.shown(routing)}`,
        failover,
        "raise it, or leave it out to have the same",
      );
    }
  },
};
