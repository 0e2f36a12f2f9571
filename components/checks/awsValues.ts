import { plain, type Check } from "./check";
import { whole } from "./values";

/** Why a value that becomes part of a resource's name can't be an output. */
export const namesResources = "it names resources that this component creates";

export const port = plain(whole(1, 65535), "security group rules are created for it");

export const seconds = (min: number, max: number, or?: number) => whole(min, max, "seconds", or);

/** A kind of resource that belongs to a region. */
export interface Regional {
  /** What it is, as in "a certificate". */
  readonly what: string;
  /** Its ARN. The first group of the expression is the region. */
  readonly arn: RegExp;
  /** How to get one, as in "request or import it". */
  readonly obtain: string;
}

/** The check, which also requires that the ARN is in the region; without a region nothing is added. */
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
