import assert from "node:assert/strict";
import { ask, askSecurely } from "../../emulator/tests/support/httpClient";
import { OIDC } from "../support/logins";
import { CERTIFICATE, FIRST, groupOf, Stage } from "../support/stage";

const ZONES = { availabilityZones: ["us-west-2a", "us-west-2b"] };
const NOT_FOUND = { fixedResponse: { statusCode: 404, messageBody: "nothing here" } };

describe("a default action without a target group", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite();

  it("answers if no rule matches, and is replaced by servers in place", async () => {
    const redirect = { statusCode: "HTTP_301", path: "/" } as const;
    const rules = { old: { pathPatterns: ["/old"], redirect } };
    const first = await stage().up(groupOf({ ...ZONES, defaultAction: NOT_FOUND, rules }));
    const url = stage().urlOf(first);
    const { status, body } = await ask(url);
    assert.deepEqual([status, body], [404, "nothing here"]);
    assert.equal((await ask(`${url}/old`)).headers.location, `${url}/`);
    assert.deepEqual(
      first.calls.map(({ call }) => call).filter((call) => call.includes("TargetGroup")),
      [],
    );
    await stage().refresh();

    const second = await stage().up(groupOf({ ...ZONES, instanceIds: [FIRST], rules }));
    assert.equal((await ask(url)).status, 200);
    assert.ok(second.steps.includes("update web-http"));
  });

  it("works with a login, whose secret is encrypted in the state", async () => {
    const authenticateOidc = { ...OIDC, clientSecret: "hidden-from-all" };
    const rules = { app: { pathPatterns: ["/app/*"], targetGroup: "default", authenticateOidc } };
    const program = groupOf({
      ...ZONES,
      instanceIds: [FIRST],
      certificateArn: CERTIFICATE,
      defaultAction: NOT_FOUND,
      rules,
    });
    await stage().up(program);
    assert.ok(!(await stage().savedState()).includes("hidden-from-all"));
    await stage().preview(program, { expectNoChanges: true });
  });

  it("comes after a login, which goes when it is left out", async () => {
    const args = { ...ZONES, instanceIds: [FIRST], certificateArn: CERTIFICATE };
    const open = { pathPatterns: ["/open"], ...NOT_FOUND };
    const authenticateOidc = { ...OIDC, clientSecret: "hidden-from-all" };
    const without = groupOf({ ...args, rules: { open } });
    const program = groupOf({ ...args, rules: { open }, authenticateOidc });
    const before = await stage().up(without);
    const url = stage().urlOf(before, "https");
    const answerTo = (path: string) => askSecurely(url + path);
    assert.equal((await answerTo("/")).status, 200);

    const run = await stage().up(program);
    assert.ok(run.steps.includes("update web-https"), run.steps.join());
    assert.ok(!run.steps.some((step) => /^(replace|update) web-(?!https)/.test(step)));
    const { status, headers } = await answerTo("/");
    assert.equal(status, 302);
    assert.ok(headers.location?.startsWith(OIDC.authorizationEndpoint), headers.location);
    assert.equal((await answerTo("/open")).body, "nothing here");
    assert.ok(!(await stage().savedState()).includes("hidden-from-all"));
    await stage().refresh();
    await stage().preview(program, { expectNoChanges: true });

    await stage().up(without);
    assert.equal((await answerTo("/")).status, 200);
  });
});
