import { isOutput } from "../shared/guards";
import type { ArgumentPath } from "./argumentPath";

/** Which values a check accepts. The reference and the tests read it without running the check. */
export type Accepts =
  | { readonly kind: "text" }
  | { readonly kind: "flag" }
  /** Whole numbers in a range. `or` is one more number outside of it. */
  | {
      readonly kind: "number";
      readonly min: number;
      readonly max: number;
      readonly or?: number;
      readonly unit?: string;
    }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly item: Check; readonly min: number; readonly max: number }
  | { readonly kind: "map"; readonly item: Check }
  | { readonly kind: "object"; readonly properties: Readonly<Record<string, Check>> };

/** The check of a value. */
export interface Check {
  readonly accepts: Accepts;
  /** Set if the value can't be an output. */
  readonly plain?: Plain;
  /** Reports problems, and returns the value with checked outputs instead of the given ones. */
  visit(value: unknown, at: ArgumentPath): unknown;
}

/** Why a value can't be an output, as it follows "because", and what to do instead. */
export interface Plain {
  readonly because: string;
  readonly instead: string;
}

/** The check of a value that can't be an output. */
export interface PlainCheck extends Check {
  readonly plain: Plain;
}

/** Checks a value: now, or if it is an output, when it is known. */
export function runCheck<T>(check: Check, value: T, at: ArgumentPath): T;
export function runCheck(check: Check, value: unknown, at: ArgumentPath): unknown {
  if (!isOutput(value)) return check.visit(value, at);
  if (check.plain !== undefined) {
    const { because, instead } = check.plain;
    const must = "must be known at preview and can't be an output or a secret";
    at.reportText("output", `${must}, because ${because}; ${instead}`);
    return value;
  }
  return at.whenKnown(value, (known, there) => {
    if (known !== undefined && known !== null) check.visit(known, there);
    else {
      const remedy = "give the output a value, or remove the argument";
      there.reportText("nothing", `is an output that has no value; ${remedy}`);
    }
  });
}

/** The same check for a value that can't be an output. */
export function plain(check: Check, because: string, instead = PLAIN_VALUE): PlainCheck {
  return { ...check, plain: { because, instead } };
}

const PLAIN_VALUE =
  "pass a plain value, for example a value of the stack's configuration that is not secret";

/** The same check for a value that no message may show. */
export function secret(check: Check): Check {
  return { ...check, visit: (value, at) => check.visit(value, at.secret()) };
}
