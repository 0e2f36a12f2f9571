import { OPERATIONS, type Operation } from "./operations";
import type { Size } from "./variantStack";

/** What is measured, and how often. */
export interface Plan {
  readonly tutorial: Scenario;
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
const TUTORIAL = groups(1);
const BOTH = ["preview", "update"] as const;

export const FULL: Plan = {
  tutorial: { size: TUTORIAL, rounds: 9, operations: OPERATIONS },
  defaultHosting: { size: TUTORIAL, rounds: 2, operations: OPERATIONS },
  growth: [servers(10), servers(100), servers(1000), groups(1), groups(10), groups(50)].map(
    (size) => ({ size, rounds: 3, operations: BOTH }),
  ),
  starts: 9,
  startsOfDefault: 2,
};

export const QUICK: Plan = {
  tutorial: { size: TUTORIAL, rounds: 2, operations: BOTH },
  defaultHosting: { size: TUTORIAL, rounds: 1, operations: ["preview"] },
  growth: [servers(100), groups(10)].map((size) => ({ size, rounds: 1, operations: ["preview"] })),
  starts: 3,
  startsOfDefault: 1,
};
