import { EventEmitter, once } from "node:events";
import type { TargetState, TargetTransition } from "./aws";
import type { Emulator } from "./emulator";

const LONGEST_WAIT = 60_000;

/** The states of all targets, kept up to date. */
export class TargetStates {
  private readonly states = new Map<string, TargetState>();
  private readonly changes = new EventEmitter();

  constructor({ elb }: Emulator, subscriber: (transition: TargetTransition) => void) {
    elb.onTargetTransition((transition) => {
      this.states.set(transition.target.id, transition.state);
      subscriber(transition);
      this.changes.emit("change");
    });
  }

  /** Resolves when every one of the instances is in the state; rejects when that takes a minute. */
  async until(ids: readonly string[], state: TargetState, signal: AbortSignal): Promise<void> {
    const timeout = new AbortController();
    // A signal of AbortSignal.timeout may be collected, and then never ends the wait.
    const timer = setTimeout(() => {
      timeout.abort();
    }, LONGEST_WAIT);
    const limit = AbortSignal.any([signal, timeout.signal]);
    try {
      while (!ids.every((id) => this.states.get(id) === state)) {
        await once(this.changes, "change", { signal: limit });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
