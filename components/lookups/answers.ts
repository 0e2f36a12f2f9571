import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { valueAt } from "../shared/guards";

/*
 * Reads properties of AWS's answers. A property that is missing or has another type is undefined.
 */

export function textAt(answer: unknown, key: string): string | undefined {
  const value = valueAt(answer, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberAt(answer: unknown, key: string): number | undefined {
  const value = valueAt(answer, key);
  return typeof value === "number" ? value : undefined;
}

export function flagAt(answer: unknown, key: string): boolean | undefined {
  const value = valueAt(answer, key);
  return typeof value === "boolean" ? value : undefined;
}

/** A list of strings; undefined if an item is no string. */
export function textsAt(answer: unknown, key: string): string[] | undefined {
  const value = valueAt(answer, key);
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one) => typeof one === "string");
  return texts.length === value.length ? texts : undefined;
}

/** The texts under a key of each object in a list. */
export function textsOfEach(list: readonly unknown[], key: string): string[] {
  return list.flatMap((one) => textAt(one, key) ?? []);
}

/** Whether the answers come from Pulumi's mocks in a unit test, which may leave out properties. */
export function isMocked(): boolean {
  return runtime.getMonitor?.() instanceof MockMonitor;
}

/** The SDK exports this function, but its types don't have it. */
const runtime: { getMonitor?: () => unknown } = pulumi.runtime;
