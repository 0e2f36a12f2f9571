import type { Rule, StepResult } from "./chain";
import { kindsOf, valid, without, type Chain, type Values } from "./generator";

/** Whether a chain breaks the rule. */
export type Breaks = (chain: Chain, rule: Rule) => Promise<boolean>;

/**
 * A smaller chain that breaks the same rule: the two sets between which it was broken, without the arguments
 * that have no part in it. It is the smallest that was found until the deadline.
 */
export async function shrink(
  chain: Chain,
  results: readonly StepResult[],
  breaks: Breaks,
  deadline: number,
): Promise<Chain> {
  const at = results.findIndex(({ violations }) => violations.length > 0);
  const { rule } = results[at].violations[0];
  let smallest = chain;
  const take = async (candidate: Chain): Promise<boolean> => {
    if (Date.now() > deadline || !(await breaks(candidate, rule))) return false;
    smallest = candidate;
    return true;
  };
  if (!(at > 0 && (await take([chain[at]])))) await take(chain.slice(Math.max(0, at - 1), at + 1));
  await take(smallest.map(({ values }) => ({ values, asOutputs: false })));
  const paths = new Set(smallest.flatMap(({ values }) => Object.keys(values)));
  for (const path of paths) {
    const rest = smallest.map((step) => ({ ...step, values: without(step.values, path) }));
    if (rest.every(({ values }) => isValid(values)) && (await take(rest))) continue;
    const [before, after] = [smallest[0], smallest[smallest.length - 1]];
    if (smallest.length < 2 || !kindsOf(before.values, after.values).includes(path)) continue;
    const unchanged = { ...without(after.values, path), [path]: before.values[path] };
    const values = before.values[path] === undefined ? without(unchanged, path) : unchanged;
    if (isValid(values)) await take([before, { ...after, values }]);
  }
  return smallest;
}

const isValid = (values: Values) =>
  Object.keys(valid(values)).length === Object.keys(values).length;

/** A chain as TypeScript that tests/changes/found.test.ts can hold. */
export function asTest(chain: Chain, rule: string): string {
  return [
    `  it("...", async () => {`,
    `    // ${rule}`,
    `    await holds(${JSON.stringify(chain, undefined, 2).replaceAll("\n", "\n    ")});`,
    "  });",
  ].join("\n");
}
