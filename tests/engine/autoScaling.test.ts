import assert from "node:assert/strict";
import { instance, sampleAccount } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { arnsIn, FIRST, groupOf, SECOND, Stage, THIRD, TUTORIAL } from "../support/stage";

const FOURTH = "i-0a1b2c3d4e5f60004";

function accountWithGroups() {
  const account = sampleAccount();
  account.autoScalingGroups.push(
    { autoScalingGroupName: "web-1", instanceIds: [FIRST], targetGroupArns: [] },
    { autoScalingGroupName: "web-2", instanceIds: [SECOND], targetGroupArns: [] },
  );
  return account;
}

describe("a group of Auto Scaling groups", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: accountWithGroups() });
  const serving = (autoScalingGroupNames: Record<string, string>, instanceIds: string[] = []) =>
    groupOf({
      ...TUTORIAL,
      instanceIds,
      autoScalingGroupNames,
      targetGroup: { deregistrationDelay: 1 },
    });
  let targetGroup = "";
  let url = "";

  /** Who answers within some requests. */
  const answering = async () => {
    const answers = new Set<string>();
    for (let count = 0; count < 4; count += 1) {
      answers.add((await ask(url)).body.split(" ")[0]);
    }
    return [...answers].sort();
  };

  it("serves with the instances of those that are attached", async () => {
    const run = await stage().up(serving({ first: "web-1" }));
    targetGroup = arnsIn(run.outputs).targetGroup;
    url = stage().urlOf(run);
    await stage().healthy(targetGroup);
    assert.deepEqual(await answering(), [FIRST]);
  });

  it("sends requests to an instance that is launched", async () => {
    const added = instance(FOURTH, sampleAccount().subnets[1], "172.31.16.14");
    await stage().emulator.autoScaling.launch("web-1", added);
    await stage().healthy(targetGroup);
    assert.deepEqual(await answering(), [FIRST, FOURTH]);
    await stage().preview(serving({ first: "web-1" }), { expectNoChanges: true });
  });

  it("drains an instance that is terminated, and sends nothing more to it", async () => {
    const gone = stage().emulator.autoScaling.terminate("web-1", FIRST);
    const states = stage().emulator.elb.describeTargetHealth(targetGroup);
    assert.equal(states.find(({ target }) => target.id === FIRST)?.state, "draining");
    assert.deepEqual(await answering(), [FOURTH]);
    await gone;
    assert.deepEqual(stage().registered(targetGroup), [`${FOURTH}:80`]);
  });

  it("changes nothing but the attachments that are added and removed", async () => {
    const added = await stage().up(serving({ other: "web-2", first: "web-1" }, [THIRD]));
    assert.deepEqual(added.steps.sort(), [
      `create web-attachment-${THIRD}:80`,
      "create web-auto-scaling-web-2",
    ]);
    const all = [SECOND, THIRD, FOURTH].map((id) => `${id}:80`);
    assert.deepEqual(stage().registered(targetGroup), all);

    const removed = await stage().up(serving({ other: "web-2" }, [THIRD]));
    assert.deepEqual(removed.steps, ["delete web-auto-scaling-web-1"]);
    assert.deepEqual(stage().registered(targetGroup), all.slice(0, 2));
  });

  it("has its instances before traffic moves to a replaced target group", async () => {
    const { steps } = await stage().up(
      groupOf({
        ...TUTORIAL,
        instanceIds: [THIRD],
        autoScalingGroupNames: { other: "web-2" },
        targetGroup: { deregistrationDelay: 1, protocol: "HTTPS" },
      }),
    );
    const at = (step: string) => steps.indexOf(step);
    assert.ok(
      at("create-replacement web-auto-scaling-web-2") < at("update web-http"),
      steps.join("\n"),
    );
    assert.ok(
      at("update web-http") < at("delete-replaced web-auto-scaling-web-2"),
      steps.join("\n"),
    );
    const [group] = stage().account.autoScalingGroups.slice(1);
    assert.equal(group.targetGroupArns.length, 1);
    assert.notEqual(group.targetGroupArns[0], targetGroup);
  });
});
