import assert from "node:assert/strict";
import { instance, sampleAccount } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { arnsIn, FIRST, groupOf, SECOND, Stage, THIRD, TUTORIAL } from "../support/stage";

const FOURTH = "i-0a1b2c3d4e5f60004";

function accountWithFourServers() {
  const account = sampleAccount();
  account.instances.push(instance(FOURTH, account.subnets[1], "172.31.16.14"));
  return account;
}

describe("a change of the servers", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: accountWithFourServers() });
  const serving = (...instanceIds: string[]) => groupOf({ ...TUTORIAL, instanceIds });
  let targetGroup = "";

  before(async () => {
    targetGroup = arnsIn((await stage().up(serving(FIRST, SECOND, THIRD))).outputs).targetGroup;
  });

  it("does nothing when they are only named in another order", async () => {
    await stage().preview(serving(THIRD, FIRST, SECOND), { expectNoChanges: true });
  });

  it("deregisters the first of three, and no other", async () => {
    const { steps, calls } = await stage().up(serving(SECOND, THIRD));
    assert.deepEqual(steps, [`delete web-attachment-${FIRST}:80`]);
    assert.deepEqual(
      calls.map(({ call }) => call),
      ["deregisterTarget"],
    );
    assert.deepEqual(stage().registered(targetGroup), [`${SECOND}:80`, `${THIRD}:80`]);
  });

  it("registers an added one, at any position", async () => {
    const { steps } = await stage().up(serving(SECOND, FIRST, THIRD));
    assert.deepEqual(steps, [`create web-attachment-${FIRST}:80`]);
    assert.equal(stage().registered(targetGroup).length, 3);
  });

  it("registers the new one before it deregisters the one that it replaces", async () => {
    const { calls } = await stage().up(serving(SECOND, FOURTH, THIRD));
    assert.deepEqual(calls, [
      { call: "registerTarget", args: [targetGroup, { id: FOURTH, port: 80 }] },
      { call: "deregisterTarget", args: [targetGroup, { id: FIRST, port: 80 }] },
    ]);
    assert.deepEqual(stage().registered(targetGroup), [
      `${SECOND}:80`,
      `${THIRD}:80`,
      `${FOURTH}:80`,
    ]);
  });

  it("moves a server from the list to the targets without deregistering it", async () => {
    const program = groupOf({
      ...TUTORIAL,
      instanceIds: [SECOND, FOURTH],
      targets: { third: { id: THIRD, port: 8080 } },
    });
    await stage().up(program);
    assert.deepEqual(stage().registered(targetGroup), [
      `${SECOND}:80`,
      `${THIRD}:8080`,
      `${FOURTH}:80`,
    ]);
  });

  it("registers none if there are none, and then no target serves requests", async () => {
    const run = await stage().up(serving());
    assert.deepEqual(stage().registered(targetGroup), []);
    assert.equal((await ask(stage().urlOf(run))).status, 503);
  });
});

describe("a change of the health check", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("is made in place", async () => {
    const { outputs } = await stage().up(groupOf(TUTORIAL));
    const changed = groupOf({
      ...TUTORIAL,
      targetGroup: { healthCheck: { interval: 10, path: "/health" } },
    });
    const { steps, differences } = await stage().up(changed);
    assert.deepEqual(steps, ["update web-tg"]);
    assert.deepEqual(differences, { "web-tg": ["healthCheck.interval", "healthCheck.path"] });
    const { targetGroup } = arnsIn(outputs);
    const { healthCheck } = stage().emulator.elb.describeTargetGroup(targetGroup);
    assert.deepEqual([healthCheck.intervalSeconds, healthCheck.path], [10, "/health"]);
    assert.equal(stage().registered(targetGroup).length, 3);
  });
});
