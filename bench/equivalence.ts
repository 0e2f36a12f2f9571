import { isDeepStrictEqual } from "node:util";
import type { Variant } from "./variants";
import { VariantStack } from "./variantStack";
import type { Setup } from "./setup";

const SIZE = { servers: 3, groups: 2, rules: 2 };

/** Refuses to compare what does not make the same: every AWS resource by type, name and inputs. */
export async function checkEquivalence(
  setup: Setup,
  first: Variant,
  others: readonly Variant[],
): Promise<void> {
  const expected = await resourcesOf(setup, first);
  for (const other of others) {
    const found = await resourcesOf(setup, other);
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    const different = [...names].filter((name) => !isDeepStrictEqual(expected[name], found[name]));
    if (different.length > 0) {
      throw new Error(`${other.label} differs from ${first.label} in ${different.join(", ")}`);
    }
  }
}

/** The inputs of what was made, by type and name. */
async function resourcesOf(setup: Setup, variant: Variant): Promise<Record<string, unknown>> {
  const stack = await VariantStack.open(setup, variant, SIZE);
  try {
    await stack.run("update");
    return inputsIn(JSON.parse(await stack.state()));
  } finally {
    await stack.close();
  }
}

function inputsIn(state: unknown): Record<string, unknown> {
  const resources = listAt(at(state, "deployment"), "resources");
  const ours = resources.filter((resource) => String(at(resource, "type")).startsWith("aws:"));
  return Object.fromEntries(
    ours.map((resource) => {
      const name = String(at(resource, "urn")).split("::").slice(3).join("::");
      return [`${String(at(resource, "type"))} ${name}`, withoutIds(at(resource, "inputs"))];
    }),
  );
}

/** What AWS made up differs from run to run: the ids and names of what was created. */
function withoutIds(inputs: unknown): unknown {
  const text = JSON.stringify(inputs)
    .replace(/arn:aws:elasticloadbalancing:[^"]*/g, "arn")
    .replace(/sg-[0-9a-f]{17}/g, "sg")
    .replace(/(-(?:alb|tg|sg))-[0-9a-f]{7}/g, "$1");
  return JSON.parse(text);
}

function listAt(value: unknown, key: string): unknown[] {
  const found = at(value, key);
  if (!Array.isArray(found)) throw new Error(`the state has no ${key}`);
  return found;
}

function at(value: unknown, key: string): unknown {
  const found: unknown = Object(value) === value ? Reflect.get(Object(value), key) : undefined;
  return found;
}
