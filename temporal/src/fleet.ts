import type { EnvironmentOptions, UpResult } from "load-balanced-group/automation";

/**
 * An environment as a workflow knows it. It stands in Temporal's history, so it has no secrets: credentials
 * and the passphrase are in the variables of each worker's own process, and a configuration with secrets
 * is a settings file, in which they are encrypted, in a folder that all workers have.
 */
export type Options = Omit<EnvironmentOptions, (typeof SECRET)[number]>;

/** What must not stand in the history. */
export const SECRET = ["environmentVariables", "engine", "secretKeys"] as const;

/** One environment of a fleet, as in `deployAll`. */
export interface Member {
  readonly options: Options;
  readonly after?: readonly string[];
  readonly wave?: number;
}

/** What the workflow is started with. */
export interface FleetInput {
  readonly members: readonly Member[];
  /** How many at a time, over all workers. Defaults to 4. */
  readonly concurrency?: number;
  /** Whether those that don't depend on a failed one are still deployed. Defaults to "stop". */
  readonly onFailure?: "stop" | "continue";
  /** After each wave, all targets must be healthy within so many milliseconds. Defaults to no gate. */
  readonly healthGate?: { readonly timeLimit: number };
}

/** What is told of a deployment; the rest of it can be read from the environment at any time. */
export interface Deployed {
  readonly url: string;
  readonly counts: UpResult["counts"];
  /**
   * What a worker that crashed was making, changing or deleting, with its name in AWS. What was being made
   * may exist there beside what was made instead.
   */
  readonly interrupted?: readonly string[];
}

/** How one environment is. */
export interface Entry extends Partial<Deployed> {
  readonly status: "waiting" | "deploying" | "deployed" | "failed" | "cancelled" | "not started";
  /** Why it failed or did not start: the kind of the error, where it has one, and its message. */
  readonly kind?: string;
  readonly reason?: string;
}

/** By name. */
export type Fleet = Readonly<Record<string, Entry>>;

export const WORKFLOW = "deployFleet";
export const PROGRESS = "progress";
