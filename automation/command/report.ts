import { EnvironmentError } from "../errors";
import type { PropertyChange, ResourceChange } from "../changes";
import { describeTarget } from "../targetHealth";
import type { Verb } from "./arguments";
import { shortOutcome, type Outcome, type Status } from "./operations";

/** The report at the end: changes, health, and errors in full. */
export function reportOf(verb: Verb, outcomes: readonly Outcome[]): string {
  return outcomes.map((outcome) => describe(verb, outcome)).join("\n");
}

function describe(verb: Verb, outcome: Outcome): string {
  const { name, result, status, recovered = [], error } = outcome;
  if (error !== undefined) return `${describeError(error, name)}\n`;
  const lines = [`${name} ${verb}: ${shortOutcome(outcome)}`];
  if (status !== undefined) lines.push(...describeStatus(status));
  lines.push(...recovered.map((one) => `  interrupted while ${one.operation} ${one.name}`));
  if (verb === "preview" || verb === "drift") {
    lines.push(...(result?.changes ?? []).flatMap(describeChange));
  }
  if (result?.outputs !== undefined) lines.push(`  ${result.outputs.url}`);
  lines.push(...(result?.warnings ?? []).map((warning) => `  warning: ${warning}`));
  return `${lines.join("\n")}\n`;
}

function describeError(error: unknown, name: string): string {
  if (error instanceof EnvironmentError) return error.message;
  if (error instanceof Error) return `${name}: ${error.stack ?? error.message}`;
  return `${name}: ${String(error)}`;
}

function describeStatus({ lastOperation, outputs, targets }: Status): string[] {
  const lines: string[] = [];
  if (outputs !== undefined) lines.push(`  ${outputs.url}`);
  if (lastOperation !== undefined) {
    const { kind, result, endTime } = lastOperation;
    lines.push(`  last: ${kind} ${result}, ${endTime.toISOString()}`);
  }
  return [...lines, ...targets.map((target) => `  ${describeTarget(target)}`)];
}

function describeChange({ change, name, type, properties }: ResourceChange): string[] {
  return [`  ${change} ${name} (${type})`, ...properties.map(describeProperty)];
}

function describeProperty(property: PropertyChange): string {
  const { path, kind, replaces } = property;
  const [old, next] = [show(property.old), show(property.new)];
  const values: Record<PropertyChange["kind"], string> = {
    add: next,
    delete: `${old}, no longer`,
    update: `${old} -> ${next}`,
  };
  return `    ${path}: ${values[kind]}${replaces ? " (replaces the resource)" : ""}`;
}

const show = (value: unknown) => JSON.stringify(value);

/** The same as one JSON document. */
export function jsonOf(verb: Verb, outcomes: readonly Outcome[]): string {
  const environments = Object.fromEntries(
    outcomes.map(({ name, result, status, recovered, error }) => [
      name,
      { result, status, recovered, error: error === undefined ? undefined : errorJson(error) },
    ]),
  );
  return `${JSON.stringify({ verb, environments }, null, 2)}\n`;
}

function errorJson(error: unknown): unknown {
  if (error instanceof EnvironmentError) return error;
  return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
}
