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
import { entriesOf, isRecord, strings, valueAt } from "../shared/guards";

/** The target groups that are made, by their keys. */
export type TargetGroups = Readonly<Record<string, lb.TargetGroup>>;

/** The key by which weights name the main target group. */
export const MAIN = "default";

/** A target group that is to be made: its key, its settings and its servers. */
export interface PlannedGroup {
  readonly key: string;
  readonly settings: Settings;
  readonly servers: ServersArgs;
}

/** A target group's settings with the defaults of those that are left out. */
export type Settings = TargetGroupArgs &
  Required<Pick<TargetGroupArgs, keyof typeof DEFAULTS.TargetGroup>>;

/** The target groups: the main one, where anything forwards to it, and those under keys. */
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
 * The keys of the target groups that the listener and its rules forward to; undefined where arguments that are
 * wrong don't tell.
 */
export function keysInUse(args: unknown): Set<string> | undefined {
  const { forward, defaultAction, rules = {} } = isRecord(args) ? args : {};
  const forwards = defaultAction === undefined && forward === undefined;
  const actions = [
    forwards ? { targetGroup: MAIN } : { forward },
    ...entriesOf(rules).map(([, rule]) => rule),
  ];
  const keysByAction = actions.map(keysInAction);
  const all = keysByAction.flatMap((keys) => keys ?? []);
  return isRecord(rules) && !keysByAction.includes(undefined) ? new Set(all) : undefined;
}

/** The keys of the target groups that an action forwards to; undefined where it is wrong and does not tell. */
export function keysInAction(action: unknown): string[] | undefined {
  const forward = valueAt(action, "forward");
  const weights = valueAt(forward, "weights");
  if (forward !== undefined && !isRecord(weights)) return undefined;
  return [...strings([valueAt(action, "targetGroup")]), ...entriesOf(weights).map(([key]) => key)];
}

/** The ports on which the load balancer reaches groups' targets, for traffic and health checks. */
export function targetPorts(groups: readonly PlannedGroup[]): number[] {
  const ports = groups.flatMap((group) =>
    [{}, ...Object.values(group.servers.targets ?? {})].flatMap((target) => portsOf(group, target)),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** The ports on which the load balancer reaches one target of a group; none for a function, which is invoked. */
export function portsOf(
  { settings }: PlannedGroup,
  { port }: Pick<TargetArgs, "port"> = {},
): number[] {
  if (settings.targetType === TargetType.Lambda) return [];
  const traffic = port ?? settings.port;
  return [...new Set([traffic, settings.healthCheck?.port ?? traffic])];
}

/** The settings of a target group that can't be changed: with another value it is replaced. */
export function fixedSettings(settings: Settings) {
  const { targetType } = settings;
  if (targetType === TargetType.Lambda) return { targetType };
  return {
    port: settings.port,
    protocol: settings.protocol,
    protocolVersion: settings.protocolVersion,
    targetType,
    ipAddressType: settings.ipAddressType,
  };
}

/** Whether the load balancer reaches the targets of a group by IPv6. */
export function isReachedByIpv6({ settings }: PlannedGroup): boolean {
  return settings.ipAddressType === TargetGroupIpAddressType.Ipv6;
}

/** What a group's children are called by: the main one's have no key in their names. */
export function resourceName(name: string, role: string, { key }: PlannedGroup): string {
  return key === MAIN ? `${name}-${role}` : `${name}-${role}-${key}`;
}

/** The ARN of the target group that is taken over for a planned one. */
export function adoptedTargetGroup(
  { adopt }: Pick<LoadBalancedGroupArgs, "adopt">,
  { key }: PlannedGroup,
): string | undefined {
  return key === MAIN ? adopt?.targetGroupArn : adopt?.targetGroupArns?.[key];
}

/** Where something of a group stands in the arguments. */
export function argumentPathOf({ key }: PlannedGroup, path: string): string {
  return key === MAIN ? path : `targetGroups.${key}.${path}`;
}
