import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Problem } from "../../components/checks";
import { findProblems, findProblemsOfService } from "../../components/validation";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { ComplexTypeSpec, PackageSpec, TypeSpec } from "../../tools/package/spec";
import { PLACES, SERVICE_PLACES, type Place } from "../arguments/places";

const schema = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as PackageSpec;

/** Each component: its places, and the problems of its arguments. */
const COMPONENTS = {
  LoadBalancedGroup: { places: PLACES, find: (args: object) => findProblems("web", args) },
  LoadBalancedService: {
    places: SERVICE_PLACES,
    find: (args: object) => findProblemsOfService("web", args),
  },
};

/** What the schema and the checks both say of an argument. */
interface Facts {
  readonly path: string;
  readonly kind: string;
  readonly isPlain: boolean;
  /** The values of a choice. */
  readonly values?: readonly unknown[];
  /** What must be given in an object. */
  readonly required?: readonly string[];
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "flag",
  integer: "number",
};

/** The schema leaves these open, as AWS adds to them. */
const OPEN_CHOICES = ["sslPolicy", "listeners.a.sslPolicy"];

function inSchema(spec: TypeSpec, path: string): Facts[] {
  const { type = "", oneOf = [], items, additionalProperties, plain: isPlain = false } = spec;
  const [$ref = ""] = [spec, ...oneOf].flatMap((one) => one.$ref ?? []);
  const named: Partial<ComplexTypeSpec> = schema.types[$ref.replace("#/types/", "")] ?? {};
  if (named.enum !== undefined) {
    return [{ path, kind: "choice", isPlain, values: named.enum.map(({ value }) => value).sort() }];
  }
  if (named.properties !== undefined) {
    const { properties, required = [] } = named;
    return [
      { path, kind: "object", isPlain, required: [...required].sort() },
      ...Object.entries(properties).flatMap(([key, one]) => inSchema(one, `${path}.${key}`)),
    ];
  }
  if (items !== undefined)
    return [{ path, kind: "list", isPlain }, ...inSchema(items, `${path}[0]`)];
  if (additionalProperties !== undefined) {
    return [{ path, kind: "map", isPlain }, ...inSchema(additionalProperties, `${path}.a`)];
  }
  return [{ path, kind: KINDS[type], isPlain }];
}

function inChecks(
  { path, check, holding }: Place,
  find: (args: object) => readonly Problem[],
): Facts {
  const { accepts, plain } = check;
  const isPlain = plain !== undefined;
  if (accepts.kind === "choice" && !OPEN_CHOICES.includes(path)) {
    return { path, kind: accepts.kind, isPlain, values: [...accepts.values].sort() };
  }
  if (accepts.kind === "choice") return { path, kind: "text", isPlain };
  if (accepts.kind !== "object") return { path, kind: accepts.kind, isPlain };
  const missing = find(holding({})).filter(({ code }) => code === "required");
  const required = Object.keys(accepts.properties).filter((key) =>
    missing.some(({ propertyPath }) => propertyPath === `${path}.${key}`),
  );
  return { path, kind: accepts.kind, isPlain, required: required.sort() };
}

const byPath = (all: readonly Facts[]) =>
  [...all].sort((one, other) => (one.path < other.path ? -1 : 1));

describe("the checks and the schema", () => {
  for (const [component, { places, find }] of Object.entries(COMPONENTS)) {
    it(`have the same arguments of ${component} at each depth, kinds and choices, plain or not`, () => {
      const { inputProperties } = schema.resources[`load-balanced-group:index:${component}`];
      assert.ok(places.length > 100, String(places.length));
      const inputs = Object.entries(inputProperties).flatMap(([key, one]) => inSchema(one, key));
      assert.deepEqual(byPath(places.map((place) => inChecks(place, find))), byPath(inputs));
    });
  }
});
