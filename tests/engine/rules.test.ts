import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { LoadBalancedGroupArgs, RuleArgs } from "../../components/args";
import { SteadyLoad } from "../../demo/load";
import { ask } from "../../emulator/tests/support/httpClient";
import { FIRST, groupOf, SECOND, Stage, THIRD } from "../support/stage";

const service = (key: string): RuleArgs => ({
  hostHeaders: [`${key}.example.com`],
  fixedResponse: { statusCode: 200, messageBody: key },
});
const services = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, service(key)]));

describe("rules", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  const args: LoadBalancedGroupArgs = {
    availabilityZones: ["us-west-2a", "us-west-2b"],
    instanceIds: [FIRST, SECOND],
  };
  const ruled = (rules: Record<string, RuleArgs>, more: Partial<LoadBalancedGroupArgs> = {}) =>
    groupOf({ ...args, ...more, rules });
  let url = "";

  const bodyOf = async (host: string, path = "/") =>
    (await ask(url + path, { headers: { host } })).body;

  before(async () => {
    url = stage().urlOf(await stage().up(ruled(services("a", "c"))));
  });

  it("decide by the host", async () => {
    assert.equal(await bodyOf("a.example.com"), "a");
    assert.equal(await bodyOf("c.example.com"), "c");
    assert.match(await bodyOf("other.example.com"), /^i-/);
  });

  it("have nothing to do when they come in another order", async () => {
    await stage().preview(ruled(services("c", "a")), { expectNoChanges: true });
    await stage().refresh();
  });

  it("are inserted in the middle by one creation, and removed by one deletion", async () => {
    const inserted = await stage().up(ruled(services("a", "b", "c")));
    assert.deepEqual(inserted.steps, ["create web-rule-b"]);
    assert.deepEqual(
      inserted.calls.map(({ call }) => call),
      ["createRule"],
    );
    assert.equal(await bodyOf("b.example.com"), "b");

    const removed = await stage().up(ruled(services("b", "c")));
    assert.deepEqual(removed.steps, ["delete web-rule-a"]);
    assert.deepEqual(
      removed.calls.map(({ call }) => call),
      ["deleteRule"],
    );
    assert.match(await bodyOf("a.example.com"), /^i-/);
  });

  it("are changed in place, and the others not at all", async () => {
    const changed = { ...service("b"), pathPatterns: ["/new/*"] };
    const { steps, calls } = await stage().up(ruled({ b: changed, ...services("c") }));
    assert.deepEqual(steps, ["update web-rule-b"]);
    assert.deepEqual(
      calls.map(({ call }) => call),
      ["setRulePriorities", "modifyRule"],
    );
    assert.equal(await bodyOf("b.example.com", "/new/x"), "b");
    assert.match(await bodyOf("b.example.com"), /^i-/);
  });

  it("ask the more specific one first", async () => {
    const answer = (messageBody: string) => ({ fixedResponse: { statusCode: 200, messageBody } });
    await stage().up(
      ruled({
        all: { pathPatterns: ["/api/*"], ...answer("all") },
        deep: { pathPatterns: ["/api/v1/*"], ...answer("deep") },
        exact: { pathPatterns: ["/api/v1/health"], ...answer("exact") },
        host: { hostHeaders: ["*.example.com"], ...answer("host") },
      }),
    );
    assert.equal(await bodyOf("test", "/api/x"), "all");
    assert.equal(await bodyOf("test", "/api/v1/x"), "deep");
    assert.equal(await bodyOf("test", "/api/v1/health"), "exact");
    assert.equal(await bodyOf("a.example.com", "/api/x"), "host");
  });

  it("get a new target group only when it has its servers, and let go of it before them", async () => {
    const targetGroups = { api: { instanceIds: [THIRD] } };
    const rules = { api: { pathPatterns: ["/api/*"], targetGroup: "api" } };
    const load = new SteadyLoad(`${url}/api/x`, 40);
    await load.further(5);
    const { calls } = await stage().up(ruled(rules, { targetGroups }));
    const order = calls.map(({ call }) => call).filter((call) => !/^(delete|modify)/.test(call));
    assert.deepEqual(order, ["createTargetGroup", "registerTarget", "createRule"]);
    await load.further(10);

    const replaced = await stage().up(
      ruled(rules, { targetGroups: { api: { instanceIds: [THIRD], port: 8080 } } }),
    );
    assert.deepEqual(
      replaced.calls.map(({ call }) => call).filter((call) => !/Attributes/.test(call)),
      [
        "createTargetGroup",
        "registerTarget",
        "modifyRule",
        "deregisterTarget",
        "deleteTargetGroup",
      ],
    );
    await load.further(10);

    const removed = await stage().up(ruled({}));
    assert.deepEqual(
      removed.calls.map(({ call }) => call),
      ["deleteRule", "deregisterTarget", "deleteTargetGroup"],
    );
    await load.further(5);
    await load.stop();
    // Before the rule was there, and after it, the others served.
    const failed = load.answers.filter(({ instanceId }) => instanceId === undefined);
    const early = load.answers.findIndex(({ instanceId }) => instanceId !== undefined);
    assert.deepEqual(failed.slice(early), []);
    assert.ok(load.answers.some(({ instanceId }) => instanceId === THIRD));
  });

  it("keep an explicit priority under another key, and exchange two of them", async () => {
    const ruledAs = (rules: Record<string, [service: string, priority: number]>) =>
      ruled(
        Object.fromEntries(
          Object.entries(rules).map(([key, [name, priority]]) => [
            key,
            { ...service(name), priority },
          ]),
        ),
      );
    await stage().up(ruledAs({ a: ["a", 1], b: ["b", 2] }));
    const renamed = await stage().up(ruledAs({ a: ["a", 1], other: ["b", 2] }));
    assert.deepEqual(renamed.steps, []);
    const exchanged = await stage().up(ruledAs({ a: ["a", 2], other: ["b", 1] }));
    assert.deepEqual(exchanged.steps.sort(), ["update web-priority-1", "update web-priority-2"]);
    assert.equal(await bodyOf("a.example.com"), "a");
    assert.equal(await bodyOf("b.example.com"), "b");
  });

  it("move to a free priority without a moment in which neither serves", async () => {
    const { calls } = await stage().up(
      ruled({ a: { ...service("a"), priority: 3 }, other: { ...service("b"), priority: 1 } }),
    );
    assert.deepEqual(
      calls.map(({ call }) => call),
      ["createRule", "deleteRule"],
    );
  });

  it("compare with regular expressions, and one header twice", async () => {
    const answer = (messageBody: string) => ({ fixedResponse: { statusCode: 200, messageBody } });
    const rules: Record<string, RuleArgs> = {
      wildcard: { hostHeaders: ["*.shop.example.com"], ...answer("wildcard") },
      host: { hostHeaderRegexValues: ["^[a-z]+(\\.shop)?\\.example\\.com$"], ...answer("host") },
      path: { pathPatternRegexValues: ["^/v\\d+/users"], ...answer("path") },
      both: {
        httpHeaderConditions: {
          phone: { httpHeaderName: "User-Agent", values: ["*Mobile*"] },
          browser: { httpHeaderName: "User-Agent", regexValues: ["chrome/1\\d"] },
        },
        ...answer("both"),
      },
    };
    const { steps } = await stage().up(ruled(rules));
    assert.equal(steps.filter((step) => step.startsWith("create ")).length, 4);
    assert.equal(await bodyOf("A.example.com"), "host");
    // Wildcards come before regular expressions.
    assert.equal(await bodyOf("a.shop.example.com"), "wildcard");
    assert.equal(await bodyOf("test", "/v12/users/1"), "path");
    assert.match(await bodyOf("test", "/V12/users/1"), /^i-/);
    const from = async (agent: string) =>
      (await ask(url, { headers: { host: "test", "user-agent": agent } })).body;
    assert.equal(await from("Chrome/12 Mobile"), "both");
    assert.match(await from("Chrome/12"), /^i-/);
    await stage().refresh();
    await stage().preview(ruled(rules), { expectNoChanges: true });

    const both: RuleArgs = {
      httpHeaderConditions: { phone: { httpHeaderName: "User-Agent", values: ["*Mobile*"] } },
      ...answer("both"),
    };
    const { steps: changed } = await stage().up(ruled({ ...rules, both }));
    assert.deepEqual(changed, ["update web-rule-both"]);
    assert.equal(await from("Firefox Mobile"), "both");
  });

  it("rewrite what a target gets, until the rewrite is taken out, and lose no request", async () => {
    const echo = createServer((request, response) => {
      response.setHeader("x-instance-id", FIRST);
      response.end(`${request.headers.host} ${request.url}`);
    });
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    for (const { ports } of stage().account.instances) {
      ports.set(80, (echo.address() as AddressInfo).port);
    }
    const rule: RuleArgs = { pathPatterns: ["/v1/*"], targetGroup: "default" };
    const rewriting: RuleArgs = {
      ...rule,
      urlRewrite: { regex: "^/v1/(.*)$", replace: "/v2/$1" },
      hostHeaderRewrite: { regex: "^(.+)\\.example\\.com$", replace: "$1.internal" },
    };
    const answer = () => bodyOf("shop.example.com", "/v1/a?b=c");
    await stage().up(ruled({ old: rule }));
    assert.equal(await answer(), "shop.example.com /v1/a?b=c");

    const load = new SteadyLoad(`${url}/v1/x`, 40);
    await load.further(5);
    const added = await stage().up(ruled({ old: rewriting }));
    assert.deepEqual(added.differences, { "web-rule-old": ["transforms"] });
    assert.equal(await answer(), "shop.internal /v2/a?b=c");
    await stage().refresh();
    await stage().preview(ruled({ old: rewriting }), { expectNoChanges: true });

    const removed = await stage().up(ruled({ old: rule }));
    assert.deepEqual(
      removed.calls.map(({ call }) => call),
      ["modifyRule"],
    );
    assert.equal(await answer(), "shop.example.com /v1/a?b=c");
    await load.further(5);
    await load.stop();
    echo.close();
    assert.deepEqual(
      load.answers.filter(({ instanceId }) => instanceId === undefined),
      [],
    );
  });
});
