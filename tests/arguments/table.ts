import assert from "node:assert/strict";
import type { Problem, ProblemCode } from "../../components/checks";
import type { Length, Limit } from "./limits";

/** What tests know of the arguments of one matter. */
export interface ArgumentTable {
  readonly good: readonly GoodArguments[];
  readonly bad: readonly BadArguments[];
  readonly mappings: readonly Mapping[];
  readonly limits?: readonly Limit[];
  readonly lengths?: readonly Length[];
  /** Arguments that no resource is sent; other tests show what they decide. */
  readonly notSent?: readonly string[];
}

/** Arguments that are right, most of them at a limit: what they show, and what is added to the zones. */
export type GoodArguments = readonly [title: string, args: object];

/** Arguments with one problem: what is added to the zones, where the problem is, and of what kind. */
export interface BadArguments {
  readonly path: string;
  readonly code: ProblemCode;
  readonly args: object;
  /** Parts of the reason: numbers, values, and words where they are what is tested. */
  readonly says: readonly string[];
}

export const bad = (
  path: string,
  code: ProblemCode,
  args: object,
  ...says: string[]
): BadArguments => ({ path, code, args, says });

/** One argument, the resource that it is sent to, and what is sent. */
export interface Mapping {
  /** Where the argument stands; keys of the user's own are called `key`. */
  readonly path: string;
  readonly value: unknown;
  /** The child's name, and where in its inputs the argument arrives. */
  readonly child: string;
  readonly property: string;
  readonly expected: unknown;
  /** The other arguments without which this one means nothing. */
  readonly beside: object;
}

/** `target` is the child's name and the property, such as "web-alb idleTimeout". */
export function maps(
  path: string,
  value: unknown,
  target: string,
  expected: unknown = value,
  beside: object = {},
): Mapping {
  const [child, property] = target.split(" ");
  return { path, value, child, property, expected, beside };
}

/** That the arguments have this problem and no other, and that its reason names the path and says the rest. */
export function assertOnlyProblem(
  problems: readonly Problem[],
  { path, code, says }: Pick<BadArguments, "path" | "code" | "says">,
): void {
  assert.deepEqual(
    problems.map((problem) => [problem.propertyPath, problem.code]),
    [[path, code]],
  );
  const [{ reason }] = problems;
  assert.ok(reason.startsWith(`${path} `), reason);
  for (const part of says) assert.ok(reason.includes(part), `${reason} lacks ${part}`);
}
