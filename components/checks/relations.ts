import * as pulumi from "@pulumi/pulumi";
import type { ArgumentPath } from "./argumentPath";
import { isOutput, isRecord } from "../shared/guards";

/**
 * A check of several properties together. It runs when all of them are known.
 *
 * It does not get values that are the default, so writing a default is the same as leaving it out.
 */
export interface Relation {
  readonly properties: readonly string[];
  /** Whether it also waits for outputs inside the properties, which are objects. */
  readonly includesNested?: true;
  check(values: Values, at: ArgumentPath): void;
}

type Values = Readonly<Record<string, unknown>>;

/** Runs the relations, and returns the values with checked outputs instead of the given ones. */
export function checkRelations(
  values: Record<string, unknown>,
  relations: readonly Relation[],
  at: ArgumentPath,
  defaults: Values = {},
): Record<string, unknown> {
  for (const relation of relations) applyRelation(relation, values, at, defaults);
  return values;
}

/** Runs a relation now, or when all outputs are known; the first of them then resolves only after the check. */
function applyRelation(
  relation: Relation,
  values: Record<string, unknown>,
  at: ArgumentPath,
  defaults: Values,
): void {
  const { includesNested = false } = relation;
  const unknownKey = relation.properties.find((key) => isUnknown(values[key], includesNested));
  if (unknownKey === undefined) {
    relation.check(withoutDefaults(values, defaults), at);
    return;
  }
  const own = values[unknownKey];
  const known = pulumi.output(
    Object.fromEntries(relation.properties.map((key) => [key, values[key]])),
  );
  const checked = at.whenKnown(known, (all, there) => {
    if (isRecord(all)) relation.check(withoutDefaults(all, defaults), there);
  });
  values[unknownKey] = pulumi.all([own, checked]).apply(([value]) => value);
}

function isUnknown(value: unknown, includesNested: boolean): boolean {
  if (isOutput(value)) return true;
  return includesNested && isRecord(value) && Object.values(value).some(isOutput);
}

function withoutDefaults(values: Values, defaults: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key, one]) => one !== defaults[key]));
}
