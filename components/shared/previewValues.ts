import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/**
 * The value of an output, or undefined where at preview only the deployment will tell it: `apply`
 * alone tells nothing of such a value, not even that it is unknown. An output that failed is not
 * known either; whoever uses it is told why.
 */
export async function valueIfKnown<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  try {
    return await valueIfKnownOrThrow(output);
  } catch {
    return undefined;
  }
}

/**
 * The same, but for an output that failed.
 *
 * @throws whatever the output failed with.
 */
export async function valueIfKnownOrThrow<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  let known: T | undefined;
  const settled = output.apply((value) => {
    known = value;
  });
  await pulumi.runtime.serializeProperty("known", settled, new Set());
  return known;
}

/**
 * The value of an output that is known before anything is made. At preview that is each that can be known
 * at all. An update does not wait for what another resource has still to give; what is there already, such
 * as a secret or what comes out of the configuration, is told before the next turn.
 */
export async function earlyValue<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  if (pulumi.runtime.isDryRun()) return valueIfKnown(output);
  return Promise.race([valueIfKnown(output), setImmediate(undefined)]);
}

/** The text of a value that is known before anything is made. */
export async function earlyText(
  value: pulumi.Input<string> | undefined,
): Promise<string | undefined> {
  if (value === undefined || typeof value === "string") return value;
  return earlyValue(pulumi.output(value));
}

/** The same of each text in a list. */
export async function earlyTexts(
  value: pulumi.Input<pulumi.Input<string>[]> = [],
): Promise<(string | undefined)[]> {
  if (Array.isArray(value)) return Promise.all(value.map(earlyText));
  return (await earlyValue(pulumi.output(value))) ?? [];
}

/**
 * A value that is passed on when something has come to be. At preview nothing is created, so there the
 * value is not held back: one that is known stays known, whatever it would have to wait for.
 */
export function releaseAfter<T>(
  condition: pulumi.Output<unknown>,
  value: pulumi.Output<T>,
): pulumi.Output<T> {
  return pulumi.runtime.isDryRun() ? value : condition.apply(() => value);
}
