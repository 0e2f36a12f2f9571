import { plain, type Check } from "./check";
import { whole } from "./values";

/** Why something must be plain that the names of resources are made of. */
export const namesResources = "it names resources that this component creates";

export const port = plain(whole(1, 65535), "security group rules are created for it");

export const seconds = (min: number, max: number, or?: number) => whole(min, max, "seconds", or);

/** What belongs to a region: its name, the ARN in which the region is the first group, and how to get one. */
export interface Regional {
  readonly what: string;
  readonly arn: RegExp;
  readonly obtain: string;
}

/** A check whose value is an ARN of that region, where that is known and the ARN names any. */
export function inRegion(
  check: Check,
  { what, arn, obtain }: Regional,
  region: string | undefined,
): Check {
  return {
    ...check,
    visit(value, at) {
      const own = typeof value === "string" ? arn.exec(value)?.[1] : undefined;
      if (region !== undefined && own !== undefined && own !== region) {
        at.reportText(
          "region",
          `must be ${what} in the load balancer's region ${region}, ` +
            `got one in ${at.formatted(own)}; ${obtain} in ${region}`,
        );
      }
      return check.visit(value, at);
    },
  };
}
