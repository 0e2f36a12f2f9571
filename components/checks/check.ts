import { isOutput } from "../shared/guards";
import type { ArgumentPath } from "./argumentPath";

/** What a check takes, for those who read checks instead of running them: the reference, and tests. */
export type Accepts =
  | { readonly kind: "text" }
  | { readonly kind: "flag" }
  /** Whole numbers, and the one value `or` outside of them. */
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
  /** What to do instead of passing an output, where one can't be taken. */
  readonly plain?: string;
  /** Reports what is wrong and gives back the value, its outputs replaced by checked ones. */
  visit(value: unknown, at: ArgumentPath): unknown;
}

/** The check of a value that can't be an output. */
export interface PlainCheck extends Check {
  readonly plain: string;
}

/** Checks a value, now or when it becomes known. */
export function runCheck<T>(check: Check, value: T, at: ArgumentPath): T;
export function runCheck(check: Check, value: unknown, at: ArgumentPath): unknown {
  if (!isOutput(value)) return check.visit(value, at);
  if (check.plain !== undefined) {
    at.reportText("output", `must be known at preview, got an output or a secret; ${check.plain}`);
    return value;
  }
  return at.whenKnown(value, (known, there) => {
    if (known !== undefined && known !== null) check.visit(known, there);
    else {
      const remedy = "give it a value, or remove the argument";
      there.reportText("nothing", `is an output that has no value; ${remedy}`);
    }
  });
}

/** A check whose value can't be an output; `instead` says what to do. */
export function plain(check: Check, instead: string): PlainCheck {
  return { ...check, plain: instead };
}

/** A check whose value no message shows. */
export function secret(check: Check): Check {
  return { ...check, visit: (value, at) => check.visit(value, at.secret()) };
}
