import type { ResourceChange } from "./changes";
import type { Counts, OperationName, ProgressEvent } from "./progress";
import type { InterruptedResource } from "./state";

/** What ends a call early. */
export interface CallOptions {
  /**
   * Ends the operation when it is aborted.
   *
   * What AWS was asked for before is waited for and kept in the state. Then the operation fails with a
   * CancelledError.
   */
  readonly signal?: AbortSignal;
  /**
   * Ends the operation, as `signal` does, with a TimedOutError after this time.
   *
   * In milliseconds. Defaults to no limit.
   */
  readonly timeLimit?: number;
}

/** How an operation is run. */
export interface OperationOptions extends CallOptions {
  /** Is told of each resource when it begins and when it ends. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** How long is waited for targets' health. */
export interface HealthOptions {
  /** In milliseconds. */
  readonly timeLimit: number;
  /**
   * How often AWS is asked, in milliseconds.
   *
   * Defaults to 5000, the shortest interval of AWS's own checks.
   */
  readonly interval?: number;
  /** Ends the waiting with a CancelledError. */
  readonly signal?: AbortSignal;
}

/** How what changes AWS is run. */
export interface ChangeOptions extends OperationOptions {
  /**
   * Whether the process that changed it before has crashed. An engine that it left on this machine is
   * then waited for, and the lock of one that is gone is released; that of another machine is not.
   *
   * Defaults to false: a lock is a LockedError.
   */
  readonly afterCrash?: boolean;
}

/** How a deployment is run. */
export interface UpOptions extends ChangeOptions {
  /** A preview of the same configuration, from which the expected total is known. */
  readonly preview?: OperationResult;
}

/** What an operation came to. */
export interface OperationResult {
  readonly environment: string;
  readonly operation: OperationName;
  /** How many resources were (or, in a preview, would be) created, updated, left as they are and so on. */
  readonly counts: Counts;
  /** Every resource that was, or would be, changed; those that stay the same are left out. */
  readonly changes: readonly ResourceChange[];
  /** The component's and the engine's warnings. */
  readonly warnings: readonly string[];
  /** In milliseconds. */
  readonly duration: number;
}

/** What a change of AWS came to. */
export interface ChangeResult extends OperationResult {
  /**
   * What was being made, changed or deleted when the process before crashed, after `afterCrash`. What
   * was being made may exist in AWS beside what was made now.
   */
  readonly interrupted?: readonly InterruptedResource[];
}

/** What a deployment came to. */
export interface UpResult extends ChangeResult {
  readonly outputs: Outputs;
}

/** What a deployed environment is reached by. A secret output is "[secret]". */
export interface Outputs {
  readonly url: string;
  readonly dnsName: string;
  readonly zoneId: string;
  readonly loadBalancerArn: string;
  /** The main target group's; undefined where there is none. */
  readonly targetGroupArn: string | undefined;
  /** By the target groups' keys; the main one's is "default". */
  readonly targetGroupArns: Readonly<Record<string, string>>;
  /** By the listener's role: "http", "https". */
  readonly listenerArns: Readonly<Record<string, string>>;
  readonly securityGroupId: string | undefined;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** One operation of the past. */
export interface HistoryEntry {
  readonly version: number;
  readonly kind: string;
  readonly result: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly counts: Counts;
}
