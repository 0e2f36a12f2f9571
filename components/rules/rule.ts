import type { Place } from "./place";
import { isOutput } from "./untyped";

/** How a value is judged. */
export interface Rule {
  /** What to do instead of passing an output, where one can't be taken. */
  readonly plain?: string;
  /** Reports what is wrong and gives back the value, its outputs replaced by judged ones. */
  visit(value: unknown, at: Place): unknown;
}

/** Judges a value, now or when it becomes known. */
export function judged<T>(rule: Rule, value: T, at: Place): T;
export function judged(rule: Rule, value: unknown, at: Place): unknown {
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
export function plain(rule: Rule, instead: string): Rule {
  return { plain: instead, visit: (value, at) => rule.visit(value, at) };
}

/** A rule whose value no message shows. */
export function secret(rule: Rule): Rule {
  return { plain: rule.plain, visit: (value, at) => rule.visit(value, at.secret()) };
}
