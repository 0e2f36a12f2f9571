import fc from "fast-check";
import { Rehearsal, type Rule, type StepResult } from "./chain";
import { chains, type Chain } from "./generator";
import { asTest, shrink } from "./shrink";

/** A chain that broke a rule. */
export interface Failure {
  readonly seed: number;
  readonly rules: readonly Rule[];
  /** What was found, and the shrunk chain as a test. */
  readonly report: string;
}

/** What became of many chains. */
export interface Summary {
  readonly chains: number;
  readonly steps: readonly StepResult[];
  readonly failures: readonly Failure[];
}

export function chainOf(seed: number): Chain {
  return fc.sample(chains, { seed, numRuns: 1 })[0];
}

/** How long a chain that broke a rule is made smaller. */
const SHRINKING_MILLISECONDS = 90_000;

/** Runs the chains of the seeds until the deadline. */
export async function runChains(
  seeds: Iterable<number>,
  {
    deadline = Infinity,
    shrinking = SHRINKING_MILLISECONDS,
    onChain,
  }: {
    readonly deadline?: number;
    readonly shrinking?: number;
    readonly onChain?: (seed: number, summary: Summary) => void;
  } = {},
): Promise<Summary> {
  const steps: StepResult[] = [];
  const failures: Failure[] = [];
  let count = 0;
  const rehearsals = new Rehearsals();
  try {
    for (const seed of seeds) {
      if (Date.now() > deadline) break;
      const chain = chainOf(seed);
      const results = await rehearsals.run(chain);
      count++;
      steps.push(...results);
      if (results.some(({ violations }) => violations.length > 0)) {
        const until = Math.min(deadline, Date.now() + shrinking);
        const breaks = async (candidate: Chain, rule: Rule) =>
          rulesOf(await rehearsals.run(candidate)).includes(rule);
        const smallest = shrinking > 0 ? await shrink(chain, results, breaks, until) : chain;
        failures.push({ seed, rules: rulesOf(results), report: describe(seed, results, smallest) });
      }
      onChain?.(seed, { chains: count, steps, failures });
    }
  } finally {
    await rehearsals.close();
  }
  return { chains: count, steps, failures };
}

/** One rehearsal after the other: one whose chain broke a rule may be left in any state, so it is given up. */
export class Rehearsals {
  private rehearsal: Rehearsal | undefined;

  async run(chain: Chain): Promise<StepResult[]> {
    this.rehearsal ??= await Rehearsal.open();
    try {
      const results = await this.rehearsal.run(chain);
      if (rulesOf(results).length > 0) await this.close();
      return results;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.rehearsal?.close();
    this.rehearsal = undefined;
  }
}

export function rulesOf(results: readonly StepResult[]): Rule[] {
  return results.flatMap(({ violations }) => violations.map(({ rule }) => rule));
}

function describe(seed: number, results: readonly StepResult[], smallest: Chain): string {
  const broken = results.flatMap(({ kinds, violations }) =>
    violations.map(({ rule, details }) =>
      [
        `not so: ${rule}`,
        `  changed: ${kinds.join(", ")}`,
        ...details.map((one) => `  ${one}`),
      ].join("\n"),
    ),
  );
  return [`chain ${seed}`, ...broken, asTest(smallest, rulesOf(results)[0])].join("\n");
}
