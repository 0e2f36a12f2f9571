import type { Outputs } from "../operations";
import type { Counts, ProgressEvent } from "../progress";
import type { InterruptedResource } from "../state";

/** The result of one environment of a fleet. */
export interface FleetEntry {
  readonly status: "deployed" | "already deployed" | "failed" | "cancelled" | "not started";
  /** Why it failed, was cancelled or did not start. */
  readonly reason?: Error;
  readonly counts?: Counts;
  readonly outputs?: Outputs;
  readonly warnings?: readonly string[];
  /**
   * The resources that were being created, changed or deleted when a previous run crashed. Those that were being
   * created may exist in AWS twice now.
   */
  readonly interrupted?: readonly InterruptedResource[];
  /** In milliseconds; 0 if it was not started. */
  readonly duration: number;
}

/** The result of a fleet's deployment. */
export interface FleetSummary {
  /** By name, in the order of the members. */
  readonly environments: Readonly<Record<string, FleetEntry>>;
  readonly counts: Readonly<Record<FleetEntry["status"], number>>;
  /** Why a health gate stopped the deployment, if one did. */
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
