import type { DomainRecord } from "../components/args";
import type { ResourceChange } from "./changes";
import type { Counts, OperationName, ProgressEvent } from "./progress";
import type { InterruptedResource } from "./state";

/** The options that end a call early. */
export interface CallOptions {
  /**
   * Stops the operation when it is aborted.
   *
   * Calls to AWS that have started are completed and recorded in the state. Then the operation fails with a
   * CancelledError.
   */
  readonly signal?: AbortSignal;
  /**
   * Stops the operation after this time, as `signal` does, with a TimedOutError.
   *
   * In milliseconds. Defaults to no limit.
   */
  readonly timeLimit?: number;
}

/** The options of an operation. */
export interface OperationOptions extends CallOptions {
  /** Called for each resource when its operation starts and when it ends. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** The options of waiting for the targets' health. */
export interface HealthOptions {
  /** In milliseconds. */
  readonly timeLimit: number;
  /**
   * The time between two calls to AWS, in milliseconds.
   *
   * Defaults to 5000, the shortest interval of AWS's own checks.
   */
  readonly interval?: number;
  /** Stops waiting, with a CancelledError. */
  readonly signal?: AbortSignal;
}

/** The options of operations that change AWS. */
export interface ChangeOptions extends OperationOptions {
  /**
   * Whether the process of the previous operation has crashed. If its engine still runs on this machine, it is
   * waited for. If it does not run any more, its lock is released. A lock of another machine is not released.
   *
   * Defaults to false: a lock leads to a LockedError.
   */
  readonly afterCrash?: boolean;
}

/** The options of a deployment. */
export interface UpOptions extends ChangeOptions {
  /** A preview of the same configuration, for the expected number of operations. */
  readonly preview?: OperationResult;
  /**
   * Sends requests to other target groups only when the targets there are healthy: to a target group that is new or
   * replaced, or that gets a larger share of the requests. Before that, it is added to the listener with weight 0,
   * in an update of its own, and AWS checks its targets. Auto Scaling groups, and services that register
   * themselves by the output `targetGroupArns`, have the time to register. Until then requests are
   * distributed as before.
   *
   * A target group that is replaced takes two updates before, because the former one first gets the key
   * `<key>-previous`. Each update has its own `timeLimit`. It needs a last update that succeeded, and does nothing in the first
   * deployment. It can't help if the load balancer itself is replaced; a warning says so.
   *
   * Defaults to sending requests there at once.
   *
   * @throws UnhealthyError if that takes longer than its `timeLimit`. Requests are still distributed as before
   * then. RefusedError if the change can't be made in this way.
   */
  readonly switchWhenHealthy?: Pick<HealthOptions, "timeLimit" | "interval">;
}

/** The result of an operation. */
export interface OperationResult {
  readonly environment: string;
  readonly operation: OperationName;
  /**
   * The numbers of resources that were (or, in a preview, would be) created, updated, unchanged and
   * so on.
   */
  readonly counts: Counts;
  /** Every resource that was, or would be, changed. */
  readonly changes: readonly ResourceChange[];
  /** The warnings of the component and the engine. */
  readonly warnings: readonly string[];
  /** In milliseconds. */
  readonly duration: number;
}

/** The result of an operation that changes AWS. */
export interface ChangeResult extends OperationResult {
  /**
   * With `afterCrash`: the resources that were being created, changed or deleted when the previous process crashed.
   * They were taken over as they are in AWS.
   */
  readonly interrupted?: readonly InterruptedResource[];
}

/** The result of a deployment. */
export interface UpResult extends ChangeResult {
  readonly outputs: Outputs;
}

/** The outputs of a deployed environment. A secret output is "[secret]". */
export interface Outputs {
  readonly url: string;
  readonly dnsName: string;
  readonly zoneId: string;
  readonly loadBalancerArn: string;
  /** That of the main target group; undefined if there is none. */
  readonly targetGroupArn: string | undefined;
  /** By the keys of the target groups; the main one has the key "default". */
  readonly targetGroupArns: Readonly<Record<string, string>>;
  /** By the same keys. */
  readonly targetGroupNames: Readonly<Record<string, string>>;
  /** The group's own listeners are "http" and "https"; further ones have their keys. */
  readonly listenerArns: Readonly<Record<string, string>>;
  /** By the keys of the rules. */
  readonly ruleArns: Readonly<Record<string, string>>;
  /** The DNS records to create for names of the domain without a hosted zone. */
  readonly domainRecords: readonly DomainRecord[];
  readonly securityGroupId: string | undefined;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** A past operation. */
export interface HistoryEntry {
  readonly version: number;
  readonly kind: string;
  readonly result: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly counts: Counts;
}
