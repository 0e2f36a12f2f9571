import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/**
 * The value of an output, or undefined if it is unknown at preview. `apply` alone can't tell, because it does
 * not call its function then. An output that failed counts as unknown; the resource that uses it reports
 * the error.
 */
export async function valueIfKnown<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  try {
    return await valueIfKnownOrThrow(output);
  } catch {
    return undefined;
  }
}

/**
 * The value of an output, or undefined if it is unknown at preview.
 *
 * @throws the error of an output that failed.
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
 * The value of an output if it is known before anything is created, or else undefined. A preview waits for
 * every output that can be known. An update does not wait for other resources: it only takes values that
 * are there by the event loop's next turn, such as secrets of the configuration.
 */
export async function earlyValue<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  if (pulumi.runtime.isDryRun()) return valueIfKnown(output);
  return Promise.race([valueIfKnown(output), setImmediate(undefined)]);
}

/** The same for an input. */
export async function earlyText(
  value: pulumi.Input<string> | undefined,
): Promise<string | undefined> {
  if (value === undefined || typeof value === "string") return value;
  return earlyValue(pulumi.output(value));
}

/** The same for each item of a list. */
export async function earlyTexts(
  value: pulumi.Input<pulumi.Input<string>[]> = [],
): Promise<(string | undefined)[]> {
  if (Array.isArray(value)) return Promise.all(value.map(earlyText));
  return (await earlyValue(pulumi.output(value))) ?? [];
}

/**
 * A replacement trigger: a resource is replaced when this value changes. If the value is unknown at preview,
 * the preview shows no replacement.
 */
export function replacedWith(value: pulumi.Output<unknown>): pulumi.Output<unknown> {
  return pulumi.output(valueIfKnown(value).then((known) => known ?? null));
}

/**
 * The value, which resolves only after the condition. At preview it does not wait, because nothing is created
 * there: so a known value stays known.
 */
export function releaseAfter<T>(
  condition: pulumi.Output<unknown>,
  value: pulumi.Output<T>,
): pulumi.Output<T> {
  return pulumi.runtime.isDryRun() ? value : condition.apply(() => value);
}
