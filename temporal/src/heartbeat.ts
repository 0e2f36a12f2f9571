import { hostname } from "node:os";
import { Context } from "@temporalio/activity";

/** The details of a heartbeat. The next attempt of the same activity gets the last ones. */
interface Trace {
  readonly host: string;
  /** Whether the attempt ended. If not, it may have left a lock, or a running engine. */
  readonly ended: boolean;
  /** The hosts on which earlier attempts did not end. */
  readonly crashed: readonly string[];
  readonly done: number;
  readonly expected?: number;
}

const INTERVAL_MILLISECONDS = 1000;

/** Sends heartbeats to Temporal until the activity has ended. */
export class Heartbeat {
  private trace: Trace;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly context: Context) {
    const before: unknown = context.info.heartbeatDetails;
    const crashed = isTrace(before) ? crashedBy(before) : [];
    this.trace = { host: hostname(), ended: false, crashed, done: 0 };
    this.beat();
    this.timer = setInterval(() => {
      this.beat();
    }, INTERVAL_MILLISECONDS);
  }

  /** Whether an earlier attempt crashed on this machine. */
  get afterCrash(): boolean {
    return this.trace.crashed.includes(this.trace.host);
  }

  setProgress(done: number, expected: number | undefined): void {
    this.trace = { ...this.trace, done, expected };
  }

  /** The last heartbeat of an activity that fails always reaches Temporal. */
  end(): void {
    clearInterval(this.timer);
    this.trace = { ...this.trace, ended: true };
    this.beat();
  }

  private beat(): void {
    this.context.heartbeat(this.trace);
  }
}

/** A worker of another version may have written something else. */
function isTrace(value: unknown): value is Trace {
  return (
    typeof value === "object" &&
    value !== null &&
    "host" in value &&
    typeof value.host === "string" &&
    "ended" in value &&
    typeof value.ended === "boolean" &&
    "crashed" in value &&
    Array.isArray(value.crashed)
  );
}

const crashedBy = ({ host, ended, crashed }: Trace) =>
  ended ? crashed : [...new Set([...crashed, host])];
