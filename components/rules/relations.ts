import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";
import { isOutput, isRecord } from "./untyped";

/** A rule about several properties, which is judged when all of them are known. */
export interface Relation {
  readonly of: readonly string[];
  /** Whether the properties are objects whose outputs count too; one held back is an output as a whole. */
  readonly within?: true;
  judge(values: Readonly<Record<string, unknown>>, at: Place): void;
}

/** Judges what several values have to do with one another, and gives them back judged. */
export function related(
  values: Record<string, unknown>,
  relations: readonly Relation[],
  at: Place,
): Record<string, unknown> {
  for (const relation of relations) relate(relation, values, at);
  return values;
}

/** Judges a relation now, or holds the first unknown of its values back until it can be judged. */
function relate(relation: Relation, values: Record<string, unknown>, at: Place): void {
  const { within = false } = relation;
  const later = relation.of.find((key) => isLater(values[key], within));
  if (later === undefined) {
    relation.judge(values, at);
    return;
  }
  const own = values[later];
  const known = pulumi.output(Object.fromEntries(relation.of.map((key) => [key, values[key]])));
  const right = at.whenKnown(known, (all, there) => {
    if (isRecord(all)) relation.judge(all, there);
  });
  values[later] = pulumi.all([own, right]).apply(([value]) => value);
}

function isLater(value: unknown, within: boolean): boolean {
  return isOutput(value) || (within && isRecord(value) && Object.values(value).some(isOutput));
}
