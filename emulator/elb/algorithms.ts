import { seconds } from "./attributes";
import type { RegisteredTarget } from "./registeredTarget";

/** The least share of a target that has only just begun to ramp up. */
const FIRST_SHARE = 0.01;

/** A target's share of the traffic: 1, or less while it ramps up after having become healthy. */
function share(target: RegisteredTarget, now: number): number {
  const duration = seconds(target.group.attributes, "slow_start.duration_seconds") * 1000;
  if (target.rampStartedAt === undefined || duration === 0) {
    return 1;
  }
  const part = (now - target.rampStartedAt) / duration;
  if (part >= 1) {
    target.rampStartedAt = undefined;
    return 1;
  }
  return Math.max(part, FIRST_SHARE);
}

/**
 * Takes things in turn. Each gains its share of credit at every turn and the richest one serves and
 * pays for all, so equal shares give a plain rotation and a small share a rare turn.
 */
export class Turns<T extends object> {
  private readonly credit = new WeakMap<T, number>();

  next(things: readonly T[], shareOf: (thing: T) => number): T | undefined {
    let richest: T | undefined;
    let most = -Infinity;
    let total = 0;
    for (const thing of things) {
      const gain = shareOf(thing);
      const credit = (this.credit.get(thing) ?? 0) + gain;
      this.credit.set(thing, credit);
      total += gain;
      if (credit > most) {
        most = credit;
        richest = thing;
      }
    }
    if (richest !== undefined) {
      this.credit.set(richest, most - total);
    }
    return richest;
  }
}

/** Takes targets in turn, those that ramp up more rarely. */
export class RoundRobin {
  private readonly turns = new Turns<RegisteredTarget>();

  next(targets: readonly RegisteredTarget[]): RegisteredTarget | undefined {
    const now = Date.now();
    return this.turns.next(targets, (target) => share(target, now));
  }
}

const atRandom = (targets: readonly RegisteredTarget[]) =>
  targets[Math.floor(Math.random() * targets.length)];

function leastBusy(targets: readonly RegisteredTarget[]): RegisteredTarget[] {
  const least = Math.min(...targets.map(({ outstanding }) => outstanding));
  return targets.filter(({ outstanding }) => outstanding === least);
}

/** Picks by the group's algorithm among the targets that may serve. */
export function pick(
  algorithm: string | undefined,
  turns: RoundRobin,
  targets: readonly RegisteredTarget[],
): RegisteredTarget | undefined {
  switch (algorithm) {
    case "least_outstanding_requests":
      return turns.next(leastBusy(targets));
    case "weighted_random":
      return atRandom(targets);
    default:
      return turns.next(targets);
  }
}
