import type { TargetGroup } from "../aws";
import { pick, RoundRobin } from "./algorithms";
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
  const healthy = inUse.filter(({ health }) => health.state === "healthy");
  return enough(group, healthy.length, inUse.length) ? healthy : inUse;
}

/** Where a request goes, and the session it belongs to. */
export interface Route {
  readonly target: RegisteredTarget;
  readonly session: Session;
}

/** Chooses a target for each request; every target group has turns of its own. */
export class Router {
  private readonly turns = new WeakMap<TargetGroup, RoundRobin>();

  /** Undefined where no target is there for a request that came to the zone. */
  route(record: GroupRecord, cookieHeader: string | undefined, zone: string): Route | undefined {
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
