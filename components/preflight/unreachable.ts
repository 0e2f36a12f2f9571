import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import { whenKnown } from "../known";
import type { AwsLookups } from "../lookups";
import type { Problem } from "../rules";
import type { Place } from "./problems";
import { unreached } from "./reach";
import { knownServers } from "./servers";

/**
 * Finds servers that the load balancer does not get to. It is no fault of the arguments, and the way may
 * yet be opened, so nothing is refused for it.
 */
export async function findUnreachable(
  args: LoadBalancedGroupArgs,
  place: Promise<Place | undefined>,
  securityGroupIds: pulumi.Output<string[]>,
  ask: AwsLookups,
): Promise<Problem[]> {
  const { securityGroupIds: given, targetSecurityGroupIds: admittedAt = [] } = args;
  const groups = whenKnown(securityGroupIds);
  const loadBalancer = {
    isMadeHere: given === undefined,
    // The one that is made here is there only when the other checks are done.
    securityGroups: groups,
    networks: place.then((where) => where?.subnets.map(({ cidrBlock }) => cidrBlock)),
    admittedAt,
  };
  // Security group rules are looked at for IPv4 alone.
  const byIpv4 = (await knownServers(args)).filter(({ byIpv6 }) => !byIpv6);
  return unreached(byIpv4, loadBalancer, ask);
}
