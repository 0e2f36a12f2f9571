import type { Outputs } from "../operations";
import type { Counts, ProgressEvent } from "../progress";
import type { InterruptedResource } from "../state";

/** What became of one environment of a fleet. */
export interface FleetEntry {
  readonly status: "deployed" | "already deployed" | "failed" | "cancelled" | "not started";
  /** Why it failed, was cancelled or did not start. */
  readonly reason?: Error;
  readonly counts?: Counts;
  readonly outputs?: Outputs;
  readonly warnings?: readonly string[];
  /**
   * What a run that crashed was making, changing or deleting. What was being made may exist in AWS
   * beside what was made instead.
   */
  readonly interrupted?: readonly InterruptedResource[];
  /** In milliseconds; 0 for what did not start. */
  readonly duration: number;
}

/** What a fleet's deployment came to. */
export interface FleetSummary {
  /** By name, in the order of the members. */
  readonly environments: Readonly<Record<string, FleetEntry>>;
  readonly counts: Readonly<Record<FleetEntry["status"], number>>;
  /** Why a wave's targets did not become healthy, if a health gate closed. */
  readonly unhealthy?: Error;
  /** In milliseconds. */
  readonly duration: number;
}

/** One step of a fleet's deployment. */
export type FleetEvent =
  | { readonly environment: string; readonly status: "deploying" | FleetEntry["status"] }
  | { readonly environment: string; readonly status: "progress"; readonly progress: ProgressEvent };

export function summaryOf(
  entries: ReadonlyMap<string, FleetEntry>,
  names: readonly string[],
  duration: number,
  unhealthy: Error | undefined,
): FleetSummary {
  const counts = { deployed: 0, "already deployed": 0, failed: 0, cancelled: 0, "not started": 0 };
  for (const { status } of entries.values()) counts[status] += 1;
  const environments = names.flatMap((name) => {
    const entry = entries.get(name);
    return entry === undefined ? [] : [[name, entry] as const];
  });
  return { environments: Object.fromEntries(environments), counts, unhealthy, duration };
}
