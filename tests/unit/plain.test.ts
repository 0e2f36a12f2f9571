import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { findProblems } from "../../components/validation";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec, PropertySpec, TypeSpec } from "../../tools/package/spec";

const schema = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as PackageSpec;
const { inputProperties } = schema.resources["load-balanced-group:index:LoadBalancedGroup"];

/** A place that takes plain values only, and arguments with a value there. */
interface Place {
  readonly path: string;
  readonly holding: (value: unknown) => object;
}

type Holding = Place["holding"];

function plainPlaces(
  properties: Readonly<Record<string, PropertySpec>>,
  path: string,
  holding: Holding,
): Place[] {
  return Object.entries(properties).flatMap(([name, spec]) =>
    plainWithin(spec, path + name, (value) => holding({ [name]: value })),
  );
}

function plainWithin(spec: TypeSpec, path: string, holding: Holding): Place[] {
  const { plain = false, $ref = "", items, additionalProperties } = spec;
  const { properties } = schema.types[$ref.replace("#/types/", "")] ?? {};
  return [
    ...(plain ? [{ path, holding }] : []),
    ...(properties ? plainPlaces(properties, `${path}.`, holding) : []),
    ...(items ? plainWithin(items, `${path}[0]`, (value) => holding([value])) : []),
    ...(additionalProperties
      ? plainWithin(additionalProperties, `${path}.a`, (value) => holding({ a: value }))
      : []),
  ];
}

describe("what must be plain", () => {
  const places = plainPlaces(inputProperties, "", (value) => value as object);

  it("is most of what there is", () => {
    assert.ok(places.length > 80, String(places.length));
  });

  for (const { path, holding } of places) {
    it(`is refused as an output or a secret, with a way out: ${path}`, () => {
      const unknown = pulumi.output(pulumi.unknown);
      for (const output of [
        pulumi.output("a"),
        pulumi.secret("a"),
        unknown,
        Promise.resolve("a"),
      ]) {
        const args: LoadBalancedGroupArgs = holding(output);
        const problems = findProblems("web", args).filter((one) => one.propertyPath === path);
        const [{ reason } = { reason: "nothing" }] = problems;
        assert.match(reason, /must be a plain value, got an output or a secret; \S/);
      }
    });
  }
});
