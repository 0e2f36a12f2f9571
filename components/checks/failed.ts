import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problem";
import { valueAt } from "../shared/guards";

/** Takes the place of a value that could not be found: the problems that explain why. */
export class Failed {
  readonly hasFailed = true;

  constructor(readonly problems: readonly Problem[]) {}

  /** An output copies a value into a plain object without its class, so `instanceof` is not enough. */
  static isInstance(value: unknown): value is Failed {
    return valueAt(value, "hasFailed") === true;
  }
}

/** The result of a lookup: the value, or why it could not be found. */
export type LookedUp<T> = pulumi.Output<T | Failed>;

/**
 * An output of the value. If the lookup failed, it never resolves: so nothing uses it, and nothing fails twice. Or it
 * is unknown, if the value may be found later.
 */
export function valueOrNever<T>(
  found: LookedUp<T>,
  mayComeLater?: Promise<boolean>,
): pulumi.Output<T>;
export function valueOrNever(
  found: pulumi.Output<unknown>,
  mayComeLater: Promise<boolean> = Promise.resolve(false),
): pulumi.Output<unknown> {
  const unknownOrNever = async (): Promise<unknown> =>
    (await mayComeLater) ? pulumi.output<unknown>(pulumi.unknown) : new Promise(() => undefined);
  return found.apply((value) => (Failed.isInstance(value) ? unknownOrNever() : value));
}
