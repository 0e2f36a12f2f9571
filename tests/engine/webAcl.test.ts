import assert from "node:assert/strict";
import { sampleAccount } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { arnsIn, groupOf, Stage, TUTORIAL } from "../support/stage";

describe("a web ACL, deployed", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const [admin, hidden] = sampleAccount().webAcls.map(({ arn }) => arn);
  const guarded = (webAclArn: string) => groupOf({ ...TUTORIAL, webAclArn });
  const statuses = async (url: string) =>
    Promise.all(["/admin", "/private", "/"].map(async (path) => (await ask(url + path)).status));

  it("filters requests from the first one on", async () => {
    const run = await stage().up(guarded(admin));
    assert.ok(run.steps.indexOf("create web-waf-public") < run.steps.indexOf("create web-http"));
    await stage().healthy(arnsIn(run.outputs).targetGroup);
    assert.deepEqual(await statuses(stage().urlOf(run)), [403, 200, 200]);
  });

  it("is still associated after it has replaced another one", async () => {
    const run = await stage().up(guarded(hidden));
    assert.deepEqual(
      run.steps.filter((step) => !step.startsWith("replace")),
      ["delete-replaced web-waf-public", "create-replacement web-waf-public"],
    );
    assert.deepEqual(await statuses(stage().urlOf(run)), [200, 403, 200]);
  });

  it("goes when it is left out", async () => {
    const run = await stage().up(groupOf(TUTORIAL));
    assert.deepEqual(run.steps, ["delete web-waf-public"]);
    assert.deepEqual(await statuses(stage().urlOf(run)), [200, 200, 200]);
  });

  it("that does not exist is refused at preview, or by AWS", async () => {
    const webAclArn = `${admin}0`;
    const reason = /webAclArn: there is no .*; use the ARN of the web ACL of that name, arn:/;
    await assert.rejects(stage().preview(guarded(webAclArn)), reason);
    const unchecked = groupOf({ ...TUTORIAL, webAclArn, preflight: "off" });
    await assert.rejects(stage().up(unchecked), /WAFNonexistentItemException/);
  });
});
