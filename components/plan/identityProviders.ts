import type { LoadBalancedGroupArgs } from "../args";
import { plannedListeners } from "./listeners";

/** The port on which the load balancer calls identity providers. */
export const PROVIDER_PORT = 443;

/** Whether the load balancer calls identity providers over HTTPS: to log users in, or for the keys of tokens. */
export function callsIdentityProviders(args: LoadBalancedGroupArgs): boolean {
  return plannedListeners(args)
    .flatMap(({ settings }) => [settings, ...Object.values(settings.rules ?? {})])
    .some(
      ({ authenticateOidc, authenticateCognito, jwtValidation }) =>
        (authenticateOidc ?? authenticateCognito ?? jwtValidation) !== undefined,
    );
}
