import type { LoadBalancedGroupArgs } from "../args";

/** Whether users log in, because the load balancer then calls identity providers over HTTPS. */
export function hasLogins({ rules = {} }: LoadBalancedGroupArgs): boolean {
  return Object.values(rules).some(
    ({ authenticateOidc, authenticateCognito }) =>
      authenticateOidc !== undefined || authenticateCognito !== undefined,
  );
}
