import * as rules from "../rules";
import { REGION_OF_ZONE } from "./network";

/** The regions of the zones, each once. */
export function regionsOf(availabilityZones: unknown): string[] {
  const regions = rules
    .strings(availabilityZones)
    .map((name) => REGION_OF_ZONE.exec(name)?.[1])
    .filter((region) => region !== undefined);
  return [...new Set(regions)];
}

/** What belongs to a region: its name, the ARN in which the region is the first group, and how to get one. */
export interface Regional {
  readonly what: string;
  readonly arn: RegExp;
  readonly obtain: string;
}

/** A rule whose value is an ARN of that region, where that is known and the ARN names any. */
export function inRegion(
  rule: rules.Rule,
  { what, arn, obtain }: Regional,
  region: string | undefined,
): rules.Rule {
  return {
    visit(value, at) {
      const own = typeof value === "string" ? arn.exec(value)?.[1] : undefined;
      if (region !== undefined && own !== undefined && own !== region) {
        at.state(
          `must be ${what} in the load balancer's region ${region}, ` +
            `got one in ${at.shown(own)}; ${obtain} in ${region}`,
        );
      }
      return rule.visit(value, at);
    },
  };
}
