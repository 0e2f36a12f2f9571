import type { ServedRequest } from "../elb/servedRequest";
import { defaultRuleId, targetNodeId } from "./picture";

/** One request, as the log shows it. */
export interface RequestEntry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** What the client got: a status, or why there was none. */
  readonly outcome: string;
  readonly failed: boolean;
  readonly milliseconds: number;
  /** The target that served it; missing where the load balancer answered itself. */
  readonly server?: string;
}

/** What was served in one second. */
export interface Second {
  /** Since 1970. */
  readonly at: number;
  readonly requests: number;
  readonly errors: number;
  /** Of latency in milliseconds, of half of the requests and of 95 in 100; missing without requests. */
  readonly p50?: number;
  readonly p95?: number;
  readonly byServer: Readonly<Record<string, number>>;
}

/** How many requests took the same way since the last time. */
export interface Flow {
  readonly listenerId: string;
  readonly ruleId: string;
  readonly targetId?: string;
  readonly count: number;
  readonly failed: number;
}

/** Ten minutes. */
const SECONDS_KEPT = 600;
const REQUESTS_KEPT = 50;
/** Of one second; more do not change what the percentiles say. */
const LATENCIES_KEPT = 2000;

const isFailure = (status: number | undefined) => status === undefined || status >= 500;

/** Counts requests second by second; what it keeps is bounded. */
export class Traffic {
  readonly seconds: Second[] = [];
  readonly requests: RequestEntry[] = [];
  private flows = new Map<string, Flow>();
  private fresh: RequestEntry[] = [];
  private freshSeconds: Second[] = [];
  private current = new Counting();
  private second: number;

  constructor(private readonly now: () => number = Date.now) {
    this.second = this.thisSecond();
  }

  served(request: ServedRequest): void {
    const { listenerArn, ruleArn, targetGroupArn, target, status, method, path } = request;
    const failed = isFailure(status);
    this.add({
      method,
      path,
      outcome: status === undefined ? "cut off" : String(status),
      failed,
      milliseconds: request.milliseconds,
      server: target?.id,
    });
    const ruleId = ruleArn ?? defaultRuleId(listenerArn);
    const targetId =
      targetGroupArn === undefined || target === undefined
        ? undefined
        : targetNodeId(targetGroupArn, target);
    const key = `${ruleId} ${targetId ?? ""}`;
    const { count = 0, failed: failures = 0 } = this.flows.get(key) ?? {};
    this.flows.set(key, {
      listenerId: listenerArn,
      ruleId,
      targetId,
      count: count + 1,
      failed: failures + (failed ? 1 : 0),
    });
  }

  /** A request that did not reach the load balancer. */
  missed(method: string, path: string, outcome: string, milliseconds: number): void {
    this.add({ method, path, outcome, failed: true, milliseconds });
  }

  /** Returns and forgets what came since the last time, with the seconds that are over. */
  take(): { seconds: Second[]; requests: RequestEntry[]; flows: Flow[] } {
    this.closeSeconds();
    const { freshSeconds: seconds, fresh: requests } = this;
    const flows = [...this.flows.values()];
    this.freshSeconds = [];
    this.fresh = [];
    this.flows = new Map();
    return { seconds, requests, flows };
  }

  private add(entry: Omit<RequestEntry, "at">): void {
    const rounded = { ...entry, milliseconds: Math.round(entry.milliseconds * 10) / 10 };
    const kept = { at: this.now(), ...rounded, path: entry.path.slice(0, 200) };
    for (const list of [this.requests, this.fresh]) {
      list.push(kept);
      if (list.length > REQUESTS_KEPT) list.shift();
    }
    this.closeSeconds();
    this.current.add(entry);
  }

  private closeSeconds(): void {
    const now = this.thisSecond();
    // After a sleep of the machine the gap is not filled.
    if (now - this.second > SECONDS_KEPT) this.second = now - 1;
    for (; this.second < now; this.second += 1) {
      const closed = this.current.close(this.second);
      this.current = new Counting();
      for (const list of [this.seconds, this.freshSeconds]) {
        list.push(closed);
        if (list.length > SECONDS_KEPT) list.shift();
      }
    }
  }

  private thisSecond(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** The requests of the second that goes on. */
class Counting {
  private requests = 0;
  private errors = 0;
  private readonly latencies: number[] = [];
  private readonly byServer: Record<string, number> = {};

  add({ failed, milliseconds, server }: Omit<RequestEntry, "at">): void {
    this.requests += 1;
    if (failed) this.errors += 1;
    if (this.latencies.length < LATENCIES_KEPT) this.latencies.push(milliseconds);
    if (server !== undefined) this.byServer[server] = (this.byServer[server] ?? 0) + 1;
  }

  close(at: number): Second {
    const sorted = this.latencies.sort((one, other) => one - other);
    const { requests, errors, byServer } = this;
    return { at, requests, errors, p50: nth(sorted, 0.5), p95: nth(sorted, 0.95), byServer };
  }
}

/** The smallest value that so large a part of the values does not exceed. */
function nth(sorted: readonly number[], part: number): number | undefined {
  const value = sorted.at(Math.max(Math.ceil(sorted.length * part) - 1, 0));
  return value === undefined ? undefined : Math.round(value * 10) / 10;
}
