import { Protocol, type ListenerArgs, type LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import type { ArgumentPath } from "../checks";
import { entriesOf, valueAt } from "../shared/guards";
import { isEncrypted } from "./https";

const { port: HTTP_PORT, httpsPort: HTTPS_PORT } = DEFAULTS.LoadBalancedGroup;

/** What a listener does with requests, and its TLS settings. */
export type ListenerSettings = Omit<ListenerArgs, "port" | "protocol">;

/** A listener that serves requests. */
export interface PlannedListener {
  /** Its key in the output `listenerArns`. */
  readonly key: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly settings: ListenerSettings;
  /** What the paths of its settings start with in the arguments. */
  readonly pathPrefix: string;
}

/** The group's own listener, whose settings are those of the group. */
export function ownListener(args: LoadBalancedGroupArgs): PlannedListener {
  const { port = HTTP_PORT, httpsPort = HTTPS_PORT } = args;
  const common = { settings: args, pathPrefix: "" };
  return isEncrypted(args)
    ? { ...common, key: "https", port: httpsPort, protocol: Protocol.HTTPS }
    : { ...common, key: "http", port, protocol: Protocol.HTTP };
}

/** The listeners that serve requests: the group's own one and the further ones. */
export function plannedListeners(
  args: LoadBalancedGroupArgs,
): [PlannedListener, ...PlannedListener[]] {
  const further = Object.entries(args.listeners ?? {}).map(
    ([key, { port, protocol, ...settings }]): PlannedListener => ({
      key,
      port,
      protocol,
      settings: protocol === Protocol.HTTPS ? { ...inherited(args), ...settings } : settings,
      pathPrefix: `listeners.${key}.`,
    }),
  );
  return [ownListener(args), ...further];
}

const inherited = ({ certificateArn, sslPolicy }: LoadBalancedGroupArgs) => ({
  certificateArn,
  sslPolicy,
});

/**
 * The port of the listener that redirects from HTTP to HTTPS; undefined if there is none. A further listener on
 * this port takes its place.
 */
export function redirectPort(args: LoadBalancedGroupArgs): number | undefined {
  const { port = HTTP_PORT, httpsOnly = false } = args;
  if (!isEncrypted(args) || httpsOnly || keyInPlaceOfRedirect(args) !== undefined) return undefined;
  return port;
}

/** The key of the further listener on the port of the HTTP listener. The arguments may not have been checked yet. */
export function keyInPlaceOfRedirect(args: unknown): string | undefined {
  const port = valueAt(args, "port") ?? HTTP_PORT;
  const found = entriesOf(valueAt(args, "listeners")).find(
    ([, listener]) => valueAt(listener, "port") === port,
  );
  return found?.[0];
}

/** The ports of all listeners. */
export function listenerPorts(args: LoadBalancedGroupArgs): number[] {
  return [...[redirectPort(args) ?? []].flat(), ...plannedListeners(args).map(({ port }) => port)];
}

/** The further listeners with their keys and paths, before they are checked. */
export function furtherWithPaths(args: unknown, at: ArgumentPath) {
  return entriesOf(valueAt(args, "listeners")).map(([key, listener]) => ({
    key,
    listener,
    at: at.key("listeners").key(key),
  }));
}

/**
 * The settings of the group's own listener and of the further ones, with their paths, before they are checked.
 * The group's own listener has no protocol there.
 */
export function listenersWithPaths(
  args: unknown,
  at: ArgumentPath,
): (readonly [settings: unknown, at: ArgumentPath])[] {
  const further = furtherWithPaths(args, at).map((one) => [one.listener, one.at] as const);
  return [[args, at], ...further];
}
