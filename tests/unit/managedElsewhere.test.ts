import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ForwardArgs } from "../../components/args";
import { ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";

const BLUE_GREEN = { ...ZONES, targetGroups: { blue: {}, green: {} } };
const WEIGHTS = { blue: 1, green: 0 };
const forwards = (forward: ForwardArgs) => ({
  ...BLUE_GREEN,
  forward,
  rules: { api: { pathPatterns: ["/api/*"], forward } },
  listeners: { test: { port: 8080, protocol: "HTTP" as const, forward } },
});

describe("weights that another tool changes", () => {
  it("are for creation only, at each listener and rule where they are", async () => {
    const { find, failures } = await recordGroup(
      forwards({ weights: WEIGHTS, managedElsewhere: true }),
    );
    assert.deepEqual(failures, []);
    for (const name of ["web-http", "web-listener-8080"]) {
      assert.deepEqual(find(name).ignoreChanges, ["defaultActions"], name);
    }
    const { ignoreChanges, inputs } = find("web-rule-api");
    assert.deepEqual(ignoreChanges, ["actions"]);
    const [{ forward }] = inputs.actions as { forward: object }[];
    const targetGroups = [
      { arn: "arn:web-tg-blue", weight: 1 },
      { arn: "arn:web-tg-green", weight: 0 },
    ];
    assert.deepEqual(forward, { targetGroups });
  });

  it("are Pulumi's everywhere else", async () => {
    const weights = { weights: WEIGHTS };
    const managed = { ...weights, managedElsewhere: true };
    const rules = { api: { pathPatterns: ["/api/*"], forward: managed } };
    const { find } = await recordGroup({ ...forwards(weights), rules });
    assert.deepEqual(find("web-rule-api").ignoreChanges, ["actions"]);
    for (const name of ["web-http", "web-listener-8080"]) {
      assert.deepEqual(find(name).ignoreChanges, [], name);
    }
    const { find: findIn } = await recordGroup(forwards({ ...weights, managedElsewhere: false }));
    assert.deepEqual(findIn("web-rule-api").ignoreChanges, []);
  });

  it("have the form for several target groups, even if there is only one at first", async () => {
    const args = { ...BLUE_GREEN, targetGroups: { blue: {} } };
    const forward = { weights: { blue: 1 }, managedElsewhere: true };
    const { find } = await recordGroup({ ...args, forward });
    const targetGroups = [{ arn: "arn:web-tg-blue", weight: 1 }];
    assert.deepEqual(find("web-http").inputs.defaultActions, [
      { type: "forward", forward: { targetGroups } },
    ]);
  });

  it("have no stickiness that is off, which a refresh would give an impossible duration", async () => {
    const stickiness = async (stickinessDuration: pulumi.Input<number>) => {
      const forward = { weights: WEIGHTS, managedElsewhere: true, stickinessDuration };
      const { inputs } = (await recordGroup(forwards(forward))).find("web-http");
      const [action] = inputs.defaultActions as { forward: { stickiness?: object } }[];
      return action.forward.stickiness;
    };
    assert.equal(await stickiness(0), undefined);
    assert.equal(await stickiness(pulumi.output(0)), undefined);
    assert.deepEqual(await stickiness(60), { enabled: true, duration: 60 });
  });

  it("don't warn of target groups without targets, which the tool registers", async () => {
    const warningsOf = async (managedElsewhere: boolean) => {
      const { warnings } = await recordGroup({
        ...ZONES,
        targetGroups: { blue: { instanceIds: ["i-1"] }, green: {} },
        forward: { weights: { blue: 1, green: 1 }, managedElsewhere },
      });
      return warnings.filter((warning) => warning.includes("has no targets here"));
    };
    assert.deepEqual(await warningsOf(true), []);
    assert.equal((await warningsOf(false)).length, 1);
  });
});
