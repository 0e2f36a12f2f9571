import type { ArgumentPath } from "./argumentPath";
import { isOutput } from "../shared/guards";

/** How a value is judged. */
export interface Check {
  /** What to do instead of passing an output, where one can't be taken. */
  readonly plain?: string;
  /** Reports what is wrong and gives back the value, its outputs replaced by judged ones. */
  visit(value: unknown, at: ArgumentPath): unknown;
}

/** Judges a value, now or when it becomes known. */
export function judged<T>(rule: Check, value: T, at: ArgumentPath): T;
export function judged(rule: Check, value: unknown, at: ArgumentPath): unknown {
  if (!isOutput(value)) return rule.visit(value, at);
  if (rule.plain !== undefined) {
    at.state(`must be a plain value, got an output or a secret; ${rule.plain}`);
    return value;
  }
  return at.whenKnown(value, (known, there) => {
    if (known !== undefined && known !== null) rule.visit(known, there);
    else there.state("came out as nothing; leave the argument out instead, or give it a value");
  });
}

/** A rule whose value can't be an output; `instead` says what to do. */
export function plain(rule: Check, instead: string): Check {
  return { plain: instead, visit: (value, at) => rule.visit(value, at) };
}

/** A rule whose value no message shows. */
export function secret(rule: Check): Check {
  return { plain: rule.plain, visit: (value, at) => rule.visit(value, at.secret()) };
}
