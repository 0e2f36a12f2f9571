import type { LoadBalancedGroupArgs } from "../args";
import { plannedListeners } from "./listeners";

/** The port on which the load balancer calls identity providers. */
export const PROVIDER_PORT = 443;

/** Whether users log in, because the load balancer then calls identity providers over HTTPS. */
export function hasLogins(args: LoadBalancedGroupArgs): boolean {
  return plannedListeners(args)
    .flatMap(({ settings }) => [settings, ...Object.values(settings.rules ?? {})])
    .some(
      ({ authenticateOidc, authenticateCognito }) =>
        authenticateOidc !== undefined || authenticateCognito !== undefined,
    );
}
