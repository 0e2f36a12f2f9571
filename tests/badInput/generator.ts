import fc from "fast-check";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { argsOf, validSets } from "../changes/generator";

/** What users write by mistake, and what attackers write on purpose. */
const WRONG: readonly fc.Arbitrary<unknown>[] = [
  fc.constantFrom<unknown>(
    null,
    undefined,
    "",
    " ",
    0,
    -1,
    1.5,
    65536,
    1e9,
    NaN,
    Infinity,
    true,
    false,
  ),
  fc.constantFrom<unknown>([], {}, [[]], [null], [""], { a: {} }, { "": 1 }, [undefined]),
  fc.constantFrom<unknown>(10n, Symbol("s"), () => 1, new Date(0), Object.create(null), new Map()),
  fc.constantFrom<unknown>(
    "*",
    "#{port}",
    "traffic-port",
    "0.0.0.0/33",
    "10.0.0.1/8",
    "::/0",
    "sg-1",
    "i-1",
  ),
  fc.constantFrom<unknown>(
    "a\u0000b",
    "\u001b[31mred",
    "\u202eabc",
    "a\r\nb: c",
    "__proto__",
    "constructor",
  ),
  fc.constantFrom<unknown>(
    "x".repeat(100_000),
    Array.from({ length: 2000 }, () => "i-1"),
    nested(5000),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer(),
];

function nested(depth: number): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

const KEYS = [
  "portt",
  "Port",
  "scheme",
  "enableHttp2",
  "healthChecks",
  "__proto__",
  "toString",
  "0",
  "",
];

/** Changes a value at a place: at the depth and in the direction that the numbers say. */
interface Fault {
  readonly steps: readonly number[];
  readonly value: unknown;
  readonly addedKey: string | undefined;
}

const fault: fc.Arbitrary<Fault> = fc.record({
  steps: fc.array(fc.nat(50), { minLength: 1, maxLength: 4 }),
  value: fc.oneof(...WRONG),
  addedKey: fc.option(fc.constantFrom(...KEYS), { nil: undefined, freq: 4 }),
});

/** The value with the fault in it. */
function broken(value: unknown, { steps, value: wrong, addedKey }: Fault): unknown {
  if (steps.length === 0 || typeof value !== "object" || value === null) return wrong;
  const [step, ...rest] = steps;
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const keys = Object.keys(copy);
  const isAdded = addedKey !== undefined && rest.length === 0;
  if (keys.length === 0 && !isAdded) return wrong;
  const key = isAdded ? addedKey : keys[step % keys.length];
  const former: unknown = isAdded ? undefined : Reflect.get(copy, key);
  // Also defines a key such as __proto__, as JSON.parse does.
  return Object.defineProperty(copy, key, {
    value: isAdded ? wrong : broken(former, { steps: rest, value: wrong, addedKey }),
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Valid arguments, and in most of them up to three faults. */
export const inputs: fc.Arbitrary<LoadBalancedGroupArgs> = fc
  .tuple(validSets, fc.array(fault, { maxLength: 3 }))
  .map(([values, faults]) => {
    const args: unknown = argsOf(values);
    return faults.reduce(broken, args) as LoadBalancedGroupArgs;
  });

/** The texts of a stack's settings: of arguments, of faulty ones, and any texts. */
export const settings: fc.Arbitrary<[string, string][]> = fc
  .tuple(inputs, fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 2 }))
  .map(([args, others]) => [...Object.entries(Object(args) as object).flatMap(written), ...others]);

/** A value as the settings have it. They can't have some values, such as functions. */
function written([key, value]: [string, unknown]): [string, string][] {
  try {
    const text = typeof value === "string" ? value : (JSON.stringify(value) as string | undefined);
    return text === undefined ? [] : [[key, text]];
  } catch {
    return [];
  }
}
