import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { JwtClaimFormat, type LoadBalancedGroupArgs, type RuleArgs } from "../../components/args";
import { priorityOf } from "../../components/plan/priorities";
import { findProblems } from "../../components/validation";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";
import { COGNITO, JWT, OIDC } from "../support/logins";
import { UNKNOWN } from "../support/recorder";

const SERVICES: LoadBalancedGroupArgs = {
  ...ZONES,
  instanceIds: ["i-1"],
  targetGroups: { api: { instanceIds: ["i-2"] } },
  rules: { api: { pathPatterns: ["/api/*"], targetGroup: "api" } },
};

/** What a rule with these settings is made of. */
async function ruleOf(settings: RuleArgs, args: Partial<LoadBalancedGroupArgs> = {}) {
  const { find, failures } = await recordGroup({ ...ZONES, ...args, rules: { a: settings } });
  assert.deepEqual(failures, []);
  return find("web-rule-a").inputs;
}

const actionOf = async (settings: RuleArgs, args: Partial<LoadBalancedGroupArgs> = {}) => {
  const { actions } = await ruleOf({ pathPatterns: ["/a"], ...settings }, args);
  return (actions as unknown[])[0];
};

/** The defaults of a login. */
const SESSION = { onUnauthenticatedRequest: "authenticate", sessionTimeout: 604800 };

describe("the rules of a listener", () => {
  it("belong to the HTTP listener, or to the HTTPS listener where there is one", async () => {
    const plain = await recordGroup(SERVICES);
    assert.deepEqual(plain.find("web-rule-api").inputs, {
      listenerArn: "arn:web-http",
      priority: priorityOf("api", { pathPatterns: ["/api/*"] }),
      conditions: [{ pathPattern: { values: ["/api/*"] } }],
      actions: [{ type: "forward", targetGroupArn: "arn:web-tg-api" }],
    });
    assert.equal(plain.find("web-rule-api").parent, "web");
    const encrypted = await recordGroup({ ...SERVICES, certificateArn: CERTIFICATE });
    assert.equal(encrypted.find("web-rule-api").inputs.listenerArn, "arn:web-https");
    // Clients are not sent to HTTPS before all is served there.
    assert.ok(encrypted.find("web-http").dependencies.includes("web-rule-api"));
  });

  it("wait for the servers of their target groups", async () => {
    const { find } = await recordGroup(SERVICES);
    const { dependencies } = find("web-rule-api");
    assert.ok(dependencies.includes("web-attachment-api-i-2:80"));
    assert.ok(!dependencies.includes("web-attachment-i-1:80"));
  });

  it("have all kinds of conditions, in an order that does not depend on that of the keys", async () => {
    const { conditions } = await ruleOf({
      sourceIps: ["192.0.2.0/24"],
      queryStrings: { z: ["1"], a: ["2"] },
      httpHeaders: { "X-B": ["3"], "X-A": ["4"] },
      targetGroup: "default",
    });
    assert.deepEqual(conditions, [
      { httpHeader: { httpHeaderName: "X-A", values: ["4"] } },
      { httpHeader: { httpHeaderName: "X-B", values: ["3"] } },
      { queryStrings: [{ key: "a", value: "2" }] },
      { queryStrings: [{ key: "z", value: "1" }] },
      { sourceIp: { values: ["192.0.2.0/24"] } },
    ]);
    const others = await ruleOf({
      hostHeaders: ["a.example.com", "b.example.com"],
      pathPatterns: ["/a"],
      httpRequestMethods: ["GET"],
      targetGroup: "default",
    });
    assert.deepEqual(others.conditions, [
      { hostHeader: { values: ["a.example.com", "b.example.com"] } },
      { pathPattern: { values: ["/a"] } },
      { httpRequestMethod: { values: ["GET"] } },
    ]);
  });

  it("have regular expressions, and conditions for the same header", async () => {
    const { conditions } = await ruleOf({
      hostHeaderRegexValues: ["^[a-z]+\\.example\\.com$"],
      pathPatternRegexValues: ["^/v\\d+/"],
      httpHeaders: { "X-A": ["1"] },
      httpHeaderConditions: {
        z: { httpHeaderName: "X-A", regexValues: ["2"] },
        b: { httpHeaderName: "X-A", values: ["3"] },
      },
      targetGroup: "default",
    });
    assert.deepEqual(conditions, [
      { hostHeader: { regexValues: ["^[a-z]+\\.example\\.com$"] } },
      { pathPattern: { regexValues: ["^/v\\d+/"] } },
      { httpHeader: { httpHeaderName: "X-A", values: ["1"] } },
      { httpHeader: { httpHeaderName: "X-A", values: ["3"] } },
      { httpHeader: { httpHeaderName: "X-A", regexValues: ["2"] } },
    ]);
  });

  it("have regular expressions that only look like what AWS does not support", () => {
    for (const regex of [
      "^(\\(?abc)$",
      "^/\\{[a-z]+}+$",
      "[[:alnum:]*+]",
      "[](]",
      "[^](]",
      "\\\\p",
    ]) {
      const rules = { a: { pathPatternRegexValues: [regex], targetGroup: "default" } };
      assert.deepEqual(findProblems("web", { ...ZONES, rules }), [], regex);
    }
  });

  it("forward by weight", async () => {
    const forward = { weights: { default: 1, api: 3 }, stickinessDuration: 60 };
    assert.deepEqual(await actionOf({ forward }, { targetGroups: { api: {} } }), {
      type: "forward",
      forward: {
        targetGroups: [
          { arn: "arn:web-tg-api", weight: 3 },
          { arn: "arn:web-tg", weight: 1 },
        ],
        stickiness: { duration: 60, enabled: true },
      },
    });
  });

  it("rewrite the URL and the host, or nothing", async () => {
    const paths = { pathPatterns: ["/a"], targetGroup: "default" };
    const rewrite = { regex: "^/a/", replace: "/" };
    const { transforms } = await ruleOf({
      ...paths,
      urlRewrite: rewrite,
      hostHeaderRewrite: { regex: "^(.+)$", replace: "$1.internal" },
    });
    assert.deepEqual(transforms, [
      {
        type: "host-header-rewrite",
        hostHeaderRewriteConfig: { rewrite: { regex: "^(.+)$", replace: "$1.internal" } },
      },
      { type: "url-rewrite", urlRewriteConfig: { rewrite } },
    ]);
    assert.equal((await ruleOf(paths)).transforms, undefined);
  });

  it("redirect, with what is left out as it was", async () => {
    const redirect = { statusCode: "HTTP_302", host: "b.example.com", port: 8443 } as const;
    assert.deepEqual(await actionOf({ redirect }), {
      type: "redirect",
      redirect: { statusCode: "HTTP_302", host: "b.example.com", port: "8443" },
    });
    const whole = { ...redirect, protocol: "HTTPS", path: "/b", query: "" } as const;
    assert.deepEqual(await actionOf({ redirect: whole }), {
      type: "redirect",
      redirect: { ...whole, port: "8443" },
    });
  });

  it("answer by themselves, in plain text by default", async () => {
    assert.deepEqual(await actionOf({ fixedResponse: { statusCode: 404 } }), {
      type: "fixed-response",
      fixedResponse: { contentType: "text/plain", statusCode: "404" },
    });
    const page = { statusCode: 503, contentType: "text/html", messageBody: "<p>Soon</p>" } as const;
    assert.deepEqual(await actionOf({ fixedResponse: page }), {
      type: "fixed-response",
      fixedResponse: { ...page, statusCode: "503" },
    });
  });

  it("make the target groups that they name, and the main one only where anything does", async () => {
    const names = async (args: LoadBalancedGroupArgs) =>
      (await recordGroup(args)).registrations
        .map(({ name }) => name)
        .filter((name) => /-tg/.test(name))
        .sort();
    assert.deepEqual(await names(SERVICES), ["web-tg", "web-tg-api"]);
    const { targetGroups, rules } = SERVICES;
    const forward = { weights: { api: 1 } };
    assert.deepEqual(await names({ ...ZONES, targetGroups, rules, forward }), ["web-tg-api"]);
    const main = { a: { pathPatterns: ["/a"], targetGroup: "default" } };
    assert.deepEqual(await names({ ...ZONES, targetGroups, rules: main, forward }), [
      "web-tg",
      "web-tg-api",
    ]);
  });

  it("have users log in before the action, and allow traffic to the login's endpoint", async () => {
    const rules = {
      a: { pathPatterns: ["/a"], targetGroup: "default", authenticateCognito: COGNITO },
    };
    const { find, failures } = await recordGroup({ ...ZONES, certificateArn: CERTIFICATE, rules });
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-rule-a").inputs.actions, [
      { type: "authenticate-cognito", authenticateCognito: { ...COGNITO, ...SESSION } },
      { type: "forward", targetGroupArn: "arn:web-tg" },
    ]);
    const { fromPort, cidrIpv4 } = find("web-egress-443-identity-provider").inputs;
    assert.deepEqual([fromPort, cidrIpv4], [443, "0.0.0.0/0"]);
  });

  it("validate tokens before the action, and allow traffic to the keys' endpoint", async () => {
    const additionalClaims = {
      scope: { format: JwtClaimFormat.SpaceSeparatedValues, values: ["read"] },
      roles: { format: JwtClaimFormat.StringArray, values: ["staff", "owner"] },
    };
    const jwtValidation = { ...JWT, additionalClaims };
    const rules = { a: { pathPatterns: ["/a"], targetGroup: "default", jwtValidation } };
    const { find, failures } = await recordGroup({ ...ZONES, certificateArn: CERTIFICATE, rules });
    assert.deepEqual(failures, []);
    const claims = [
      { name: "roles", ...additionalClaims.roles },
      { name: "scope", ...additionalClaims.scope },
    ];
    assert.deepEqual(find("web-rule-a").inputs.actions, [
      { type: "jwt-validation", jwtValidation: { ...JWT, additionalClaims: claims } },
      { type: "forward", targetGroupArn: "arn:web-tg" },
    ]);
    assert.equal(find("web-egress-443-identity-provider").inputs.fromPort, 443);
  });

  it("keep the secret of an OpenID Connect client secret", async () => {
    const rules = { a: { pathPatterns: ["/a"], targetGroup: "default", authenticateOidc: OIDC } };
    const { find } = await recordGroup({ ...ZONES, certificateArn: CERTIFICATE, rules });
    const [login] = find("web-rule-a").inputs.actions as object[];
    const clientSecret = { secret: "hidden" };
    assert.deepEqual(login, {
      type: "authenticate-oidc",
      authenticateOidc: { ...OIDC, ...SESSION, clientSecret },
    });
  });

  it("keep secret values of conditions secret", async () => {
    const { conditions } = await ruleOf({
      httpHeaders: { "X-Origin": [pulumi.secret("token")] },
      targetGroup: "default",
    });
    assert.match(JSON.stringify(conditions), /"secret":.*token/);
  });

  it("are previewed with values that are not known yet", async () => {
    const unknown = pulumi.output(pulumi.unknown as unknown as string);
    const redirect = { statusCode: "HTTP_301", host: unknown } as const;
    const args = { ...ZONES, rules: { a: { sourceIps: [unknown], redirect } } };
    const { find, failures } = await recordGroup(args, { preview: true });
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-rule-a").inputs.conditions, [{ sourceIp: { values: [UNKNOWN] } }]);
  });

  it("judge values that are outputs when they are known", async () => {
    const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
    const wrong: [string, RuleArgs][] = [
      ["sourceIps[0]", { sourceIps: [later("10.0.0.1")], targetGroup: "default" }],
      ["httpHeaders.x[0]", { httpHeaders: { x: [later("")] }, targetGroup: "default" }],
      ["redirect", { pathPatterns: ["/a"], redirect: { statusCode: "HTTP_301", port: later(80) } }],
      [
        "fixedResponse.statusCode",
        { pathPatterns: ["/a"], fixedResponse: { statusCode: later(301) } },
      ],
    ];
    for (const [path, rule] of wrong) {
      const { failures, registrations } = await recordGroup({ ...ZONES, rules: { a: rule } });
      assert.equal(failures.length, 1);
      assert.ok(reasonsOf(failures[0])[0].startsWith(`rules.a.${path} must`), failures[0]);
      assert.ok(!registrations.some(({ name }) => name === "web-rule-a"));
    }
  });
});

describe("the default action of a listener", () => {
  it("has users log in before it, and allows traffic to the login's endpoint", async () => {
    const args = { ...ZONES, certificateArn: CERTIFICATE, authenticateOidc: OIDC };
    const { find, failures } = await recordGroup(args);
    assert.deepEqual(failures, []);
    const [login, action, ...others] = find("web-https").inputs.defaultActions as object[];
    assert.deepEqual(others, []);
    assert.deepEqual(action, { type: "forward", targetGroupArn: "arn:web-tg" });
    const { clientSecret, ...plain } = OIDC;
    assert.deepEqual(login, {
      type: "authenticate-oidc",
      authenticateOidc: { ...plain, ...SESSION, clientSecret: { secret: clientSecret } },
    });
    assert.equal(find("web-egress-443-identity-provider").inputs.fromPort, 443);
    const http = (find("web-http").inputs.defaultActions as { type: string }[])[0];
    assert.equal(http.type, "redirect");
  });

  it("comes after the validation of tokens", async () => {
    const args = { ...ZONES, certificateArn: CERTIFICATE, jwtValidation: JWT };
    const { find, failures } = await recordGroup(args);
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-https").inputs.defaultActions, [
      { type: "jwt-validation", jwtValidation: JWT },
      { type: "forward", targetGroupArn: "arn:web-tg" },
    ]);
  });

  it("needs no target group, and makes none", async () => {
    const defaultAction = { fixedResponse: { statusCode: 404 } };
    const { registrations, find, outputs, failures } = await recordGroup({
      ...ZONES,
      defaultAction,
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(registrations.map(({ name }) => name).sort(), [
      "web",
      "web-alb",
      "web-http",
      "web-ingress-80-0.0.0.0/0",
      "web-sg",
    ]);
    assert.deepEqual(find("web-http").inputs.defaultActions, [
      {
        type: "fixed-response",
        fixedResponse: { contentType: "text/plain", statusCode: "404" },
      },
    ]);
    assert.deepEqual((outputs.web as Record<string, unknown>).targetGroupArns, {});
  });
});

describe("the priorities of rules", () => {
  const byHost = (key: string): RuleArgs => ({
    hostHeaders: [`${key}.example.com`],
    targetGroup: "default",
  });
  const named = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, byHost(key)]));

  /** Two keys whose rules get the same number. */
  function meeting(): [string, string] {
    const seen = new Map<number, string>();
    for (let index = 0; ; index += 1) {
      const key = `service-${index}`;
      const priority = priorityOf(key, byHost(key));
      const other = seen.get(priority);
      if (other !== undefined) return [other, key];
      seen.set(priority, key);
    }
  }

  it("are the same with any other rules", async () => {
    const prioritiesOf = async (...keys: string[]) => {
      const { find } = await recordGroup({ ...ZONES, rules: named(...keys) });
      return Object.fromEntries(keys.map((key) => [key, find(`web-rule-${key}`).inputs.priority]));
    };
    const all = await prioritiesOf("a", "b", "c", "d");
    assert.equal(new Set(Object.values(all)).size, 4);
    assert.deepEqual(await prioritiesOf("d", "a"), { a: all.a, d: all.d });
  });

  it("are those that are asked for", async () => {
    const rules = { a: { ...byHost("a"), priority: 7 } };
    const { find } = await recordGroup({ ...ZONES, rules });
    assert.equal(find("web-priority-7").inputs.priority, 7);
  });

  it("that meet are refused, with a free one that keeps the order", () => {
    const [one, other] = meeting();
    const priority = priorityOf(one, byHost(one));
    const problems = findProblems("web", { ...ZONES, rules: named(one, other) });
    assert.equal(problems.length, 1);
    const [first, second] = [one, other].sort();
    assert.equal(
      problems[0].reason,
      `rules["${second}"] gets the priority ${priority}, which rules["${first}"] has too; set another ` +
        `priority for one of them, such as ${priority + 1}`,
    );
    const mended = { ...named(one, other), [other]: { ...byHost(other), priority: priority + 1 } };
    assert.deepEqual(findProblems("web", { ...ZONES, rules: mended }), []);
  });

  it("that meet an explicit one are refused, too", () => {
    const priority = priorityOf("a", byHost("a"));
    const rules = { a: byHost("a"), b: { ...byHost("b"), priority } };
    const [{ propertyPath, reason }] = findProblems("web", { ...ZONES, rules });
    assert.equal(propertyPath, "rules.b.priority");
    assert.match(reason, new RegExp(`can't be ${priority}, which rules\\.a has`));
  });

  it("warn of more wildcards than AWS may take", async () => {
    const warnings = async (pathPatterns: string[], hostHeaders?: string[]) => {
      const rules = { a: { pathPatterns, hostHeaders, targetGroup: "default" } };
      return (await recordGroup({ ...ZONES, certificateArn: CERTIFICATE, rules })).warnings;
    };
    assert.deepEqual(await warnings(["/*/*", "/a?*/?"]), []);
    assert.match(
      (await warnings(["/*/*", "/a?*/?*"]))[0],
      /rules\.a: its hostHeaders and pathPatterns have 6 wildcards/,
    );
    assert.match(
      (await warnings(["/*/*", "/a?*/?"], ["*.a.com"]))[0],
      /rules\.a: .* have 6 wildcards/,
    );
  });
});
