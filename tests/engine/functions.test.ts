import assert from "node:assert/strict";
import { sampleAccount } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { arnsIn, FIRST, groupOf, Stage, TUTORIAL } from "../support/stage";

const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";

function accountWithFunctions() {
  const account = sampleAccount();
  for (const functionArn of [FUNCTION, `${FUNCTION}-2`]) {
    const body = functionArn.split(":").at(-1);
    const handler = () => ({ statusCode: 200, body });
    account.functions.push({ functionArn, handler, permissions: [] });
  }
  return account;
}

describe("a group of a Lambda function", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: accountWithFunctions() });
  const serving = (targets: Record<string, { id: string }>, healthCheck?: object) =>
    groupOf({
      ...TUTORIAL,
      instanceIds: [],
      targets,
      targetGroup: { targetType: "lambda", healthCheck },
    });
  let url = "";
  let targetGroup = "";

  it("answers requests through the listener", async () => {
    const run = await stage().up(serving({ api: { id: FUNCTION } }));
    url = stage().urlOf(run);
    targetGroup = arnsIn(run.outputs).targetGroup;
    assert.ok(
      run.steps.indexOf("create web-permission-api") <
        run.steps.indexOf("create web-attachment-api"),
    );
    const { status, body } = await ask(url);
    assert.deepEqual([status, body], [200, "api"]);
    await stage().preview(serving({ api: { id: FUNCTION } }), { expectNoChanges: true });
    await stage().refresh();
  });

  it("turns health checks on and off in place", async () => {
    const on = await stage().up(serving({ api: { id: FUNCTION } }, { enabled: true }));
    assert.deepEqual(on.differences, { "web-tg": ["healthCheck.enabled"] });
    await stage().healthy(targetGroup);
    await stage().up(serving({ api: { id: FUNCTION } }));
    const [{ state }] = stage().emulator.elb.describeTargetHealth(targetGroup);
    assert.equal(state, "unavailable");
  });

  it("is replaced by servers, which are registered before traffic moves to them", async () => {
    const run = await stage().up(groupOf({ ...TUTORIAL, instanceIds: [FIRST] }));
    const at = (step: string) => run.steps.indexOf(step);
    assert.ok(
      at(`create web-attachment-${FIRST}:80`) < at("update web-http"),
      run.steps.join("\n"),
    );
    assert.match((await ask(url)).body, new RegExp(FIRST));
    assert.deepEqual(
      stage().account.functions.flatMap(({ permissions }) => permissions),
      [],
    );
  });
});
