import assert from "node:assert/strict";
import type { Configuration } from "../../automation";
import { formerName } from "../../automation/healthySwitch/formerNames";
import { stagesBefore, SwitchRefusal } from "../../automation/healthySwitch/stages";
import { findConfigProblems } from "../../stacks/configuration";

const ZONES = { availabilityZones: ["us-west-2a", "us-west-2b"] };
const [FIRST, SECOND] = ["i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002"];

const BLUE = { instanceIds: [FIRST] };
const GREEN = { instanceIds: [SECOND] };

/** The stages, which are all valid configurations. */
function stages(deployed: Configuration, wanted: Configuration, replaced: string[] = []) {
  for (const one of [deployed, wanted]) assert.deepEqual(findConfigProblems(one, undefined), []);
  const all = stagesBefore(deployed, wanted, new Set(replaced)).map((stage) => {
    const configuration: Configuration = JSON.parse(JSON.stringify(stage.configuration));
    assert.deepEqual(findConfigProblems(configuration, undefined), []);
    return { ...stage, configuration };
  });
  return all;
}

const weighted = (
  weights: Record<string, number>,
  more: Partial<Configuration> = {},
): Configuration => ({
  ...ZONES,
  targetGroups: { blue: BLUE, green: GREEN },
  forward: { weights },
  ...more,
});

const keysAwaited = (all: ReturnType<typeof stages>) =>
  all.map(({ awaited }) => awaited.map(({ key }) => key));

describe("the stages of a switch", () => {
  it("are none if the same target groups get the same requests", () => {
    const deployed = { ...ZONES, instanceIds: [FIRST] };
    assert.deepEqual(stages(deployed, { ...ZONES, instanceIds: [SECOND], idleTimeout: 90 }), []);
    assert.deepEqual(stages(weighted({ blue: 1, green: 3 }), weighted({ blue: 2, green: 6 })), []);
  });

  it("wait for the target group whose share grows, and for no other", () => {
    const deployed = weighted({ blue: 9, green: 1 });
    const [only, ...others] = stages(deployed, weighted({ blue: 1, green: 1 }));
    assert.deepEqual(only.awaited, [{ key: "green", asManyAs: undefined }]);
    assert.deepEqual(only.configuration, deployed);
    assert.deepEqual(others, []);
  });

  it("add a target group with weight 0, and leave everything else as it is deployed", () => {
    const deployed = { ...ZONES, instanceIds: [FIRST], idleTimeout: 60 };
    const wanted = weighted({ green: 1 }, { targetGroups: { green: GREEN }, idleTimeout: 90 });
    const [only, ...others] = stages(deployed, wanted);
    assert.deepEqual(only.configuration, {
      ...deployed,
      targetGroups: { green: GREEN },
      forward: { weights: { default: 1, green: 0 } },
    });
    assert.deepEqual([only.awaited.map(({ key }) => key), others], [["green"], []]);
  });

  it("take the wanted targets of a target group that has weight 0", () => {
    const [only] = stages(
      weighted({ blue: 1, green: 0 }),
      weighted({ blue: 0, green: 1 }, { targetGroups: { blue: BLUE, green: BLUE } }),
    );
    assert.deepEqual(only.configuration.targetGroups, { blue: BLUE, green: BLUE });
    assert.deepEqual(only.configuration.forward, { weights: { blue: 1, green: 0 } });
  });

  it("first give a replaced main target group its own key, then create the new one with weight 0", () => {
    const deployed = { ...ZONES, instanceIds: [FIRST], targetGroup: { port: 80 } };
    const wanted = { ...deployed, targetGroup: { port: 8080 } };
    const [renamed, checked, ...others] = stages(deployed, wanted, ["default"]);
    assert.deepEqual(renamed.formerKeys, { "default-previous": "default" });
    assert.deepEqual(renamed.configuration, {
      ...ZONES,
      targetGroups: { "default-previous": { instanceIds: [FIRST], port: 80 } },
      forward: { weights: { "default-previous": 1 } },
    });
    assert.deepEqual(checked, {
      configuration: {
        ...renamed.configuration,
        instanceIds: [FIRST],
        targetGroup: { port: 8080 },
        forward: { weights: { "default-previous": 1, default: 0 } },
      },
      formerKeys: {},
      awaited: [{ key: "default", asManyAs: undefined }],
    });
    assert.deepEqual(others, []);
  });

  it("name the replaced target group in all actions by its new key", () => {
    const rules = {
      api: { pathPatterns: ["/api"], targetGroup: "blue" },
      half: { pathPatterns: ["/half"], forward: { weights: { blue: 1, green: 1 } } },
      old: { pathPatterns: ["/old"], fixedResponse: { statusCode: 410 } },
    };
    const deployed = weighted({ green: 1 }, { rules });
    const wanted = { ...deployed, targetGroups: { blue: { ...BLUE, port: 81 }, green: GREEN } };
    const [renamed, checked] = stages(deployed, wanted, ["blue"]);
    assert.deepEqual(renamed.configuration.rules, {
      api: { pathPatterns: ["/api"], targetGroup: "blue-previous" },
      half: { pathPatterns: ["/half"], forward: { weights: { "blue-previous": 1, green: 1 } } },
      old: rules.old,
    });
    assert.deepEqual(Object.keys(renamed.configuration.targetGroups ?? {}), [
      "green",
      "blue-previous",
    ]);
    assert.deepEqual(checked.configuration.forward, { weights: { green: 1, blue: 0 } });
    assert.deepEqual(keysAwaited([renamed, checked]), [[], ["blue"]]);
  });

  it("need as many targets as before if they register themselves, or come from an Auto Scaling group", () => {
    for (const autoScalingGroupNames of [undefined, { all: "fleet" }]) {
      const deployed = { ...ZONES, ...(autoScalingGroupNames && { autoScalingGroupNames }) };
      const wanted = { ...deployed, targetGroup: { port: 8080 } };
      const [, checked] = stages(deployed, wanted, ["default"]);
      assert.deepEqual(checked.awaited, [{ key: "default", asManyAs: "default-previous" }]);
      const [again] = stages(checked.configuration, wanted);
      assert.deepEqual(again.awaited, checked.awaited);
    }
  });

  it("continue after an interruption, with what is deployed", () => {
    const deployed = { ...ZONES, instanceIds: [FIRST], targetGroup: { port: 80 } };
    const wanted = { ...deployed, targetGroup: { port: 8080 } };
    const [, { configuration }] = stages(deployed, wanted, ["default"]);
    const [again, ...others] = stages(configuration, wanted);
    assert.deepEqual([again.configuration, others], [configuration, []]);
    const [back] = stages(configuration, deployed, ["default"]);
    assert.deepEqual(back.configuration, { ...configuration, targetGroup: { port: 80 } });
  });

  it("find another key if the first is taken", () => {
    const targetGroups = { "default-previous": GREEN };
    const deployed = weighted(
      { default: 1, "default-previous": 1 },
      { targetGroups, instanceIds: [FIRST] },
    );
    const [{ formerKeys }] = stages(deployed, { ...deployed, targetGroup: { port: 81 } }, [
      "default",
    ]);
    assert.deepEqual(formerKeys, { "default-previous-previous": "default" });
  });

  it("add a target group to a rule if the default action does not forward", () => {
    const fixed = { defaultAction: { fixedResponse: { statusCode: 404 } } };
    const rule = { pathPatterns: ["/api"] };
    const deployed = {
      ...ZONES,
      ...fixed,
      targetGroups: { blue: BLUE },
      rules: { api: { ...rule, targetGroup: "blue" } },
    };
    const wanted = {
      ...ZONES,
      ...fixed,
      targetGroups: { green: GREEN },
      rules: { api: { ...rule, targetGroup: "green" } },
    };
    const [only] = stages(deployed, wanted);
    assert.deepEqual(only.configuration, {
      ...deployed,
      targetGroups: { blue: BLUE, green: GREEN },
      rules: { api: { ...rule, forward: { weights: { blue: 1, green: 0 } } } },
    });
  });

  it("keep a client for a second only in a target group, if one of them has sticky sessions", () => {
    const sticky = { ...GREEN, stickiness: {} };
    const [only] = stages(
      { ...ZONES, instanceIds: [FIRST] },
      weighted({ green: 1 }, { targetGroups: { green: sticky } }),
    );
    assert.deepEqual(only.configuration.forward, {
      weights: { default: 1, green: 0 },
      stickinessDuration: 1,
    });
  });

  it("let servers of both configurations be reached", () => {
    const [only] = stages(
      weighted({ blue: 1, green: 0 }, { targetSecurityGroupIds: ["sg-0a1b2c3d4e5f60001"] }),
      weighted(
        { blue: 0, green: 1 },
        {
          targetSecurityGroupIds: ["sg-0a1b2c3d4e5f60002"],
          availabilityZones: ["us-west-2b", "us-west-2c"],
        },
      ),
    );
    assert.deepEqual(only.configuration.targetSecurityGroupIds, [
      "sg-0a1b2c3d4e5f60001",
      "sg-0a1b2c3d4e5f60002",
    ]);
    assert.deepEqual(only.configuration.availabilityZones, [
      "us-west-2a",
      "us-west-2b",
      "us-west-2c",
    ]);
  });

  it("are refused if the load balancer could not reach both", () => {
    const deployed = weighted({ blue: 1, green: 0 });
    const wanted = weighted(
      { blue: 0, green: 1 },
      { targetSecurityGroupIds: ["sg-0a1b2c3d4e5f60001"] },
    );
    assert.throws(
      () => stages(deployed, wanted),
      (error) =>
        error instanceof SwitchRefusal &&
        error.propertyPath === "targetSecurityGroupIds" &&
        error.message.includes("in a separate update first"),
    );
    assert.deepEqual(stages(deployed, { ...wanted, forward: deployed.forward }), []);
  });

  it("are refused if no action has room for one more target group", () => {
    const keys = ["a", "b", "c", "d", "e"];
    const targetGroups = Object.fromEntries(keys.map((key) => [key, BLUE]));
    const weights = Object.fromEntries(keys.map((key) => [key, 1]));
    const deployed = { ...ZONES, targetGroups, forward: { weights } };
    const wanted = weighted({ green: 1 }, { targetGroups: { green: GREEN } });
    assert.throws(
      () => stages(deployed, wanted),
      (error) =>
        error instanceof SwitchRefusal &&
        error.propertyPath === "targetGroups.green" &&
        error.message.includes("remove one of them"),
    );
  });

  it("are refused if no action forwards yet, which an update without them changes", () => {
    const fixedResponse = { statusCode: 503 };
    assert.throws(
      () => stages({ ...ZONES, defaultAction: { fixedResponse } }, ZONES),
      (error) =>
        error instanceof SwitchRefusal &&
        error.propertyPath === "targetGroup" &&
        error.message.endsWith("run up without switchWhenHealthy"),
    );
  });
});

describe("the former name of a target group's resource", () => {
  it("is the one that it had with the former key", () => {
    const formerKeys = [
      ["default-previous", "default"],
      ["blue-previous", "blue"],
    ] as const;
    const names = [
      ["web-tg-default-previous", "web-tg"],
      ["web-attachment-default-previous-i-1:80", "web-attachment-i-1:80"],
      ["web-tg-blue-previous", "web-tg-blue"],
      ["web-auto-scaling-blue-previous-fleet", "web-auto-scaling-blue-fleet"],
      ["web-tg-blue-previously", undefined],
      ["web-alb", undefined],
    ] as const;
    for (const [name, former] of names) assert.equal(formerName(name, formerKeys), former, name);
  });
});
