import fc from "fast-check";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { findProblems } from "../../components/validation";
import { CERTIFICATE, SECOND } from "../support/stage";
import { CHOICES } from "./arguments";

/** Values of arguments by their paths, such as `targetGroup.port`. */
export type Values = Readonly<Record<string, unknown>>;

/** One set of valid arguments, whose values may be given as outputs. */
export interface Step {
  readonly values: Values;
  readonly asOutputs: boolean;
}

/** Sets of arguments that are deployed one after the other. */
export type Chain = readonly Step[];

/**
 * Settings that AWS keeps when they are left out, as the docs of these arguments say. So a chain has them in
 * all of its sets, or in none.
 */
const STAY_WHEN_LEFT_OUT = ["responseHeaders", "requestHeaderNames"];

/** The set that all others change. */
const LEAST = { availabilityZones: ["us-west-2a", "us-west-2b"] };

export function argsOf(values: Values): LoadBalancedGroupArgs {
  const args: Record<string, unknown> = { ...LEAST };
  for (const [path, value] of Object.entries(values)) {
    const [first, ...rest] = path.split(".");
    args[first] =
      rest.length === 0 ? value : { ...(args[first] as object | undefined), [rest[0]]: value };
  }
  return args;
}

/** Leaves out values until the rest is valid. */
export function valid(values: Values): Values {
  const problems = findProblems("web", argsOf(values));
  if (problems.length === 0) return values;
  const [{ propertyPath: path }] = problems;
  const paths = Object.keys(values);
  const culprit =
    paths.find(
      (known) => path === known || path.startsWith(`${known}.`) || path.startsWith(`${known}[`),
    ) ??
    paths.filter((known) => known.startsWith(`${path}.`)).at(-1) ??
    paths.find((known) => findProblems("web", argsOf(without(values, known))).length === 0) ??
    paths[paths.length - 1];
  return valid(without(values, culprit));
}

export function without(values: Values, path: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([known]) => known !== path));
}

/** A value, or undefined where the argument is left out. */
const present = (probability: number, values: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.noBias(fc.integer({ min: 0, max: 99 })), values)
    .map(([number, value]) => (number < 100 * probability ? value : undefined));

const first = fc.record(
  Object.fromEntries(
    Object.entries(CHOICES).map(([path, { values, presence }]) => [
      path,
      present(presence, values),
    ]),
  ),
);

/** Each argument as often as its weight. */
const WEIGHTED = Object.entries(CHOICES).flatMap(([path, { weight }]) =>
  Array.from({ length: weight }, () => path),
);

/** Two to five arguments, each with another value, and whether it is left out where it is there. */
const change = fc
  .uniqueArray(fc.constantFrom(...WEIGHTED), { minLength: 2, maxLength: 5 })
  .chain((paths) =>
    fc.record(
      Object.fromEntries(paths.map((path) => [path, fc.tuple(fc.boolean(), CHOICES[path].values)])),
    ),
  );

function changed(values: Values, change: Readonly<Record<string, [boolean, unknown]>>): Values {
  const entries = Object.entries(change).map(([path, [isLeftOut, value]]): [string, unknown] => [
    path,
    isLeftOut && path in values ? undefined : value,
  ]);
  const others: Values = Object.fromEntries(entries);
  return complete(given({ ...values, ...others }));
}

/** With the target groups, the certificate and the headers that other arguments need. */
function complete(values: Values): Values {
  const names = JSON.stringify(values);
  const groups = ["blue", "green"]
    .filter((key) => names.includes(`"${key}"`))
    .map((key): [string, unknown] => [`targetGroups.${key}`, { instanceIds: [SECOND] }]);
  const certificate =
    NEED_HTTPS.some((path) => path in values) && !("domain" in values)
      ? { certificateArn: CERTIFICATE }
      : {};
  const furtherGroups: Values = Object.fromEntries(groups);
  const headers =
    "requestHeaderNames" in values
      ? {
          tlsVersionAndCipherSuiteHeaders: true,
          mutualAuthentication: { mode: "passthrough" },
        }
      : {};
  return { ...furtherGroups, ...certificate, ...headers, ...values };
}

const NEED_HTTPS = [
  "httpsOnly",
  "sslPolicy",
  "additionalCertificateArns",
  "mutualAuthentication",
  "requestHeaderNames",
  "authenticateOidc",
  "authenticateCognito",
  "jwtValidation",
];

const given = (values: Record<string, unknown>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Valid sets of arguments. */
export const validSets: fc.Arbitrary<Values> = first.map((start) => valid(complete(given(start))));

/** Chains of a set of arguments, two changes of it, and the way back to the first set. */
export const chains: fc.Arbitrary<Chain> = fc
  .tuple(
    first,
    fc.array(change, { minLength: 2, maxLength: 2 }),
    fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  )
  .map(([start, changes, asOutputs]) => {
    const sets = [valid(complete(given(start)))];
    for (const one of changes) sets.push(valid(changed(sets[sets.length - 1], one)));
    const rests = sets.map((values) => valid(withoutThoseThatStay(values, sets)));
    rests.push(rests[0]);
    return rests.map((values, index) => ({ values, asOutputs: asOutputs[index % 3] }));
  })
  .filter(([one, two, three]) => differ(one, two) && differ(two, three));

function withoutThoseThatStay(values: Values, sets: readonly Values[]): Values {
  const areOnOneListener = new Set(sets.map(isEncrypted)).size === 1;
  // Each header stays by itself, and on the listener that has it.
  return STAY_WHEN_LEFT_OUT.filter(
    (path) => !areOnOneListener || sets.some((one) => one[path] !== sets[0][path]),
  ).reduce(without, values);
}

const isEncrypted = (values: Values) => "certificateArn" in values || "domain" in values;

const differ = (one: Step, other: Step) => JSON.stringify(one) !== JSON.stringify(other);

/** The arguments in which two sets differ, at the top: the kinds of the change. */
export function kindsOf(before: Values, after: Values): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]));
}
