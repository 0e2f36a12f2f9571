import type { Variant } from "./variants";
import type { Operation } from "./operations";
import type { Scenario } from "./plan";
import { type Size, VariantStack } from "./variantStack";
import type { Setup } from "./setup";

/** Milliseconds by variant and operation, one for each round, in the order of the rounds. */
export type Times = Record<string, Partial<Record<Operation, number[]>>>;

/**
 * The engine saves all of the state at each step, which for a thousand servers takes most of the time,
 * whoever makes them. With these variables it saves it once, at the end.
 */
export const SAVE_ONCE = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/**
 * Lets variants run side by side: each operation is run by all of them, one after the other, before
 * the next one is. What else happens on the machine meanwhile then happens to all of them alike.
 */
export async function measureVariants(
  setup: Setup,
  variants: readonly Variant[],
  { operations, size, rounds }: Scenario,
): Promise<Times> {
  const times: Times = Object.fromEntries(variants.map(({ key }) => [key, {}]));
  for (let round = 0; round < rounds; round++) {
    const stacks = await openAll(setup, rotated(variants, round), size);
    try {
      for (const operation of operations) {
        for (const stack of stacks) {
          const own = times[stack.variant.key];
          own[operation] = [...(own[operation] ?? []), await stack.run(operation)];
        }
      }
    } finally {
      await Promise.all(stacks.map((stack) => stack.close()));
    }
  }
  return times;
}

async function openAll(
  setup: Setup,
  variants: readonly Variant[],
  size: Size,
): Promise<VariantStack[]> {
  const stacks: VariantStack[] = [];
  for (const variant of variants) stacks.push(await VariantStack.open(setup, variant, size));
  return stacks;
}

/** Who goes first changes with each round. */
function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
