import type { Task } from "./plan";

/** How tasks are run. */
export interface Schedule {
  /** The number of tasks that run at a time. */
  readonly concurrency: number;
  /** Whether tasks that don't depend on a failed one still start. */
  readonly continueOnFailure: boolean;
  /** When it is aborted, no task starts any more. */
  readonly signal: AbortSignal | undefined;
  /** Runs one task. Resolves to false if it fails. */
  readonly run: (name: string) => Promise<boolean>;
  /**
   * Called after each wave in which all tasks succeeded. If it resolves to a reason, no further wave starts.
   */
  readonly gate: (wave: readonly string[]) => Promise<string | undefined>;
  /** Called for each task that never starts, with the reason. */
  readonly skip: (name: string, reason: string) => void;
}

/**
 * Runs the tasks wave by wave, each after those that it waits for. A task is run once or skipped.
 */
export async function runInOrder(tasks: readonly Task[], schedule: Schedule): Promise<void> {
  const waves = [...new Set(tasks.map(({ wave }) => wave))].sort((one, other) => one - other);
  const ended = new Map<string, boolean>();
  let reason: string | undefined;
  for (const wave of waves) {
    const members = tasks.filter((task) => task.wave === wave);
    if (reason !== undefined) {
      for (const { name } of members) schedule.skip(name, reason);
      continue;
    }
    await runWave(members, ended, schedule);
    const names = members.map(({ name }) => name);
    const failed = names.filter((name) => ended.get(name) !== true);
    reason =
      failed.length > 0
        ? `in wave ${wave}, these are not deployed: ${failed.join(", ")}`
        : await schedule.gate(names);
  }
}

async function runWave(
  tasks: readonly Task[],
  ended: Map<string, boolean>,
  { concurrency, continueOnFailure, signal, run, skip }: Schedule,
): Promise<void> {
  const waiting = new Set(tasks);
  const running = new Set<Promise<void>>();
  let failed: string | undefined;
  const errors: unknown[] = [];
  const stopped = () => {
    if (errors.length > 0) return "the deployment of the fleet was stopped";
    if (signal?.aborted) return "the run was cancelled";
    return continueOnFailure || failed === undefined ? undefined : `${failed} failed`;
  };
  const begin = async ({ name }: Task): Promise<void> => {
    const succeeded = await run(name);
    ended.set(name, succeeded);
    if (!succeeded) failed ??= name;
  };
  while (waiting.size > 0 && stopped() === undefined) {
    const next = [...waiting].find((task) => isReady(task, ended));
    if (next !== undefined && running.size < concurrency) {
      waiting.delete(next);
      const run: Promise<void> = begin(next)
        .catch((error: unknown) => errors.push(error))
        .then(() => void running.delete(run));
      running.add(run);
    } else if (running.size > 0) {
      await Promise.race(running);
    } else {
      break;
    }
  }
  await Promise.all(running);
  for (const task of waiting)
    skip(
      task.name,
      stopped() ?? `it waits for ${failedBefore(task, ended)}, which did not succeed`,
    );
  // Throw only when all running tasks have ended.
  if (errors.length > 0) throw errors[0];
}

/**
 * Works on every item, with at most `concurrency` at a time. After an error no work is started.
 *
 * @throws the first error, when all work that was started has ended.
 */
export async function atMost<T>(
  concurrency: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const errors: unknown[] = [];
  const one = async (): Promise<void> => {
    for (;;) {
      const next = waiting.shift();
      if (next === undefined || errors.length > 0) return;
      await work(next).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, one));
  if (errors.length > 0) throw errors[0];
}

const isReady = ({ after }: Task, ended: ReadonlyMap<string, boolean>) =>
  after.every((name) => ended.get(name) === true);

function failedBefore({ after }: Task, ended: ReadonlyMap<string, boolean>): string {
  return after.filter((name) => ended.get(name) !== true).join(", ");
}
