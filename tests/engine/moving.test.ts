import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as library from "../../index";
import { SteadyLoad } from "../../demo/load";
import { awsxLookalike } from "./awsxLookalike";
import { compilerComplaints, programOf, programsIn } from "../support/docPrograms";
import { FIRST, SECOND, Stage } from "../support/stage";

const PACKAGES = { "load-balanced-group": library, "@pulumi/awsx": awsxLookalike };
const BY_HAND = programsIn("moving.md", "From resources written by hand");
const CONSOLE = programsIn("moving.md", "From the console");
const AWSX = programsIn("moving.md", "From awsx");

const program = (text: string) => programOf(text, PACKAGES);

describe("the guide for moving", function () {
  this.timeout(120_000);

  it("has programs that the compiler accepts", () => {
    assert.deepEqual([CONSOLE.length, BY_HAND.length, AWSX.length], [1, 2, 2]);
    assert.deepEqual(compilerComplaints([...CONSOLE, ...BY_HAND, ...AWSX]), []);
  });
});

describe("a group that moves out of resources written by hand", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const [before, after] = BY_HAND;

  it("keeps all of them and loses no request", async () => {
    const { shown, calls, arns } = await move(stage(), program(before), program(after));
    assert.deepEqual(shown, ["create shop", "update shop-alb", "update shop-tg"]);
    assert.deepEqual(calls, ["modifyLoadBalancerAttributes", "modifyTargetGroup"]);
    const { loadBalancerName } = stage().emulator.elb.describeLoadBalancer(arns.loadBalancer);
    assert.equal(loadBalancerName, "shop");
    assert.deepEqual(stage().registered(arns.targetGroup), [`${FIRST}:80`, `${SECOND}:80`]);
  });

  it("keeps them when the transform is taken out again", async () => {
    const withoutTransform = after.replace(/,\n {2}\{\n {4}transforms: .*^ {2}\},\n\);/ms, ");");
    assert.doesNotMatch(withoutTransform, /transforms/);
    await stage().preview(program(withoutTransform), { expectNoChanges: true });
  });

  it("gives a name of its own to what replaces a resource with a fixed one", async () => {
    const onPort = after.replace(/^ {4}instanceIds/m, "    targetGroup: { port: 8080 },\n$&");
    const { steps, calls } = await stage().up(program(onPort));
    assert.ok(steps.includes("replace shop-tg"), steps.join());
    const [{ call, args }] = calls;
    assert.equal(call, "createTargetGroup");
    assert.match((args[0] as { targetGroupName: string }).targetGroupName, /^shop-tg-[0-9a-f]{7}$/);
  });
});

describe("registrations that move", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const [before, after] = BY_HAND;
  const withPorts = program(before.replace("    targetId,\n", "    targetId,\n    port: 80,\n"));

  it("stay where they are, also if they named the target group's port", async () => {
    const { calls } = await move(stage(), withPorts, program(after));
    assert.deepEqual(calls, ["modifyLoadBalancerAttributes", "modifyTargetGroup"]);
    await stage().destroy();
  });

  it("are lost without an alias, which the preview shows as a create and a delete", async () => {
    await stage().up(program(before));
    const { targetGroup } = serving(stage());
    const nameless = program(after.replace(/^ {2}\["shop-attachment-.*\n/gm, ""));
    const { steps } = await stage().preview(nameless);
    for (const [id, former] of Object.entries({ [FIRST]: "server-0", [SECOND]: "server-1" })) {
      assert.ok(steps.includes(`create shop-attachment-${id}:80`), steps.join());
      assert.ok(steps.includes(`delete ${former}`), steps.join());
    }
    await stage().up(nameless);
    assert.deepEqual(stage().registered(targetGroup), []);
  });
});

describe("a group that moves out of awsx", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const [before, after] = AWSX;

  it("keeps all that stands in AWS, its security group too, and loses no request", async () => {
    const { shown, calls } = await move(stage(), program(before), program(after));
    assert.deepEqual(shown, [
      "create shop",
      "delete balancer",
      `delete ${FIRST}`,
      `delete ${SECOND}`,
      "update shop-alb",
      "update shop-tg",
    ]);
    assert.deepEqual(calls, ["modifyLoadBalancerAttributes", "modifyTargetGroup"]);
  });
});

/** What of a stage serves, by its ARNs. */
function serving(stage: Stage) {
  const find = (kind: string) => {
    const [arn, ...others] = stage.existing.filter((one) => one.includes(`:${kind}/`));
    assert.deepEqual(others, []);
    return arn;
  };
  return {
    loadBalancer: find("loadbalancer"),
    targetGroup: find("targetgroup"),
    listener: find("listener"),
  };
}

/** Deploys a program, and then another one under traffic, of which no request is to be lost. */
async function move(stage: Stage, before: PulumiFn, after: PulumiFn) {
  await stage.up(before);
  const { existing } = stage;
  const arns = serving(stage);
  const registered = stage.registered(arns.targetGroup);
  await stage.healthy(arns.targetGroup);
  const load = new SteadyLoad(stage.emulator.elb.listenerUrl(arns.listener), 40);
  await load.further(20);
  const preview = await stage.preview(after);
  const { steps, calls } = await stage.up(after);
  await load.further(20);
  await load.stop();

  const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
  assert.deepEqual(failed, []);
  assert.deepEqual(stage.existing, existing);
  assert.deepEqual(stage.registered(arns.targetGroup), registered);
  const shown = eachOnce(preview.steps);
  assert.deepEqual(eachOnce(steps), shown);
  return { shown, arns, calls: calls.map(({ call }) => call).sort() };
}

/** A component has two events: when it is registered, and when it is complete. */
const eachOnce = (steps: readonly string[]) => [...new Set(steps)].sort();
