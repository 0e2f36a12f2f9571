import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { AccountServices, LambdaFunction, TargetDescription, TargetGroup } from "../aws";
import { seconds } from "./attributes";
import { probe, probeFunction } from "./healthProbe";
import { findFunction, findServer, hostOf } from "./targetAddress";
import {
  type CheckFailure,
  DRAINING,
  type Health,
  HealthRecord,
  NOT_REGISTERED,
  REGISTERING,
  UNCHECKED,
} from "./targetHealth";

/** What a registration needs of its target group and of the account. */
export interface TargetContext {
  readonly services: AccountServices;
  /** Why the target gets no traffic and no checks; undefined when it is in use. */
  whyUnused(): Health | undefined;
  /** Whether another target of the group is healthy and takes its full share. */
  hasSettledPeer(): boolean;
  changed(health: Health, from: Health | undefined): void;
  gone(): void;
}

/** One registration: its health, its checks, its connections and the requests it is serving. */
export class RegisteredTarget {
  readonly agent: HttpAgent;
  /** The moment it began to take a growing share, if the group has slow start. */
  rampStartedAt: number | undefined;
  private current: Health | undefined;
  private readonly record = new HealthRecord();
  private readonly inFlight = new Set<() => void>();
  private cadence: NodeJS.Timeout | undefined;
  private drainTimer: NodeJS.Timeout | undefined;
  private checks = new AbortController();

  constructor(
    readonly group: TargetGroup,
    readonly description: TargetDescription,
    private readonly context: TargetContext,
  ) {
    const options = { keepAlive: true };
    this.agent =
      group.protocol === "HTTPS"
        ? new HttpsAgent({ ...options, rejectUnauthorized: false })
        : new HttpAgent(options);
    this.startCadence();
    this.refresh();
  }

  get health(): Health {
    return this.current ?? REGISTERING;
  }

  get outstanding(): number {
    return this.inFlight.size;
  }

  /** The Availability Zone that the target lies in. */
  get zone(): string | undefined {
    return findServer(this.context.services, this.group, this.description.id)?.availabilityZone;
  }

  /** The function, where it is one and is there. */
  get function(): LambdaFunction | undefined {
    return findFunction(this.context.services, this.description.id);
  }

  /** Where the target is found on this machine; undefined where nothing would answer. */
  localPort(port: number): number | undefined {
    return findServer(this.context.services, this.group, this.description.id)?.ports.get(port);
  }

  /** Takes up or leaves use, as listeners, zones and the server's own state say. */
  refresh(): void {
    if (this.health.state === "draining") {
      return;
    }
    const unused = this.context.whyUnused();
    if (unused !== undefined) {
      this.forgetChecks();
      this.become(unused);
    } else if (this.current === undefined || this.current.state === "unused") {
      this.begin();
    }
  }

  /** Puts changed intervals and timeouts into force. */
  restartChecks(): void {
    if (["draining", "unused"].includes(this.health.state)) {
      return;
    }
    const wasChecked = this.health.state !== "unavailable";
    if (wasChecked === this.isChecked) {
      this.startCadence();
    } else {
      this.begin();
    }
  }

  /** Counts a request as in flight until the answer is called; cut ends it when time runs out. */
  serve(cut: () => void): () => void {
    this.inFlight.add(cut);
    return () => this.inFlight.delete(cut);
  }

  deregister(): void {
    const delay = seconds(this.group.attributes, "deregistration_delay.timeout_seconds");
    if (this.health.state === "draining") {
      return;
    }
    this.stopChecks();
    // A function has nothing to drain, and no delay.
    if (this.health.state === "unused" || !(delay > 0)) {
      this.leave();
      return;
    }
    this.become(DRAINING);
    this.drainTimer = setTimeout(() => {
      this.leave();
    }, delay * 1000);
    this.drainTimer.unref();
  }

  /** A draining target that is registered again starts anew. */
  revive(): void {
    clearTimeout(this.drainTimer);
    this.current = undefined;
    this.startCadence();
    this.refresh();
  }

  close(): void {
    this.stopChecks();
    clearTimeout(this.drainTimer);
    for (const cut of this.inFlight) {
      cut();
    }
    this.agent.destroy();
  }

  /** From the start of use: one check at once, the others at the interval. */
  private begin(): void {
    this.forgetChecks();
    if (!this.isChecked) {
      clearInterval(this.cadence);
      this.become(UNCHECKED);
      return;
    }
    this.become(REGISTERING);
    this.startCadence();
    void this.check();
  }

  private get isChecked(): boolean {
    return this.group.healthCheck.enabled !== false;
  }

  private leave(): void {
    this.close();
    this.become(NOT_REGISTERED);
    this.context.gone();
  }

  private startCadence(): void {
    clearInterval(this.cadence);
    this.cadence = setInterval(() => {
      this.tick();
    }, this.group.healthCheck.intervalSeconds * 1000);
    this.cadence.unref();
  }

  private tick(): void {
    const begun = this.current;
    this.refresh();
    if (this.current === begun) {
      void this.check();
    }
  }

  private stopChecks(): void {
    clearInterval(this.cadence);
    this.forgetChecks();
  }

  private forgetChecks(): void {
    this.checks.abort();
    this.checks = new AbortController();
    this.record.reset();
  }

  private async check(): Promise<void> {
    if (this.health.state === "unused") {
      return;
    }
    const { healthCheck } = this.group;
    const { signal } = this.checks;
    if (this.group.targetType === "lambda") {
      const failure = await probeFunction(this.group, this.function, healthCheck, signal);
      if (!signal.aborted) {
        this.count(failure);
      }
      return;
    }
    const port =
      healthCheck.port === "traffic-port" ? this.description.port : Number(healthCheck.port);
    const server = findServer(this.context.services, this.group, this.description.id);
    const host = `${hostOf(this.group, this.description.id, server)}:${port}`;
    const failure = await probe({ localPort: this.localPort(port), host }, healthCheck, signal);
    if (!signal.aborted) {
      this.count(failure);
    }
  }

  private count(failure: CheckFailure | undefined): void {
    this.become(this.record.after(failure, this.health, this.group.healthCheck));
  }

  private become(next: Health): void {
    const from = this.current;
    if (from?.state === next.state) {
      this.current = next;
      return;
    }
    const slow = seconds(this.group.attributes, "slow_start.duration_seconds") > 0;
    // A first batch does not ramp: somebody has to take the traffic.
    const ramps = slow && next.state === "healthy" && this.context.hasSettledPeer();
    this.rampStartedAt = ramps ? Date.now() : undefined;
    this.current = next;
    this.context.changed(next, from);
  }
}
