import type { LoadBalancedGroupArgs } from "../args";

/** Whether clients are named by security groups or prefix lists, so that no network is allowed by default. */
export function hasNamedClients(args: LoadBalancedGroupArgs): boolean {
  const { ingressSecurityGroupIds: groups, ingressPrefixListIds: lists } = args;
  return groups !== undefined || lists !== undefined;
}
