import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problem";
import { valueAt } from "../shared/guards";

/** What is wrong with a value, where the value would stand. */
export class Failed {
  readonly hasFailed = true;

  constructor(readonly problems: readonly Problem[]) {}

  /** An output makes a plain object of what a promise in it gives, so the class alone does not tell. */
  static isInstance(value: unknown): value is Failed {
    return valueAt(value, "hasFailed") === true;
  }
}

/** A value that is looked up, or why it can't be. */
export type LookedUp<T> = pulumi.Output<T | Failed>;

/** The value, if there is one: nobody gets to use what is wrong, and nothing fails by waiting for it. */
export function valueOrNever<T>(found: LookedUp<T>): pulumi.Output<T>;
export function valueOrNever(found: pulumi.Output<unknown>): pulumi.Output<unknown> {
  return found.apply((value) => (Failed.isInstance(value) ? new Promise(() => undefined) : value));
}
