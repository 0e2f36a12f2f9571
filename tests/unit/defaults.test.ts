import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { isRecord } from "../../components/checks";
import { findProblems } from "../../components/validation";
import type { PackageSpec, PropertySpec, TypeSpec } from "../../tools/package/spec";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import { GOOD_ARGUMENTS } from "../arguments";
import { ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";

const TYPE = "load-balanced-group:index:LoadBalancedGroup";
const REFERENCE = "#/types/";
const schema = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as PackageSpec;

type Properties = Readonly<Record<string, PropertySpec>>;

/** What generated code sends: the defaults of all that is left out, in every object that there is. */
function filledIn(args: object, properties: Properties): Record<string, unknown> {
  const given: Record<string, unknown> = { ...args };
  for (const [name, property] of Object.entries(properties)) {
    given[name] = given[name] === undefined ? property.default : within(given[name], property);
  }
  return given;
}

function within(value: unknown, { $ref, additionalProperties }: TypeSpec): unknown {
  if (!isRecord(value) || pulumi.Resource.isInstance(value)) return value;
  const properties = $ref && schema.types[$ref.slice(REFERENCE.length)].properties;
  if (properties) return filledIn(value, properties);
  if (additionalProperties === undefined) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    within(one, additionalProperties),
  ]);
  return Object.fromEntries(entries) as unknown;
}

describe("the schema's defaults, filled in by generated code", () => {
  GOOD_ARGUMENTS.forEach(([what, args]) => {
    it(`make the same: ${what}`, async () => {
      const written: LoadBalancedGroupArgs = { ...ZONES, ...args };
      const sent: LoadBalancedGroupArgs = filledIn(written, schema.resources[TYPE].inputProperties);
      assert.deepEqual(findProblems("web", sent), []);
      const [plain, generated] = [await recordGroup(written), await recordGroup(sent)];
      assert.deepEqual(generated.registrations, plain.registrations);
      assert.deepEqual(generated.invocations, plain.invocations);
      assert.deepEqual(generated.warnings, plain.warnings);
      assert.deepEqual(generated.failures, plain.failures);
    });
  });

  it("are distinguished from other values, also if they are outputs", async () => {
    const port = {
      httpsOnly: true,
      certificateArn: "arn:aws:acm:us-west-2:123456789012:certificate/one",
    };
    const lambda = { targetType: "lambda", slowStart: pulumi.output(0) } as const;
    for (const args of [
      { ...port, port: 80 },
      { logExpirationDays: pulumi.output(365) },
      { targetGroup: lambda },
    ]) {
      assert.deepEqual((await recordGroup({ ...ZONES, ...args })).failures, []);
    }
  });
});
