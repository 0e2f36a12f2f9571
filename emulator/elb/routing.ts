import type { ForwardAction, TargetGroup, WeightedForwardAction } from "../aws";
import { groupsOf } from "./actions";
import { pick, RoundRobin, Turns } from "./algorithms";
import { GroupSession } from "./groupStickiness";
import { routingLeast } from "./attributes";
import type { RegisteredTarget } from "./registeredTarget";
import { Session } from "./stickiness";
import type { GroupRecord } from "./targetGroups";

function enough({ attributes }: TargetGroup, healthy: number, registered: number): boolean {
  // "off" reads as NaN, and nothing is below that.
  const count = Number(attributes[routingLeast("count")]);
  const percentage = Number(attributes[routingLeast("percentage")]);
  return healthy > 0 && !(healthy < count) && !((healthy / registered) * 100 < percentage);
}

/**
 * The targets that may serve: the healthy ones, or all in use when too few are healthy (fail-open).
 * AWS's pages leave open whether targets in their first checks count among those; here they do,
 * which shows a deployment the errors that it might meet. Without cross-zone load balancing, all of
 * this is so for each zone by itself.
 */
export function available({ group, targets }: GroupRecord, zone: string): RegisteredTarget[] {
  const zonal = group.attributes["load_balancing.cross_zone.enabled"] === "false";
  const registered = [...targets.values()].filter((target) => !zonal || target.zone === zone);
  for (const target of registered) {
    target.refresh();
  }
  const inUse = registered.filter(({ health }) => !["unused", "draining"].includes(health.state));
  const healthy = inUse.filter(({ health }) => ["healthy", "unavailable"].includes(health.state));
  return enough(group, healthy.length, inUse.length) ? healthy : inUse;
}

/** Where a request goes, and the sessions it belongs to. */
export interface Route {
  readonly target: RegisteredTarget;
  readonly session: Session;
  /** The Set-Cookie values that keep the client with the target group. */
  readonly groupCookies: readonly string[];
}

/** An action that forwards, and what it forwards to. */
export interface Forwarding {
  /** What has the action: a listener, or a rule. */
  readonly owner: string;
  readonly action: ForwardAction | WeightedForwardAction;
  readonly groupOf: (targetGroupArn: string) => GroupRecord;
}

interface ChosenGroup {
  readonly record: GroupRecord;
  readonly weight: number;
}

/** Chooses a target for each request; every action and every target group has turns of its own. */
export class Router {
  private readonly groupTurns = new Map<string, Turns<TargetGroup>>();
  private readonly turns = new WeakMap<TargetGroup, RoundRobin>();

  /**
   * The group is chosen first, and nobody steps in for one that can't serve a request that came to the
   * zone: then there is no route.
   */
  route(forwarding: Forwarding, cookieHeader: string | undefined, zone: string): Route | undefined {
    const { action } = forwarding;
    const session = new GroupSession(
      "targetGroups" in action ? action.stickinessDurationSeconds : undefined,
      cookieHeader,
    );
    const record = this.group(forwarding, session);
    const route = record && this.within(record, cookieHeader, zone);
    return route && { ...route, groupCookies: session.cookies(record.group.targetGroupArn) };
  }

  /** A client stays with its group even where the group's weight has become 0 or its servers are gone. */
  private group(
    { owner, action, groupOf }: Forwarding,
    session: GroupSession,
  ): GroupRecord | undefined {
    const weights = new Map<TargetGroup, ChosenGroup>();
    for (const { targetGroupArn, weight } of groupsOf(action)) {
      const record = groupOf(targetGroupArn);
      if (session.isBoundTo(targetGroupArn)) {
        return record;
      }
      weights.set(record.group, { record, weight });
    }
    const weighty = [...weights].filter(([, { weight }]) => weight > 0).map(([group]) => group);
    const turns = this.groupTurns.get(owner) ?? new Turns<TargetGroup>();
    this.groupTurns.set(owner, turns);
    const chosen = turns.next(weighty, (group) => weights.get(group)?.weight ?? 0);
    return chosen && weights.get(chosen)?.record;
  }

  private within(
    record: GroupRecord,
    cookieHeader: string | undefined,
    zone: string,
  ): Omit<Route, "groupCookies"> | undefined {
    const session = new Session(record.group, cookieHeader);
    const candidates = available(record, zone);
    const bound = candidates.find((target) => session.isBoundTo(target.description));
    const algorithm = record.group.attributes["load_balancing.algorithm.type"];
    const target = bound ?? pick(algorithm, this.turnsOf(record.group), candidates);
    return target && { target, session };
  }

  private turnsOf(group: TargetGroup): RoundRobin {
    const turns = this.turns.get(group) ?? new RoundRobin();
    this.turns.set(group, turns);
    return turns;
  }
}
