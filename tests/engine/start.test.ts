import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import type { Result } from "../../demo/demonstration";
import { engine, ENGINE_TIMEOUT } from "../support/engine";
import { useScratch } from "../support/scratch";
import { useScripts, type Script } from "./script";
import { FIRST, SECOND, THIRD } from "../support/stage";

describe("npm start", function () {
  this.timeout(120_000);
  const scratch = useScratch();
  const run = useScripts(scratch);

  before(async function () {
    this.timeout(ENGINE_TIMEOUT);
    await engine();
  });

  async function assertNothingLeft(script: Script): Promise<void> {
    assert.equal(script.isAlive, false, "a process");
    // ts-node keeps compiled code here for all of its users.
    const folders = (await readdir(scratch())).filter((name) => !name.startsWith("v8-compile"));
    assert.deepEqual(folders, []);
  }

  it("shows in JSON how the servers shared the requests, and what happened when one stopped", async () => {
    const script = run("start", "--silent", "--", "--json");
    assert.equal(await script.end(), 0, script.stderr);
    const result = JSON.parse(script.stdout) as Result;
    assert.doesNotMatch(script.stderr, /stack rm|history and configuration/);
    assert.match(script.stderr, /\nNothing of it is left on this machine\.\n$/);

    assert.match(result.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(result.resources.created, 11);
    assert.equal(result.failed, 0);
    assert.deepEqual(Object.keys(result.servers), [FIRST, SECOND, THIRD]);
    for (const [id, served] of Object.entries(result.servers)) {
      const even = result.requests / 3;
      assert.ok(Math.abs(served - even) <= even / 5, `${id} served ${served}`);
    }
    const { outage } = result;
    assert.equal(outage.stopped, FIRST);
    assert.equal(outage.failedAfterDetection, 0);
    // Two checks must fail, five seconds from one another.
    assert.ok(outage.unhealthyAfterSeconds >= 5 && outage.unhealthyAfterSeconds <= 15);
    assert.ok(outage.healthyAgainAfterSeconds >= 5 && outage.healthyAgainAfterSeconds <= 15);
    await assertNothingLeft(script);
  });

  for (const [when, text] of [
    ["the deployment", "web-alb creat"],
    ["the traffic", `Stopping ${FIRST} under load`],
  ]) {
    it(`cleans up when it is interrupted in the middle of ${when}`, async () => {
      const script = run("start", "--", "--json");
      await script.says(text);
      script.signal("SIGINT");
      assert.equal(await script.end(), 130, script.stderr);
      assert.doesNotMatch(script.stdout, /\{"url"/);
      await assertNothingLeft(script);
    });
  }

  it("refuses options that it does not have", async () => {
    const script = run("start", "--", "--jason");
    assert.equal(await script.end(), 1);
    assert.match(script.stderr, /unknown option --jason\n\nnpm start .*\nnpm start -- --json /);
  });

  it("shows its help", async () => {
    const script = run("start", "--", "--help");
    assert.equal(await script.end(), 0);
    assert.match(script.stdout, /\nnpm start -- --json /);
  });
});

describe("npm run local", function () {
  this.timeout(60_000);
  const scratch = useScratch();
  const run = useScripts(scratch);

  it("shows how to use it, until it is interrupted", async () => {
    const script = run("run", "local");
    await script.says("run local -- up");
    for (const id of [FIRST, SECOND, THIRD]) assert.ok(script.stdout.includes(id), id);
    script.terminate();
    // The shell that npm starts does not live to tell how it ended. What it wrote to is closed by then.
    assert.equal(await script.end(), 143, script.stderr);
  });

  it("shows its help", async () => {
    const script = run("run", "local", "--", "--help");
    assert.equal(await script.end(), 0);
    assert.match(script.stdout, /\nnpm run local -- COMMAND /);
  });
});
