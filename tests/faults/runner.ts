import { spawnSync } from "node:child_process";
import fc from "fast-check";
import type { Situation } from "./arguments";
import {
  type CleanRun,
  type FaultResult,
  FaultRehearsal,
  type Kind,
  KINDS,
  type Point,
} from "./rehearsal";

/** One update in which one thing goes wrong. */
interface Trial {
  readonly situation: Situation;
  readonly kind: Kind;
  readonly point: Point;
}

/** Makes updates go wrong, in an order that the seed decides, until the deadline. */
export async function runFaults(
  situations: readonly Situation[],
  {
    deadline,
    seed,
    kinds = KINDS,
    onResult,
  }: {
    readonly deadline: number;
    readonly seed: number;
    readonly kinds?: readonly Kind[];
    readonly onResult: (result: FaultResult) => void;
  },
): Promise<FaultResult[]> {
  const results: FaultResult[] = [];
  let rehearsal: FaultRehearsal | undefined;
  const cleanRuns = new Map<Situation, CleanRun>();
  try {
    rehearsal = await FaultRehearsal.open();
    for (const situation of situations) cleanRuns.set(situation, await rehearsal.clean(situation));
    const usable = kinds.filter((kind) => kind !== "the disk with the state is full" || canMount());
    for (const { situation, kind, point } of trials(cleanRuns, usable, seed)) {
      if (Date.now() > deadline) break;
      rehearsal ??= await FaultRehearsal.open();
      const clean = cleanRuns.get(situation);
      if (clean === undefined) continue;
      const result = await rehearsal.run(situation, clean, kind, point);
      results.push(result);
      onResult(result);
      // What is left over would be found by the next ones.
      if (result.violations.length > 0) {
        await rehearsal.close();
        rehearsal = undefined;
      }
    }
  } finally {
    await rehearsal?.close();
  }
  return results;
}

/** All calls with all faults, shuffled; each kind of fault in each situation in turn. */
function trials(
  cleanRuns: ReadonlyMap<Situation, CleanRun>,
  kinds: readonly Kind[],
  seed: number,
): Trial[] {
  const lists = [...cleanRuns].flatMap(([situation, { points }]) =>
    kinds.map((kind, index) => {
      const whole = fc.shuffledSubarray([...points], { minLength: points.length });
      const [shuffled] = fc.sample(whole, { seed: seed + index, numRuns: 1 });
      return shuffled.map((point): Trial => ({ situation, kind, point }));
    }),
  );
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((one) => one[index] ?? []),
  ).flat();
}

/** Whether this process may mount a small disk. */
function canMount(): boolean {
  return process.getuid?.() === 0 && spawnSync("mount", ["--version"]).status === 0;
}
