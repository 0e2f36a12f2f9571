import { readFileSync } from "node:fs";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec, PropertySpec, TypeSpec } from "../../tools/package/spec";

const schema = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as PackageSpec;
const { inputProperties } = schema.resources["load-balanced-group:index:LoadBalancedGroup"];

/** Where a value can stand in the arguments, and arguments with a value there. */
export interface Place {
  readonly path: string;
  readonly isPlain: boolean;
  readonly holding: (value: unknown) => object;
}

type Holding = Place["holding"];

function placesOf(
  properties: Readonly<Record<string, PropertySpec>>,
  path: string,
  holding: Holding,
): Place[] {
  return Object.entries(properties).flatMap(([name, spec]) =>
    placesWithin(spec, path + name, (value) => holding({ [name]: value })),
  );
}

function placesWithin(spec: TypeSpec, path: string, holding: Holding): Place[] {
  const { plain = false, $ref = "", items, additionalProperties } = spec;
  const { properties } = schema.types[$ref.replace("#/types/", "")] ?? {};
  return [
    { path, isPlain: plain, holding },
    ...(properties ? placesOf(properties, `${path}.`, holding) : []),
    ...(items ? placesWithin(items, `${path}[0]`, (value) => holding([value])) : []),
    ...(additionalProperties
      ? placesWithin(additionalProperties, `${path}.a`, (value) => holding({ a: value }))
      : []),
  ];
}

/** Every place that the schema has. */
export const PLACES: readonly Place[] = placesOf(inputProperties, "", (value) => value as object);
