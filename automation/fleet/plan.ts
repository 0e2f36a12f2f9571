import type { EnvironmentOptions } from "../options";

/** An environment of a fleet, and its place in the order. */
export interface FleetMember {
  readonly options: EnvironmentOptions;
  /**
   * The names of the environments that must be deployed before this one.
   *
   * They must be in the same wave or an earlier one. Defaults to none.
   */
  readonly after?: readonly string[];
  /**
   * The number of its wave. A wave starts when all earlier waves are deployed
   * and, with a health gate, healthy.
   *
   * Defaults to 1.
   */
  readonly wave?: number;
}

/** The place of a member in the order. */
export interface Task {
  readonly name: string;
  readonly after: readonly string[];
  readonly wave: number;
}

/** The order or the limits of a fleet are not valid. Nothing was started. */
export class FleetPlanError extends Error {
  constructor(
    /** All problems. */
    readonly problems: readonly string[],
  ) {
    super(`the fleet can't be deployed:${problems.map((one) => `\n  - ${one}`).join("")}`);
    this.name = "FleetPlanError";
  }
}

/** The limits of a fleet. Times are in milliseconds. */
export interface FleetLimits {
  readonly concurrency?: number;
  readonly timeLimit?: number;
  readonly healthGate?: { readonly timeLimit: number };
}

/**
 * The tasks of the members.
 *
 * @throws FleetPlanError if the order or the limits are not valid.
 */
export function tasksOf(members: readonly FleetMember[], limits: FleetLimits = {}): Task[] {
  const tasks = members.map(({ options, after = [], wave = 1 }) => ({
    name: options.name,
    after,
    wave,
  }));
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const problems = [
    ...limitProblems(limits, tasks),
    ...duplicates(tasks),
    ...tasks.flatMap((task) => wrongOrder(task, byName)),
  ];
  if (problems.length === 0) problems.push(...cycles(tasks, byName));
  if (problems.length > 0) throw new FleetPlanError(problems);
  return tasks;
}

function limitProblems(
  { concurrency, timeLimit, healthGate }: FleetLimits,
  tasks: readonly Task[],
): string[] {
  const isTime = (value: unknown) => typeof value === "number" && value > 0;
  const problems = tasks
    .filter(({ wave }) => !Number.isFinite(wave))
    .map(({ name, wave }) => `the wave of ${name} must be a number, got ${String(wave)}`);
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency >= 1)) {
    problems.push(`concurrency must be a whole number of at least 1, got ${String(concurrency)}`);
  }
  if (timeLimit !== undefined && !isTime(timeLimit)) {
    problems.push(
      `timeLimit must be a number of milliseconds greater than 0, got ${String(timeLimit)}`,
    );
  }
  if (healthGate !== undefined && !isTime(healthGate.timeLimit)) {
    const got = String(healthGate.timeLimit);
    problems.push(
      `healthGate.timeLimit must be a number of milliseconds greater than 0, got ${got}`,
    );
  }
  return problems;
}

function duplicates(tasks: readonly Task[]): string[] {
  const names = tasks.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `${name} is listed twice; list each environment once`);
}

function wrongOrder(task: Task, byName: ReadonlyMap<string, Task>): string[] {
  return task.after.flatMap((name) => {
    const before = byName.get(name);
    if (before === undefined) {
      return `${task.name}: its option "after" lists ${name}, which is not in the fleet; add ${name} to the fleet, or remove ${name} from "after"`;
    }
    if (before.wave <= task.wave) return [];
    return (
      `${task.name} is in wave ${task.wave}, but its option "after" lists ${name}, which is in wave ${before.wave}; ` +
      `put ${task.name} into wave ${before.wave} or a later one, or remove ${name} from "after"`
    );
  });
}

/** The cycles of members that wait for each other. */
function cycles(tasks: readonly Task[], byName: ReadonlyMap<string, Task>): string[] {
  const free = new Set<string>();
  const found: string[] = [];
  const visit = (task: Task, path: readonly string[]): void => {
    if (free.has(task.name)) return;
    const start = path.indexOf(task.name);
    if (start !== -1) {
      found.push(`${[...path.slice(start), task.name].join(" is after ")}; remove this cycle`);
      return;
    }
    for (const name of task.after) {
      const before = byName.get(name);
      if (before !== undefined) visit(before, [...path, task.name]);
    }
    free.add(task.name);
  };
  for (const task of tasks) visit(task, []);
  return found;
}
