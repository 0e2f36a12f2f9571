import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import { isMocked, textsAt } from "../lookups/answers";
import { findOrMissing, isMissing, type Lookups } from "../lookups/lookups";
import { Failed, type LookedUp, type Problem } from "../checks";

/** The security groups of the load balancer that is taken over, which it keeps. */
export function adoptedSecurityGroupIds(
  { adopt }: LoadBalancedGroupArgs,
  lookups: Lookups,
): LookedUp<string[]> | undefined {
  if (adopt === undefined) return undefined;
  const { loadBalancerArn: arn } = adopt;
  const found = lookups.required(
    "loadBalancer",
    {
      propertyPath: ADOPTED_LOAD_BALANCER,
      what: "the security groups of the load balancer",
      instead: "set securityGroupIds",
    },
    () => findOrMissing(() => lb.getLoadBalancer({ arn }, lookups.options)),
    (answer) => {
      if (isMissing(answer)) {
        return new Failed([missingToAdopt(ADOPTED_LOAD_BALANCER, "load balancer")]);
      }
      return textsAt(answer, "securityGroups") ?? (isMocked() ? [] : undefined);
    },
  );
  return pulumi.output(found);
}

/** Where the load balancer stands in the arguments. */
export const ADOPTED_LOAD_BALANCER = "adopt.loadBalancerArn";

/** AWS does not know what is to be taken over. */
export function missingToAdopt(path: string, what: string): Problem {
  const reason =
    `${path}: there is no such ${what} in this account and region; ` +
    `check the ARN, the credentials and aws:region, or ${withoutAdopting(path)}`;
  return { code: "missing", propertyPath: path, reason };
}

/** How to have a new one made instead. */
export const withoutAdopting = (path: string) =>
  `${path === ADOPTED_LOAD_BALANCER ? "remove adopt" : "remove the ARN from adopt"} to create a new one`;
