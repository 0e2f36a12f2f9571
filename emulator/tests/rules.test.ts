import assert from "node:assert/strict";
import { once } from "node:events";
import type * as http from "node:http";
import * as https from "node:https";
import type { Action, AuthenticateAction, ListenerRule, RuleCondition } from "../aws";
import { type Answer, ask, read } from "./support/httpClient";
import { CERTIFICATE } from "./support/testEc2";
import { ElbStage } from "./support/elbStage";
import { refuses, rejects } from "./support/awsErrors";

const saying = (messageBody: string): Action => ({
  type: "fixed-response",
  statusCode: "200",
  contentType: "text/plain",
  messageBody,
});

const paths = (...values: string[]): RuleCondition => ({ field: "path-pattern", values });

describe("rules", () => {
  let stage: ElbStage;
  let listenerArn = "";
  let url = "";
  beforeEach(async () => {
    stage = new ElbStage();
    ({ listenerArn } = await stage.forward("", {}, { defaultAction: saying("default") }));
    url = stage.elb.listenerUrl(listenerArn);
  });
  afterEach(async () => {
    await stage.close();
  });

  const rule = (
    priority: number,
    conditions: RuleCondition[] = [paths("/a")],
    action: Action = saying(String(priority)),
  ) => stage.elb.createRule({ listenerArn, priority, conditions, action });

  const askFor = (path: string, options: http.RequestOptions = {}): Promise<Answer> =>
    ask(url + path, options);
  const bodyFor = async (path: string, options: http.RequestOptions = {}) =>
    (await askFor(path, options)).body;

  it("are known by an ARN below the listener's", () => {
    const { ruleArn } = rule(1);
    const below = listenerArn.replace(":listener/", ":listener-rule/");
    assert.match(ruleArn.slice(below.length), /^\/[0-9a-f]{16}$/);
    assert.equal(stage.elb.describeRule(ruleArn).priority, 1);
  });

  it("are asked by their priorities, the default action last", async () => {
    rule(20, [paths("/a*")]);
    rule(3, [paths("/ab")]);
    assert.deepEqual(
      [await bodyFor("/ab"), await bodyFor("/a"), await bodyFor("/b")],
      ["3", "20", "default"],
    );
  });

  it("compare paths in their case and without the query, hosts in any case", async () => {
    rule(1, [paths("/img/*.p?g")]);
    rule(2, [{ field: "host-header", values: ["*.Example.com"] }]);
    assert.equal(await bodyFor("/img/a/b.png?x=1"), "1");
    assert.equal(await bodyFor("/img/a.PNG"), "default");
    assert.equal(await bodyFor("/img/a.pg"), "default");
    for (const host of ["shop.example.com", "SHOP.example.COM:8080"]) {
      assert.equal(await bodyFor("/", { headers: { host } }), "2");
    }
    assert.equal(await bodyFor("/", { headers: { host: "example.com" } }), "default");
  });

  it("compare headers, methods, parameters and addresses", async () => {
    rule(1, [{ field: "http-header", httpHeaderName: "X-Beta", values: ["yes", "o*"] }]);
    rule(2, [{ field: "http-request-method", values: ["POST"] }]);
    rule(3, [{ field: "query-string", values: [{ key: "version", value: "v?" }] }]);
    rule(4, [{ field: "source-ip", values: ["10.0.0.0/8"] }]);
    rule(5, [{ field: "source-ip", values: ["::1/128", "127.0.0.0/8"] }]);
    assert.equal(await bodyFor("/", { headers: { "x-beta": "ON" } }), "1");
    assert.equal(await bodyFor("/", { headers: { "x-beta": "no" } }), "5");
    assert.equal(await bodyFor("/", { method: "POST" }), "2");
    assert.equal(await bodyFor("/?a=b&VERSION=V1"), "3");
    assert.equal(await bodyFor("/?version=v10"), "5");
  });

  it("compare hosts, paths and headers with regular expressions", async () => {
    rule(1, [{ field: "path-pattern", isRegex: true, values: ["^/[a-z]{2}/", "\\.png$"] }]);
    rule(2, [{ field: "host-header", isRegex: true, values: ["^(.*)\\.example\\.com(:8443)?$"] }]);
    const agent = (regex: string): RuleCondition => ({
      field: "http-header",
      httpHeaderName: "User-Agent",
      isRegex: true,
      values: [regex],
    });
    rule(3, [agent("Mobile"), agent("chrome/1\\d")]);
    assert.equal(await bodyFor("/de/x"), "1");
    assert.equal(await bodyFor("/DE/x"), "default");
    assert.equal(await bodyFor("/a/b.png?c=d"), "1");
    assert.equal(await bodyFor("/?a=/de/"), "default");
    for (const host of ["shop.example.com", "SHOP.example.com:8443"]) {
      assert.equal(await bodyFor("/", { headers: { host } }), "2");
    }
    assert.equal(await bodyFor("/", { headers: { host: "a.example.com:81" } }), "default");
    const from = (name: string) => bodyFor("/", { headers: { "user-agent": name } });
    assert.deepEqual(
      [await from("Chrome/12 Mobile"), await from("Chrome/12"), await from("Mobile")],
      ["3", "default", "default"],
    );
  });

  it("want all of their conditions, and of each one value", async () => {
    const host: RuleCondition = { field: "host-header", values: ["a.test", "b.test"] };
    rule(1, [paths("/a", "/b"), host]);
    assert.equal(await bodyFor("/b", { headers: { host: "a.test" } }), "1");
    assert.equal(await bodyFor("/a"), "default");
    assert.equal(await bodyFor("/", { headers: { host: "a.test" } }), "default");
  });

  it("forward, by weights of their own, and redirect", async () => {
    const groups = [stage.group(), stage.group()];
    const weights = groups.map((targetGroupArn) => ({ targetGroupArn, weight: 1 }));
    rule(1, [paths("/app")], { type: "forward", targetGroups: weights });
    for (const [at, group] of groups.entries()) {
      await stage.addServer(`i-${at}`);
      await stage.registerHealthy(group, `i-${at}`);
    }
    assert.deepEqual([await bodyFor("/app"), await bodyFor("/app")].sort(), ["i-0", "i-1"]);
    const kept = { protocol: "#{protocol}", port: "8080", query: "#{query}" };
    rule(2, [paths("/old/*")], {
      type: "redirect",
      ...kept,
      host: "new.#{host}",
      path: "/new/#{path}",
      statusCode: "HTTP_302",
    });
    const { status, headers } = await askFor("/old/a?b=c", { headers: { host: "a.test" } });
    assert.deepEqual([status, headers.location], [302, "http://new.a.test:8080/new/old/a?b=c"]);
  });

  it("answer with what they are given, and HEAD without the body", async () => {
    const action = { type: "fixed-response", statusCode: "503", contentType: "text/html" } as const;
    rule(1, [paths("/a")], { ...action, messageBody: "<p>Soon</p>" });
    const answer = await askFor("/a");
    assert.deepEqual([answer.status, answer.body], [503, "<p>Soon</p>"]);
    assert.equal(answer.headers["content-type"], "text/html");
    assert.equal(answer.headers.server, "awselb/2.0");
    const head = await askFor("/a", { method: "HEAD" });
    assert.deepEqual([head.body, head.headers["content-length"]], ["", "11"]);
  });

  it("have priorities that are used once, and exchange them only all at once", async () => {
    const [one, other] = [rule(1, [paths("/a")]), rule(2, [paths("/*")])];
    const taken = /^Priority '2' is currently in use$/;
    refuses(() => rule(2), "PriorityInUse", taken);
    const set = (...pairs: [ListenerRule, number][]) =>
      stage.elb.setRulePriorities(pairs.map(([{ ruleArn }, priority]) => ({ ruleArn, priority })));
    refuses(() => set([one, 2]), "PriorityInUse", taken);
    refuses(() => set([one, 7], [other, 7]), "ValidationError", /provided multiple times/);
    for (const priority of [0, 50_001]) {
      refuses(() => rule(priority), "ValidationError", /between '1' and '50000'/);
      refuses(() => set([one, priority]), "ValidationError", /between '1' and '50000'/);
    }
    assert.equal(await bodyFor("/a"), "1");
    set([one, 2], [other, 1]);
    assert.equal(await bodyFor("/a"), "2");
    set([one, 50_000]);
  });

  it("are changed in place, and gone when they are deleted", async () => {
    const { ruleArn } = rule(1);
    stage.elb.modifyRule(ruleArn, { conditions: [paths("/b")] });
    assert.deepEqual([await bodyFor("/a"), await bodyFor("/b")], ["default", "1"]);
    stage.elb.modifyRule(ruleArn, { action: saying("new") });
    assert.equal(await bodyFor("/b"), "new");
    stage.elb.deleteRule(ruleArn);
    assert.equal(await bodyFor("/b"), "default");
    const gone = /^One or more rules not found/;
    refuses(() => stage.elb.describeRule(ruleArn), "RuleNotFound", gone);
    refuses(() => stage.elb.modifyRule(ruleArn, {}), "RuleNotFound", gone);
  });

  it("hold the target groups that they name, and go with their listener", async () => {
    const group = stage.group();
    const { ruleArn } = rule(1, [paths("/a")], { type: "forward", targetGroupArn: group });
    await stage.addServer("i-1");
    await stage.registerHealthy(group, "i-1");
    const inUse = () => {
      stage.elb.deleteTargetGroup(group);
    };
    refuses(inUse, "ResourceInUse", /in use by a listener or a rule/);
    await rejects(stage.forward(group), "TargetGroupAssociationLimit", /more than one/);
    await stage.elb.deleteListener(listenerArn);
    refuses(() => stage.elb.describeRule(ruleArn), "RuleNotFound", /not found/);
    assert.equal(stage.elb.describeTargetHealth(group)[0].state, "unused");
    inUse();
  });

  it("are 100 at most", () => {
    for (let priority = 1; priority <= 100; priority += 1) rule(priority);
    refuses(() => rule(101), "TooManyRules", /maximum number of rules/);
  });

  it("send users who have not logged in to the login page, or refuse them, over HTTPS only", async () => {
    const authenticate: AuthenticateAction = {
      type: "authenticate-oidc",
      onUnauthenticatedRequest: "authenticate",
      scope: "openid",
      sessionCookieName: "login",
      sessionTimeout: 60,
      authenticationRequestExtraParams: { prompt: "login" },
      settings: { authorizationEndpoint: "https://login.test/authorize?a=b", clientId: "web" },
    };
    const input = { priority: 1, conditions: [paths("/*")], action: saying("in"), authenticate };
    const code = "InvalidLoadBalancerAction";
    refuses(() => stage.elb.createRule({ ...input, listenerArn }), code, /only on HTTPS listeners/);
    const secure = { port: 443, protocol: "HTTPS", certificateArn: CERTIFICATE } as const;
    const listener = await stage.forward("", {}, { defaultAction: saying("default"), ...secure });
    const { ruleArn } = stage.elb.createRule({ ...input, listenerArn: listener.listenerArn });
    const secureUrl = stage.elb.listenerUrl(listener.listenerArn);
    const answered = async (path: string) => {
      const agent = new https.Agent({ rejectUnauthorized: false });
      const request = https.get(secureUrl + path, { agent, headers: { host: "a.test" } });
      const [incoming] = (await once(request, "response")) as [http.IncomingMessage];
      return read(incoming);
    };
    const { status, headers } = await answered("/x");
    assert.equal(status, 302);
    const place = new URL(headers.location ?? "");
    assert.equal(place.origin + place.pathname, "https://login.test/authorize");
    assert.deepEqual(Object.fromEntries(place.searchParams), {
      a: "b",
      prompt: "login",
      client_id: "web",
      redirect_uri: "https://a.test/oauth2/idpresponse",
      response_type: "code",
      scope: "openid",
    });
    assert.equal((await answered("/oauth2/idpresponse?code=1")).status, 500);
    const change = (onUnauthenticatedRequest: "allow" | "deny") =>
      stage.elb.modifyRule(ruleArn, {
        authenticate: { ...authenticate, onUnauthenticatedRequest },
      });
    change("deny");
    assert.equal((await answered("/x")).status, 401);
    change("allow");
    assert.equal((await answered("/x")).body, "in");
    const settings = {
      userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a",
      userPoolClientId: "web",
      userPoolDomain: "shop",
    };
    stage.elb.modifyRule(ruleArn, {
      authenticate: { ...authenticate, type: "authenticate-cognito", settings },
    });
    const cognito = /^https:\/\/shop\.auth\.eu-west-1\.amazoncognito\.com\/oauth2\/authorize\?/;
    assert.match((await answered("/x")).headers.location ?? "", cognito);
  });

  it("refuse conditions and actions that AWS refuses", () => {
    const wrong = (conditions: RuleCondition[], words: RegExp) => {
      refuses(() => rule(1, conditions), "ValidationError", words);
    };
    wrong([], /at least one condition/);
    wrong([paths("/a"), paths("/b")], /only have one 'path-pattern'/);
    wrong([paths("/1", "/2", "/3", "/4", "/5", "/6")], /'5' condition values, but '6'/);
    wrong([paths("")], /'' is not valid for the field 'path-pattern'/);
    wrong([paths("/a b")], /'\/a b' is not valid/);
    wrong([paths(`/${"x".repeat(128)}`)], /is not valid/);
    wrong([{ ...paths("^/(?=a)"), isRegex: true } as RuleCondition], /lookaround assertions/);
    wrong([{ ...paths("a".repeat(129)), isRegex: true } as RuleCondition], /1 to 128/);
    wrong(
      [{ field: "http-request-method", isRegex: true, values: ["GET"] }],
      /can't have regular expressions/,
    );
    wrong([{ field: "host-header", values: ["localhost"] }], /'localhost' is not valid/);
    wrong([{ field: "http-request-method", values: ["get"] }], /'get' is not valid/);
    wrong([{ field: "source-ip", values: ["10.0.0.1"] }], /'10.0.0.1' is not valid/);
    wrong([{ field: "source-ip", values: ["255.255.255.255/32"] }], /'255.* is not valid/);
    wrong(
      [{ field: "http-header", httpHeaderName: "Host", values: ["a"] }],
      /header name 'Host' is not valid/,
    );
    const code = "InvalidLoadBalancerAction";
    refuses(
      () => rule(1, [paths("/a")], { ...saying(""), statusCode: "302" } as Action),
      code,
      /fixed response/,
    );
    refuses(() => rule(1, [paths("/a")], saying("x".repeat(1025))), code, /fixed response/);
  });
});
