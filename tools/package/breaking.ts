import { isDeepStrictEqual } from "node:util";
import type { ComplexTypeSpec, PackageSpec, PropertySpec } from "./spec";

/** Whether a version may have breaking changes since the one before (semantic versioning). */
export function mayBreak(before: string, after: string): boolean {
  const [[oldMajor, oldMinor], [newMajor, newMinor]] = [before, after].map((version) =>
    version.split(".").map(Number),
  );
  return newMajor > oldMajor || (newMajor === 0 && oldMajor === 0 && newMinor > oldMinor);
}

/** The changes that can break programs that were written for the schema before. */
export function breakingChanges(before: PackageSpec, after: PackageSpec): string[] {
  const names = Object.keys(before.language).filter(
    (language) => !isDeepStrictEqual(madeFor(before, language), madeFor(after, language)),
  );
  return [
    ...names.map((language) => `the package is made otherwise for ${language}`),
    ...each(before.types, after.types, (name, old, now) => inType(name, old, now)),
    ...each(before.resources, after.resources, (name, old, now) => [
      ...inProperties(`${name}, input`, old.inputProperties, now.inputProperties),
      ...newlyRequired(`${name}, input`, old.requiredInputs, now.requiredInputs),
      ...inProperties(`${name}, output`, old.properties, now.properties),
      ...newlyRequired(`${name}, output`, now.required, old.required, "may be missing"),
    ]),
  ];
}

function inType(name: string, before: ComplexTypeSpec, after: ComplexTypeSpec): string[] {
  const lost = (before.enum ?? []).filter(
    (old) => !after.enum?.some((now) => now.name === old.name && now.value === old.value),
  );
  return [
    ...(before.type === after.type ? [] : [`${name} is of another type`]),
    ...lost.map((value) => `${name}.${value.name} is gone`),
    ...inProperties(name, before.properties, after.properties),
    ...newlyRequired(name, before.required, after.required),
  ];
}

/** The settings of a language in the schema, without the README. */
function madeFor({ language }: PackageSpec, name: string): object {
  return { ...language[name], readme: undefined };
}

type Properties = Readonly<Record<string, PropertySpec>>;

function inProperties(of: string, before: Properties = {}, after: Properties = {}): string[] {
  return each(before, after, (name, old, now) => [
    ...(isDeepStrictEqual(typeOf(old), typeOf(now)) ? [] : [`${name} is of another type`]),
    // Generated code writes the default, so a program that leaves it out would send another value.
    ...(old.default === now.default ? [] : [`${name} has another default`]),
  ]).map((change) => `${of} ${change}`);
}

function typeOf({ type, $ref, items, additionalProperties, oneOf, plain }: PropertySpec) {
  return { type, $ref, items, additionalProperties, oneOf, plain };
}

function newlyRequired(
  of: string,
  before: readonly string[] = [],
  after: readonly string[] = [],
  change = "is required",
): string[] {
  return after.filter((name) => !before.includes(name)).map((name) => `${of} ${name} ${change}`);
}

/** The changes of entries that are in both, and the entries that were removed. */
function each<Thing>(
  before: Readonly<Record<string, Thing>>,
  after: Readonly<Record<string, Thing>>,
  changes: (name: string, before: Thing, after: Thing) => string[],
): string[] {
  return Object.entries(before).flatMap(([name, old]) =>
    Object.hasOwn(after, name) ? changes(name, old, after[name]) : [`${name} is gone`],
  );
}
