import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec, PropertySpec } from "../../tools/package/spec";
import { TUTORIAL } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { MAPPINGS, NOT_SENT } from "../arguments";
import { withValue } from "./argumentPaths";

const SCHEMA = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as PackageSpec;

describe("each argument is sent to its resource:", () => {
  for (const { path, value, child, property, expected, beside } of MAPPINGS) {
    it(`${path} as ${property} of ${child}`, async () => {
      const args = withValue({ ...TUTORIAL, ...beside }, path.split("."), value);
      const { failures, find } = await recordGroup(args);
      assert.deepEqual(failures, []);
      const { inputs } = find(child);
      const sent = valueAt(inputs, property);
      assert.notEqual(sent, undefined, `${path} is not sent: ${child} has no ${property}`);
      assert.deepEqual(sent, expected);
    });
  }

  it("none is left out of tests/arguments", () => {
    const [{ inputProperties }] = Object.values(SCHEMA.resources);
    const listed = [...MAPPINGS.map(({ path }) => path), ...NOT_SENT];
    assert.deepEqual(listed.sort(), pathsOf(inputProperties).sort());
  });
});

/** The value at a path such as `a.b[0].c`, if there is one. */
function valueAt(value: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return steps.reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown> | undefined)?.[step],
    value,
  );
}

/** The paths of all values in arguments of these properties. */
function pathsOf(properties: Readonly<Record<string, PropertySpec>>, prefix = ""): string[] {
  return Object.entries(properties).flatMap(([key, { $ref, additionalProperties }]) => {
    const path = prefix + key + (additionalProperties === undefined ? "" : ".key");
    const token = ($ref ?? additionalProperties?.$ref)?.replace("#/types/", "");
    const inner = token === undefined ? undefined : SCHEMA.types[token].properties;
    return inner === undefined ? [path] : pathsOf(inner, `${path}.`);
  });
}
