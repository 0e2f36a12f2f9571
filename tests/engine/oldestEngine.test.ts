import assert from "node:assert/strict";
import { MINIMUM_ENGINE } from "../../automation/engineCommand";
import { NoEngineError } from "../../tools/engine";
import { ask } from "../../emulator/tests/support/httpClient";
import { ENGINE_TIMEOUT, oldestEngine } from "../support/engine";
import { arnsIn, FIRST, groupOf, Stage, TUTORIAL } from "../support/stage";

describe("the oldest engine that is supported", function () {
  this.timeout(120_000);

  before(async function () {
    this.timeout(ENGINE_TIMEOUT);
    try {
      await oldestEngine();
    } catch (error) {
      if (!(error instanceof NoEngineError)) throw error;
      for (const test of this.test?.parent?.tests ?? []) {
        test.title += ", not run here: it can be neither installed nor compiled";
      }
      this.skip();
    }
  });

  const stage = Stage.forSuite({}, oldestEngine);
  const program = groupOf(TUTORIAL);
  let first: ReturnType<typeof arnsIn>;

  it("is the one that automation names", async () => {
    assert.equal((await oldestEngine()).version, MINIMUM_ENGINE);
  });

  it("previews the tutorial and makes nothing", async () => {
    const { steps } = await stage().preview(program);
    assert.ok(steps.includes("create web-http"), steps.join());
    assert.deepEqual(stage().existing, []);
  });

  it("refuses what can't work before anything is made", async () => {
    const wrong = groupOf({ ...TUTORIAL, instanceIds: ["i-0a1b2c3d4e5f69999"] });
    await assert.rejects(stage().up(wrong), /i-0a1b2c3d4e5f69999 does not exist/);
    assert.deepEqual(stage().existing, []);
  });

  it("deploys it, and it serves", async () => {
    const run = await stage().up(program);
    first = arnsIn(run.outputs);
    await stage().healthy(first.targetGroup);
    assert.equal((await ask(stage().urlOf(run))).status, 200);
    assert.deepEqual((await stage().up(program)).steps, []);
  });

  it("replaces the target group along with the load balancer", async () => {
    const { steps, outputs } = await stage().up(groupOf({ ...TUTORIAL, internal: true }));
    assert.ok(steps.includes("create-replacement web-tg"), steps.join());
    assert.ok(steps.includes(`create-replacement web-attachment-${FIRST}:80`), steps.join());
    const after = arnsIn(outputs);
    assert.equal(stage().existing.includes(first.targetGroup), false);
    assert.notEqual(after.loadBalancer, first.loadBalancer);
  });

  it("destroys it without leaving anything", async () => {
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
