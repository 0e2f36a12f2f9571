import assert from "node:assert/strict";
import type { ProblemCode, Takes } from "../../components/checks";
import { findProblems } from "../../components/validation";
import { PLACES } from "../arguments/places";

/** The codes of what is wrong with a value by itself; relations with other arguments have others. */
const CODES: readonly ProblemCode[] = ["type", "range", "format", "choice", "too-few", "too-many"];

interface Case {
  readonly value: unknown;
  /** The code of the problem, none where the value is in the limits. */
  readonly code?: ProblemCode;
  /** What the reason contains. */
  readonly says?: readonly unknown[];
  /** Which item of the list has the problem. */
  readonly item?: number;
}

const items = (count: number) => Array.from({ length: count }, (_, index) => `item ${index}`);

/** Values at the limits and beyond them. */
function casesOf(takes: Takes): Case[] {
  switch (takes.kind) {
    case "number": {
      const { min, max, or, unit = "" } = takes;
      const right = or === undefined ? [min, max] : [min, max, or];
      const range = [...right, unit];
      return [
        ...right.map((value) => ({ value })),
        ...[min - 1, max + 1, min + 0.5, NaN].map((value): Case => ({
          value,
          code: "range",
          says: [...range, `got ${value}`],
        })),
        { value: String(min), code: "type", says: [...range, `got "${min}"`] },
      ];
    }
    case "choice": {
      const [first] = takes.values;
      return [
        ...takes.values.map((value) => ({ value })),
        ...["", `${first}?`, first.toUpperCase() + first.toLowerCase()].map((value): Case => ({
          value,
          code: "choice",
          says: [`got ${JSON.stringify(value)}`],
        })),
      ];
    }
    case "list": {
      const { min, max } = takes;
      const most = Number.isFinite(max) ? max : min + 10;
      return [
        { value: items(min) },
        { value: items(most) },
        { value: "item", code: "type", says: ['got "item"'] },
        ...(min === 0 ? [] : [{ value: items(min - 1), code: "too-few", says: [min] } as const]),
        ...(most < max || !Number.isFinite(max)
          ? []
          : [{ value: items(max + 1), code: "too-many", says: [max], item: max } as const]),
      ];
    }
    case "flag":
      return [
        { value: true },
        { value: false },
        { value: "true", code: "type", says: ['got "true"'] },
        { value: 1, code: "type", says: ["got 1"] },
      ];
    case "map":
    case "object":
      return [
        { value: [], code: "type", says: ["got []"] },
        { value: "text", code: "type", says: ['got "text"'] },
      ];
    case "text":
      return [];
  }
}

/** What a check that has more to say about a value reports instead. */
const OWN_CODES: readonly [path: RegExp, codes: readonly ProblemCode[], instead: ProblemCode][] = [
  [/healthCheck\.enabled$/, ["type"], "conflict"],
];

describe("the limits of the arguments", () => {
  for (const { path, check, holding } of PLACES) {
    const cases = casesOf(check.accepts);
    if (cases.length === 0) continue;
    it(`${path}: ${check.accepts.kind}`, () => {
      for (const { value, code, says = [], item } of cases) {
        const at = item === undefined ? path : `${path}[${item}]`;
        const problems = findProblems("web", holding(value)).filter(
          ({ propertyPath }) => propertyPath === at,
        );
        const text = JSON.stringify(value);
        if (code === undefined) {
          const own = problems.filter((problem) => CODES.includes(problem.code));
          assert.deepEqual(own, [], `${text} is refused`);
          continue;
        }
        const [, , expected] = OWN_CODES.find(
          ([pattern, codes]) => pattern.test(path) && codes.includes(code),
        ) ?? [path, [], code];
        const problem = problems.find((one) => one.code === expected);
        assert.ok(problem, `${text} is not refused with ${expected}: ${JSON.stringify(problems)}`);
        for (const part of says) {
          assert.ok(
            problem.reason.includes(String(part)),
            `${problem.reason} lacks ${String(part)}`,
          );
        }
      }
    });
  }
});
