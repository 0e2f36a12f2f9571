import * as pulumi from "@pulumi/pulumi";

/*
 * Reads values of unknown type, which come from JavaScript programs and configurations.
 */

export function isOutput(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value is an object, but no list and no output. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isOutput(value);
}

/** A property of a value; undefined if the value is no object. */
export function valueAt(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The keys and values of an object; none if the value is no object. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

/** Entries by their keys, because each language has another order of keys. */
export function inOrder<T>(entries: readonly [string, T][]): [string, T][] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The strings in a list; none if the value is no list. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
