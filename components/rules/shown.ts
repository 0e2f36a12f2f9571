import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { isOutput, isRecord } from "./untyped";

const LONGEST_SHOWN = 80;

export function show(value: unknown): string {
  const written = write(value, 2);
  return written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}...` : written;
}

/** Values as one would write them; what can't be written is named. */
function write(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (isOutput(value)) return "an output";
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) {
    return depth === 0 ? "[...]" : `[${value.map((one) => write(one, depth - 1)).join(", ")}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, one]) => `${key}: ${write(one, depth - 1)}`);
    return depth === 0 ? "{...}" : `{ ${entries.join(", ")} }`;
  }
  return inspect(value);
}
