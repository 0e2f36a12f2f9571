import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { AwsError } from "./aws";

/** AWS refuses the call, which has no effect. */
export interface ErrorFault {
  readonly kind: "error";
  /**
   * AWS's code: "Throttling", "AccessDenied" and so on.
   *
   * The real provider asks again for minutes when AWS throttles it or fails itself ("Throttling",
   * "RequestLimitExceeded", "InternalFailure", "ServiceUnavailable"). Here it reports such a code at once, in
   * the words in which it gives up. The endpoint for AWS's SDKs answers it once, and they ask again by themselves.
   */
  readonly code: string;
  readonly message: string;
}

/** The call reaches AWS later, unless it is canceled meanwhile. */
export interface LatencyFault {
  readonly kind: "latency";
  readonly milliseconds: number;
}

/** The call reaches AWS when the promise resolves, unless it is canceled meanwhile. */
export interface HoldFault {
  readonly kind: "hold";
  readonly until: Promise<void>;
}

/**
 * The caller's process dies before it gets the answer: AWS has made the change, but no state has it.
 *
 * Of the provider one process dies, that of the engine's connection; the next update gets a new one. The
 * engine takes a broken connection for a call that did nothing, so what was created stays behind unrecorded.
 * A client of the endpoint loses its connection.
 */
export interface CrashFault {
  readonly kind: "crash";
}

/**
 * AWS makes the change, but its answer is lost. The caller gets the error of a connection that broke.
 *
 * The real provider's SDK then calls again, and AWS may refuse the second call as a duplicate.
 */
export interface LostFault {
  readonly kind: "lost";
  /**
   * Called when AWS has made the change. The caller gets the error when the promise resolves, unless it is
   * canceled meanwhile. Defaults to at once.
   */
  readonly hold?: () => Promise<void>;
}

export type Fault = ErrorFault | LatencyFault | HoldFault | CrashFault | LostFault;

/** Which calls go wrong, and how. */
export interface FaultRequest {
  /** The API operation's name, as in the calls' log: "CreateTargetGroup". */
  readonly call: string;
  /**
   * The first call of this name that goes wrong, counted from now.
   *
   * From 1. Defaults to 1, the next.
   */
  readonly at?: number;
  /**
   * How many calls of this name go wrong from there on.
   *
   * From 1, Infinity for all. Defaults to 1.
   */
  readonly times?: number;
  readonly fault: Fault;
}

/** A fault that was asked for. */
export interface PlannedFault {
  /** Resolves when it strikes for the first time. */
  readonly reached: Promise<void>;
  /** Takes back what has not struck yet. */
  withdraw(): void;
}

interface Plan extends Required<FaultRequest> {
  seen: number;
  readonly reach: () => void;
}

/** The faults that AWS on one machine is asked for, whoever makes the calls. */
export class Faults {
  private readonly plans = new Set<Plan>();

  /**
   * Asks for a fault; several on one call strike in the order in which they were added.
   *
   * @throws RangeError for a place or a number below 1.
   */
  add({ call, at = 1, times = 1, fault }: FaultRequest): PlannedFault {
    if (!(at >= 1 && times >= 1)) {
      throw new RangeError(
        `a fault strikes from call 1 on, once or more: at ${at}, times ${times}`,
      );
    }
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const plan: Plan = { call, at, times, fault, seen: 0, reach };
    this.plans.add(plan);
    return { reached, withdraw: () => this.plans.delete(plan) };
  }

  /** Lets a call wait or fail as was asked for; what is to happen after it. */
  async strike(call: string, signal: AbortSignal): Promise<CrashFault | LostFault | undefined> {
    const struck = this.due(call);
    for (const fault of struck) {
      await undergo(fault, signal);
    }
    return struck.find((fault) => fault.kind === "crash" || fault.kind === "lost");
  }

  /** Counted before anything is awaited, so that calls at the same time have each its number. */
  private due(call: string): Fault[] {
    const plans = [...this.plans].filter((plan) => plan.call === call);
    return plans.flatMap((plan) => {
      plan.seen += 1;
      if (plan.seen < plan.at) return [];
      if (plan.seen >= plan.at + plan.times - 1) this.plans.delete(plan);
      plan.reach();
      return [plan.fault];
    });
  }
}

async function undergo(fault: Fault, signal: AbortSignal): Promise<void> {
  switch (fault.kind) {
    case "error":
      throw new AwsError(fault.code, fault.message);
    case "latency":
      return pause(fault.milliseconds, undefined, { signal });
    case "hold":
      return unlessAborted(fault.until, signal);
    case "crash":
    case "lost":
      return;
  }
}

export async function unlessAborted(until: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = once(signal, "abort", { signal: over.signal });
  await Promise.race([until, aborted]).finally(() => {
    over.abort();
  });
  signal.throwIfAborted();
}
