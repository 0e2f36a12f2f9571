import type { EnvironmentOptions, UpResult } from "load-balanced-group/automation";

/**
 * The options of an environment in a workflow. They are stored in Temporal's history, so they have no secrets.
 * Credentials and the passphrase are environment variables of each worker. A configuration with secrets is a
 * settings file, which encrypts them, in a folder that all workers have.
 */
export type Options = Omit<EnvironmentOptions, (typeof SECRET)[number]>;

/** The options that must not be stored in Temporal's history. */
export const SECRET = ["environmentVariables", "engine", "secretKeys"] as const;

/** One environment of a fleet, as in `deployAll`. */
export interface Member {
  readonly options: Options;
  readonly after?: readonly string[];
  readonly wave?: number;
}

/** The input of the workflow. */
export interface FleetInput {
  readonly members: readonly Member[];
  /** The number of environments that are deployed at a time by all workers. Defaults to 4. */
  readonly concurrency?: number;
  /** Whether environments that don't depend on a failed one are still deployed. Defaults to "stop". */
  readonly onFailure?: "stop" | "continue";
  /** After each wave, all targets must be healthy within `timeLimit` milliseconds. Defaults to no gate. */
  readonly healthGate?: { readonly timeLimit: number };
}

/** The result of a deployment, without what can be read from the environment later. */
export interface Deployed {
  readonly url: string;
  readonly counts: UpResult["counts"];
  /**
   * The resources that were being created, changed or deleted when a worker crashed, with their names in AWS. Those
   * that were being created may exist in AWS twice now.
   */
  readonly interrupted?: readonly string[];
}

/** The status of one environment. */
export interface Entry extends Partial<Deployed> {
  readonly status: "waiting" | "deploying" | "deployed" | "failed" | "cancelled" | "not started";
  /** The kind of the error because of which it failed, if it has one. */
  readonly kind?: string;
  /** Why it failed or did not start. */
  readonly reason?: string;
}

/** By name. */
export type Fleet = Readonly<Record<string, Entry>>;

export const WORKFLOW = "deployFleet";
export const PROGRESS = "progress";
