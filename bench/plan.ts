import { OPERATIONS, type Operation } from "./operations";
import type { Size } from "./variantStack";

/** What is measured, and how often. */
export interface Plan {
  readonly walkThrough: Scenario;
  /** Apart from the others, since it takes several times as long. */
  readonly defaultHosting: Scenario;
  readonly growth: readonly Scenario[];
  readonly starts: number;
  readonly startsOfDefault: number;
}

export interface Scenario {
  readonly size: Size;
  readonly rounds: number;
  readonly operations: readonly Operation[];
}

const servers = (count: number): Size => ({ servers: count, groups: 1 });
const groups = (count: number): Size => ({ servers: 3, groups: count });
const WALK_THROUGH = groups(1);
const BOTH = ["preview", "update"] as const;

export const FULL: Plan = {
  walkThrough: { size: WALK_THROUGH, rounds: 9, operations: OPERATIONS },
  defaultHosting: { size: WALK_THROUGH, rounds: 2, operations: OPERATIONS },
  growth: [servers(10), servers(100), servers(1000), groups(1), groups(10), groups(50)].map(
    (size) => ({ size, rounds: 3, operations: BOTH }),
  ),
  starts: 9,
  startsOfDefault: 2,
};

export const QUICK: Plan = {
  walkThrough: { size: WALK_THROUGH, rounds: 2, operations: BOTH },
  defaultHosting: { size: WALK_THROUGH, rounds: 1, operations: ["preview"] },
  growth: [servers(100), groups(10)].map((size) => ({ size, rounds: 1, operations: ["preview"] })),
  starts: 3,
  startsOfDefault: 1,
};
