import {
  TargetGroupIpAddressType,
  type LoadBalancedGroupArgs,
  type RuleArgs,
  type ServersArgs,
  type TargetGroupArgs,
} from "./args";
import { DEFAULTS } from "./defaults";

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
  return keysInUse(args).has(MAIN) ? [main, ...further] : further;
}

/** The keys of the target groups that the listener and its rules forward to. */
function keysInUse({ forward, defaultAction, rules = {} }: LoadBalancedGroupArgs): Set<string> {
  const forwards = defaultAction === undefined && forward === undefined;
  const byDefault = forwards ? [MAIN] : groupsNamed({ forward });
  return new Set([...byDefault, ...Object.values(rules).flatMap(groupsNamed)]);
}

/** The keys of the target groups that a rule forwards to. */
export function groupsNamed({
  targetGroup,
  forward,
}: Pick<RuleArgs, "targetGroup" | "forward">): string[] {
  return [targetGroup ?? [], Object.keys(forward?.weights ?? {})].flat();
}

/** Whether the load balancer reaches the targets of a group by IPv6. */
export function isReachedByIpv6({ settings }: PlannedGroup): boolean {
  return settings.ipAddressType === TargetGroupIpAddressType.Ipv6;
}

/** What a group's children are called by: the main one's have no key in their names. */
export function childName(name: string, role: string, { key }: PlannedGroup): string {
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
export function pathIn({ key }: PlannedGroup, path: string): string {
  return key === MAIN ? path : `targetGroups.${key}.${path}`;
}
