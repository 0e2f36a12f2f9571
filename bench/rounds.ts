import type { Contestant } from "./variants";
import type { Operation } from "./operations";
import type { Course } from "./plan";
import { type Size, Stage } from "./variantStack";
import type { Workbench } from "./setup";

/** Milliseconds by contestant and operation, one for each round, in the order of the rounds. */
export type Times = Record<string, Partial<Record<Operation, number[]>>>;

/**
 * Lets contestants run side by side: each operation is run by all of them, one after the other, before
 * the next one is. What else happens on the machine meanwhile then happens to all of them alike.
 */
export async function race(
  bench: Workbench,
  contestants: readonly Contestant[],
  { operations, size, rounds }: Course,
): Promise<Times> {
  const times: Times = Object.fromEntries(contestants.map(({ key }) => [key, {}]));
  for (let round = 0; round < rounds; round++) {
    const stages = await openAll(bench, rotated(contestants, round), size);
    try {
      for (const operation of operations) {
        for (const stage of stages) {
          const own = times[stage.contestant.key];
          own[operation] = [...(own[operation] ?? []), await stage.run(operation)];
        }
      }
    } finally {
      await Promise.all(stages.map((stage) => stage.close()));
    }
  }
  return times;
}

async function openAll(
  bench: Workbench,
  contestants: readonly Contestant[],
  size: Size,
): Promise<Stage[]> {
  const stages: Stage[] = [];
  for (const contestant of contestants) stages.push(await Stage.open(bench, contestant, size));
  return stages;
}

/** Who goes first changes with each round. */
function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
