import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { Stage } from "../support/stage";
import { FORMER_GROUPS, formerAccount } from "./formerGroups";

/** A resource as version 0.1 made it. Texts like `{web-tg.arn}` are outputs of other resources. */
interface FormerResource {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const FORMER = JSON.parse(
  readFileSync(path.join(__dirname, "formerVersion.json"), "utf8"),
) as FormerResource[];

const TYPE = "load-balanced-group:index:LoadBalancedGroup";
const OUTPUTS = ["arn", "arnSuffix", "name", "dnsName", "bucket"];

/** A resource of which only the type's name is known. */
class AnyResource extends pulumi.CustomResource {
  [output: string]: unknown;
}

/** Makes the resources of version 0.1, under their names. */
function formerProgram(): Promise<Record<string, unknown>> {
  const groups = new Map(
    Object.keys(FORMER_GROUPS).map((name) => [name, new pulumi.ComponentResource(TYPE, name)]),
  );
  const made = new Map<string, AnyResource>();
  const outputOf = (reference: string): unknown => {
    const dot = reference.lastIndexOf(".");
    return made.get(reference.slice(0, dot))?.[reference.slice(dot + 1)];
  };
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
    }
    if (typeof value !== "string") return value;
    const whole = /^\{([^{}]*\.\w+)\}$/.exec(value);
    if (whole !== null) return outputOf(whole[1]);
    const parts = value.split(/\{([a-z][a-z-]*\.(?:id|arn|arnSuffix|bucket|name))\}/);
    return pulumi.concat(
      ...parts.map((part, index) => (index % 2 === 0 ? part : outputOf(part)) as string),
    );
  };
  for (const { type, name, parent, inputs } of FORMER) {
    const outputs = Object.fromEntries(OUTPUTS.map((key) => [key, undefined]));
    const properties = resolved(inputs) as pulumi.Inputs;
    // In the order of that version's state, in which each comes after those that it needs.
    const opts = { parent: groups.get(parent), dependsOn: [...made.values()].slice(-1) };
    made.set(name, new AnyResource(type, name, { ...outputs, ...properties }, opts));
  }
  return Promise.resolve({});
}

function program(): Promise<Record<string, unknown>> {
  for (const [name, args] of Object.entries(FORMER_GROUPS)) new LoadBalancedGroup(name, args);
  return Promise.resolve({});
}

describe("groups that version 0.1 made", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: formerAccount() });

  it("are the same with the present version: nothing is created, replaced or deleted", async () => {
    const former = await stage().up(formerProgram);
    assert.equal(former.steps.length, FORMER.length + Object.keys(FORMER_GROUPS).length);
    const before = stage().existing;
    const { steps } = await stage().up(program);
    assert.deepEqual(steps, []);
    assert.deepEqual(stage().existing, before);
    await stage().preview(program, { expectNoChanges: true });
    assert.deepEqual((await stage().refresh()).steps, []);
  });
});
