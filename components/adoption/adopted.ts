import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import { isMocked, textsAt } from "../lookups/answers";
import { findOrMissing, isMissing, type Lookups } from "../lookups/lookups";
import { Failed, type LookedUp, type Problem } from "../checks";

/** The security groups of the adopted load balancer, which it keeps. */
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

/** The path of the load balancer in the arguments. */
export const ADOPTED_LOAD_BALANCER = "adopt.loadBalancerArn";

/** The problem of a resource that should be adopted, but does not exist in AWS. */
export function missingToAdopt(path: string, what: string): Problem {
  const reason =
    `${path}: there is no such ${what} in this account and region; ` +
    `check the ARN, the credentials and aws:region, or ${withoutAdopting(path, what)}`;
  return { code: "missing", propertyPath: path, reason };
}

/** The remedy to create a new resource instead of adopting one. */
export const withoutAdopting = (path: string, what: string) =>
  `${path === ADOPTED_LOAD_BALANCER ? "remove adopt" : "remove the ARN from adopt"} to create a new ${what}`;
