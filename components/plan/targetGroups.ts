import type * as lb from "@pulumi/aws/lb";
import {
  TargetGroupIpAddressType,
  TargetType,
  type LoadBalancedGroupArgs,
  type ServersArgs,
  type TargetArgs,
  type TargetGroupArgs,
} from "../args";
import { DEFAULTS } from "../args/defaults";
import type { ArgumentPath } from "../checks";
import { entriesOf, isRecord, strings, valueAt } from "../shared/guards";

/** The target group resources by their keys. */
export type TargetGroups = Readonly<Record<string, lb.TargetGroup>>;

/** The key by which weights name the main target group. */
export const MAIN = "default";

/** A target group that will be created: its key, its settings and its servers. */
export interface PlannedGroup {
  readonly key: string;
  readonly settings: Settings;
  readonly servers: ServersArgs;
}

/** The settings of a target group, with their defaults. */
export type Settings = TargetGroupArgs &
  Required<Pick<TargetGroupArgs, keyof typeof DEFAULTS.TargetGroup>>;

/** The target groups that will be created: the main one, if anything forwards to it, and the further ones. */
export function plannedGroups(args: LoadBalancedGroupArgs): PlannedGroup[] {
  const { targetGroup = {}, targetGroups = {} } = args;
  const planned = (key: string, settings: TargetGroupArgs, servers: ServersArgs): PlannedGroup => ({
    key,
    settings: { ...DEFAULTS.TargetGroup, ...settings },
    servers,
  });
  const main = planned(MAIN, targetGroup, args);
  const further = Object.entries(targetGroups).map(([key, group]) => planned(key, group, group));
  return keysInUse(args)?.has(MAIN) === true ? [main, ...further] : further;
}

/**
 * The keys of the target groups that the listeners and their rules forward to; undefined if wrong arguments hide
 * them.
 */
export function keysInUse(args: unknown): Set<string> | undefined {
  const further = entriesOf(valueAt(args, "listeners")).map(([, listener]) => listener);
  const keys = [args, ...further].map(keysOfListener);
  return keys.includes(undefined) ? undefined : new Set(keys.flatMap((some) => some ?? []));
}

/** The same for the settings of one listener, or for a service. */
export function keysOfListener(settings: unknown): string[] | undefined {
  const { forward, defaultAction, listenerArn, rules = {} } = isRecord(settings) ? settings : {};
  // A service joins a listener, whose default action is not its own.
  const isService = listenerArn !== undefined;
  const forwards = !isService && defaultAction === undefined && forward === undefined;
  const actions = [
    forwards ? { targetGroup: MAIN } : { forward },
    ...entriesOf(rules).map(([, rule]) => rule),
  ];
  const keysByAction = actions.map(keysInAction);
  const all = keysByAction.flatMap((keys) => keys ?? []);
  return isRecord(rules) && !keysByAction.includes(undefined) ? all : undefined;
}

/** The keys of the target groups that an action forwards to; undefined if the action is wrong. */
export function keysInAction(action: unknown): string[] | undefined {
  const forward = valueAt(action, "forward");
  const weights = valueAt(forward, "weights");
  if (forward !== undefined && !isRecord(weights)) return undefined;
  return [...strings([valueAt(action, "targetGroup")]), ...entriesOf(weights).map(([key]) => key)];
}

/** The settings of the main target group and of the further ones, with their paths, before they are checked. */
export function groupsWithPaths(
  args: unknown,
  at: ArgumentPath,
): (readonly [settings: unknown, at: ArgumentPath])[] {
  const further = entriesOf(valueAt(args, "targetGroups")).map(
    ([key, settings]) => [settings, at.key("targetGroups").key(key)] as const,
  );
  return [[valueAt(args, "targetGroup"), at.key("targetGroup")], ...further];
}

/** The ports of the groups' targets, for requests, health checks and control agents. */
export function targetPorts(groups: readonly PlannedGroup[]): number[] {
  const ports = groups.flatMap((group) =>
    [{}, ...Object.values(group.servers.targets ?? {})].flatMap((target) => portsOf(group, target)),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** The ports of one target, for requests, health checks and the control agent; none for a Lambda function, which is invoked. */
export function portsOf(
  { settings }: PlannedGroup,
  { port }: Pick<TargetArgs, "port"> = {},
): number[] {
  if (settings.targetType === TargetType.Lambda) return [];
  const traffic = port ?? settings.port;
  const { healthCheck, targetControlPort = traffic } = settings;
  return [...new Set([traffic, healthCheck?.port ?? traffic, targetControlPort])];
}

/** The settings of a target group that can't be changed. Another value replaces the target group. */
export function fixedSettings(settings: Settings) {
  const { targetType } = settings;
  if (targetType === TargetType.Lambda) return { targetType };
  return {
    port: settings.port,
    protocol: settings.protocol,
    protocolVersion: settings.protocolVersion,
    targetType,
    ipAddressType: settings.ipAddressType,
    targetControlPort: settings.targetControlPort,
  };
}

/** Whether the load balancer connects to the targets of a group over IPv6. */
export function isReachedByIpv6({ settings }: PlannedGroup): boolean {
  return settings.ipAddressType === TargetGroupIpAddressType.Ipv6;
}

/** The name of a resource that belongs to a target group. The key of the main target group is left out. */
export function resourceName(
  name: string,
  role: string,
  { key }: Pick<PlannedGroup, "key">,
): string {
  return key === MAIN ? `${name}-${role}` : `${name}-${role}-${key}`;
}

/** The ARN of the existing target group that is adopted as this one. */
export function adoptedTargetGroup(
  { adopt }: Pick<LoadBalancedGroupArgs, "adopt">,
  { key }: PlannedGroup,
): string | undefined {
  return key === MAIN ? adopt?.targetGroupArn : adopt?.targetGroupArns?.[key];
}

/** The path in the arguments of something in a target group. */
export function argumentPathOf({ key }: PlannedGroup, path: string): string {
  return key === MAIN ? path : `targetGroups.${key}.${path}`;
}
