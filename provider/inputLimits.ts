import * as pulumi from "@pulumi/pulumi";
import { shortened } from "../components/checks/format";
import { valueIfKnown } from "../components/shared/previewValues";

/** Each server takes about 0.3 MB of the provider's memory, which all groups of a stack share. */
const MAX_VALUES = 10_000;

/** The name is part of each resource's URN. */
const MAX_NAME_LENGTH = 1000;

/**
 * Refuses arguments that would take all memory of the provider's process, so that it would end and no group could
 * be created.
 *
 * @throws an error that says what is too large.
 */
export async function refuseTooLarge(name: string, inputs: pulumi.Inputs): Promise<void> {
  if (name.length > MAX_NAME_LENGTH) {
    throw new Error(
      `the name ${shortened(name)} has ${name.length} characters; at most ${MAX_NAME_LENGTH} are possible`,
    );
  }
  if (await hasMoreValues(inputs, MAX_VALUES)) {
    throw new Error(
      `the arguments of ${name} have more than ${MAX_VALUES} values; divide the servers among several groups`,
    );
  }
}

async function hasMoreValues(inputs: pulumi.Inputs, most: number): Promise<boolean> {
  const remaining: unknown[] = [inputs];
  let count = 0;
  while (remaining.length > 0) {
    const input = remaining.pop();
    const value = pulumi.Output.isInstance(input) ? await valueIfKnown(input) : input;
    const parts = partsOf(value);
    if (parts.length === 0) count += 1;
    if (count + parts.length > most) return true;
    for (const part of parts) remaining.push(part);
  }
  return false;
}

function partsOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return [];
  return Object.values(value);
}
