import * as pulumi from "@pulumi/pulumi";
import type { ArgumentPath } from "./argumentPath";
import { isOutput, isRecord } from "../shared/guards";

/**
 * A check of several properties, which is made when all of them are known.
 *
 * A value that is the default is kept from it, so that writing one is the same as leaving it out.
 */
export interface Relation {
  readonly properties: readonly string[];
  /** Whether the properties are objects whose outputs count too; one held back is an output as a whole. */
  readonly includesNested?: true;
  check(values: Values, at: ArgumentPath): void;
}

type Values = Readonly<Record<string, unknown>>;

/** Checks what several values have to do with one another, and gives them back checked. */
export function checkRelations(
  values: Record<string, unknown>,
  relations: readonly Relation[],
  at: ArgumentPath,
  defaults: Values = {},
): Record<string, unknown> {
  for (const relation of relations) applyRelation(relation, values, at, defaults);
  return values;
}

/** Checks a relation now, or holds the first unknown of its values back until it can be checked. */
function applyRelation(
  relation: Relation,
  values: Record<string, unknown>,
  at: ArgumentPath,
  defaults: Values,
): void {
  const { includesNested: within = false } = relation;
  const later = relation.properties.find((key) => isUnknown(values[key], within));
  if (later === undefined) {
    relation.check(withoutDefaults(values, defaults), at);
    return;
  }
  const own = values[later];
  const known = pulumi.output(
    Object.fromEntries(relation.properties.map((key) => [key, values[key]])),
  );
  const right = at.whenKnown(known, (all, there) => {
    if (isRecord(all)) relation.check(withoutDefaults(all, defaults), there);
  });
  values[later] = pulumi.all([own, right]).apply(([value]) => value);
}

function isUnknown(value: unknown, within: boolean): boolean {
  return isOutput(value) || (within && isRecord(value) && Object.values(value).some(isOutput));
}

function withoutDefaults(values: Values, defaults: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key, one]) => one !== defaults[key]));
}
