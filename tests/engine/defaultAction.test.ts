import assert from "node:assert/strict";
import type { JwtValidationArgs } from "../../components/args";
import { ask, askSecurely } from "../../emulator/tests/support/httpClient";
import { bearer, IdentityProvider } from "../../emulator/tests/support/identityProvider";
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

  it("comes after the validation of tokens, which goes when it is left out, and which a rule has too", async () => {
    const provider = await IdentityProvider.start();
    try {
      const { issuer, jwksEndpoint } = provider;
      const scope = (...values: string[]) =>
        ({ scope: { format: "space-separated-values", values } }) as const;
      const args = (jwtValidation?: JwtValidationArgs) => ({
        ...ZONES,
        instanceIds: [FIRST],
        certificateArn: CERTIFICATE,
        jwtValidation,
        rules: {
          admin: {
            pathPatterns: ["/admin/*"],
            targetGroup: "default",
            jwtValidation: { issuer, jwksEndpoint, additionalClaims: scope("admin") },
          },
          open: { pathPatterns: ["/open"], ...NOT_FOUND },
        },
      });
      const program = groupOf(args({ issuer, jwksEndpoint }));
      const run = await stage().up(groupOf(args()));
      const url = stage().urlOf(run, "https");
      const statusOf = async (path: string, token?: string) =>
        (await askSecurely(url + path, token === undefined ? {} : bearer(token))).status;
      const token = provider.token({ scope: "read" });
      const admin = provider.token({ scope: "read admin" });
      assert.deepEqual(await statusOf("/"), 200);
      assert.deepEqual(await statusOf("/admin/", token), 401);
      assert.deepEqual(await statusOf("/admin/", admin), 200);

      const { steps } = await stage().up(program);
      assert.ok(steps.includes("update web-https"), steps.join());
      assert.ok(!steps.some((step) => /^(replace|update) web-(?!https)/.test(step)), steps.join());
      assert.equal(await statusOf("/"), 401);
      assert.equal(await statusOf("/", token), 200);
      assert.equal(await statusOf("/", provider.token({ exp: 1 })), 401);
      assert.equal(await statusOf("/open"), 404);
      await stage().refresh();
      await stage().preview(program, { expectNoChanges: true });

      await stage().up(groupOf(args()));
      assert.equal(await statusOf("/"), 200);
    } finally {
      provider.close();
    }
  });
});
