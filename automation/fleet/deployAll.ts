import { CancelledError } from "../errors";
import type { UpOptions } from "../operations";
import type { EnvironmentOptions } from "../options";
import { deploy, waitForHealth } from "./deployment";
import { hashOf, Journal, JournalError } from "./journal";
import type { ProgressEvent } from "../progress";
import { type FleetMember, tasksOf } from "./plan";
import { atMost, runInOrder } from "./schedule";
import { type FleetEntry, type FleetEvent, type FleetSummary, summaryOf } from "./summary";

/** The options of a fleet's deployment. */
export interface FleetOptions {
  /**
   * The number of environments that are deployed, or waited for at a health gate, at a time.
   *
   * Each needs a process of the engine with about 200 MiB of memory. Defaults to 4.
   */
  readonly concurrency?: number;
  /**
   * Whether environments that don't depend on a failed one are still deployed.
   *
   * In both cases, no wave starts after a failed one. Defaults to "stop": no deployment starts any more, and those that
   * run are finished.
   */
  readonly onFailure?: "stop" | "continue";
  /**
   * The file in which a run records its progress. With it, a run that crashed is resumed: environments that
   * are deployed with the same configuration are skipped. Deployments that were interrupted are completed,
   * and locks that the crash left on this machine are released.
   *
   * Defaults to none.
   */
  readonly journal?: string;
  /**
   * Waits after each wave until all targets of its environments are healthy, for `timeLimit`
   * milliseconds at most. Otherwise no further wave starts.
   *
   * Defaults to no gate.
   */
  readonly healthGate?: { readonly timeLimit: number };
  /**
   * Sends requests to other target groups only when the targets there are healthy, as the option of `up` does.
   *
   * Defaults to sending requests there at once.
   */
  readonly switchWhenHealthy?: UpOptions["switchWhenHealthy"];
  /** When it is aborted, no deployment starts, and running deployments are cancelled. */
  readonly signal?: AbortSignal;
  /**
   * For each environment, in milliseconds.
   *
   * Defaults to no limit.
   */
  readonly timeLimit?: number;
  /** Called for each step of each environment. */
  readonly onProgress?: (event: FleetEvent) => void;
}

const DEFAULT_CONCURRENCY = 4;

/**
 * Deploys many environments, and returns the result of each.
 *
 * It does not fail if an environment fails: the summary has the reasons.
 *
 * @throws FleetPlanError if the order is not valid, JournalError if the journal can't be used. If
 * that happens while environments are deployed, it is thrown when they have ended.
 */
export async function deployAll(
  members: readonly FleetMember[],
  options: FleetOptions = {},
): Promise<FleetSummary> {
  const begin = performance.now();
  const tasks = tasksOf(members, options);
  const journal = options.journal === undefined ? undefined : await Journal.open(options.journal);
  const fleet = new Fleet(members, options, journal);
  try {
    await runInOrder(tasks, {
      concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
      continueOnFailure: options.onFailure === "continue",
      signal: options.signal,
      run: (name) => fleet.run(name),
      gate: (names) => fleet.gate(names),
      skip: (name, reason) => {
        fleet.end(name, { status: "not started", reason: new Error(reason), duration: 0 });
      },
    });
    const names = tasks.map(({ name }) => name);
    const summary = summaryOf(fleet.entries, names, performance.now() - begin, fleet.unhealthy);
    const { deployed, "already deployed": already } = summary.counts;
    if (deployed + already === tasks.length && !summary.unhealthy) await fleet.record("finished");
    const failure = journal?.failure;
    if (failure !== undefined) throw new JournalError(failure.message, summary, failure.cause);
    return summary;
  } finally {
    await journal?.close();
  }
}

/** A fleet while it is deployed. */
class Fleet {
  readonly entries = new Map<string, FleetEntry>();
  unhealthy: Error | undefined;
  private readonly optionsOf: ReadonlyMap<string, EnvironmentOptions>;

  constructor(
    members: readonly FleetMember[],
    private readonly options: FleetOptions,
    private readonly journal: Journal | undefined,
  ) {
    this.optionsOf = new Map(members.map(({ options: one }) => [one.name, one]));
  }

  /** Deploys one environment if it is not deployed already. Resolves to false if that fails. */
  async run(name: string): Promise<boolean> {
    const options = this.optionsOf.get(name);
    if (options === undefined) throw new Error(`${name} is not in the fleet`);
    const begin = performance.now();
    const hash = this.journal ? await hashOf(options) : "";
    const before = this.journal?.previousRun(name, hash);
    if (before === "deployed") {
      this.end(name, { status: "already deployed", duration: 0 });
      return true;
    }
    // Don't start what can't be recorded: after a crash it would be unknown.
    const journalError = await this.record("begun", name, hash);
    if (journalError !== undefined) {
      this.end(name, { status: "not started", reason: journalError, duration: 0 });
      return false;
    }
    this.tell({ environment: name, status: "deploying" });
    const { signal, timeLimit, switchWhenHealthy } = this.options;
    const onProgress = (progress: ProgressEvent) => {
      this.tell({ environment: name, status: "progress", progress });
    };
    try {
      const afterCrash = before === "interrupted";
      const run = { signal, timeLimit, switchWhenHealthy, onProgress, afterCrash };
      const { counts, outputs, warnings, interrupted } = await deploy(options, run);
      const duration = performance.now() - begin;
      await this.record("deployed", name, hash);
      this.end(name, { status: "deployed", counts, outputs, warnings, interrupted, duration });
      return true;
    } catch (error) {
      const status = error instanceof CancelledError ? "cancelled" : "failed";
      const duration = performance.now() - begin;
      await this.record("failed", name, hash);
      this.end(name, { status, reason: errorOf(error), duration });
      return false;
    }
  }

  /** Waits until the targets of a wave are healthy. Resolves to the reason if they are not. */
  async gate(names: readonly string[]): Promise<string | undefined> {
    const { healthGate, signal, concurrency = DEFAULT_CONCURRENCY } = this.options;
    if (healthGate === undefined) return undefined;
    const end = new AbortController();
    const abort = () => {
      end.abort();
    };
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    try {
      const members = names.flatMap((name) => this.optionsOf.get(name) ?? []);
      await atMost(concurrency, members, async (one) => {
        try {
          await waitForHealth(one, healthGate.timeLimit, end.signal);
        } catch (error) {
          // Stop waiting for the others.
          abort();
          throw error;
        }
      });
      return undefined;
    } catch (error) {
      this.unhealthy = errorOf(error);
      return this.unhealthy.message;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Writes a step into the journal. Resolves to the error if that fails. */
  async record(
    event: "begun" | "deployed" | "failed" | "finished",
    name = "",
    hash = "",
  ): Promise<JournalError | undefined> {
    try {
      await (event === "finished"
        ? this.journal?.finish()
        : this.journal?.write(event, name, hash));
      return undefined;
    } catch (error) {
      if (error instanceof JournalError) return error;
      throw error;
    }
  }

  end(name: string, entry: FleetEntry): void {
    this.entries.set(name, entry);
    this.tell({ environment: name, status: entry.status });
  }

  private tell(event: FleetEvent): void {
    this.options.onProgress?.(event);
  }
}

const errorOf = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));
