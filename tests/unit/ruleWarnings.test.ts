import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs, RedirectArgs, RuleArgs } from "../../components/args";
import { ruleWarnings } from "../../components/listeners/rules/warnings";
import { findProblems } from "../../components/validation";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";

const HTTPS = { ...ZONES, certificateArn: CERTIFICATE };
const SERVED = { targetGroup: "default" };
const DENIED = { fixedResponse: { statusCode: 403 } };
const LOGIN = {
  authenticateCognito: {
    userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_1",
    userPoolClientId: "client",
    userPoolDomain: "login",
  },
};
const TOKEN = {
  jwtValidation: { issuer: "https://a.test", jwksEndpoint: "https://a.test/keys" },
};
const redirect = (to: Partial<RedirectArgs>) => ({
  redirect: { statusCode: "HTTP_301" as const, ...to },
});

/** The warnings of arguments that are not refused. */
function warnings(args: LoadBalancedGroupArgs): string[] {
  assert.deepEqual(findProblems("web", args), []);
  return ruleWarnings(args);
}
const ofRules = (rules: Record<string, RuleArgs>, more: object = {}) =>
  warnings({ ...HTTPS, ...more, rules });

describe("what rules may not be meant to do", () => {
  describe("is to never get a request", () => {
    const never = (rules: Record<string, RuleArgs>) =>
      ofRules(rules).filter((one) => one.includes("never gets a request"));

    it("since an earlier rule takes them all", () => {
      assert.deepEqual(
        never({
          all: { ...SERVED, pathPatterns: ["/*"], priority: 5 },
          query: { ...SERVED, queryStrings: { a: ["1"] }, priority: 6 },
        }),
        [
          "rules.query never gets a request, because rules.all comes first (priority 5 before 6) and matches all of " +
            "its requests; set rules.query.priority to a number below 5, or remove rules.query",
        ],
      );
      const all = { ...SERVED, pathPatterns: ["/*"], priority: 1 };
      const query = { ...SERVED, queryStrings: { a: ["1"] }, priority: 2 };
      assert.match(
        never({ all, query }).join(),
        /; set rules\.all\.priority to a number above 2, or/,
      );
      const wide = { hostHeaders: ["*.example.com"], priority: 1 };
      const narrow = { hostHeaders: ["a.example.com"], pathPatterns: ["/a"] };
      assert.equal(never({ a: { ...SERVED, ...wide }, b: { ...SERVED, ...narrow } }).length, 1);
    });

    it("and not where the numbers that rules get put the narrower one first", () => {
      const rules: Record<string, RuleArgs> = {
        all: { ...SERVED, pathPatterns: ["*"] },
        query: { ...SERVED, queryStrings: { a: ["1"] } },
        header: { ...SERVED, pathPatterns: ["/a/*"], httpHeaders: { b: ["1"] } },
        path: { ...SERVED, pathPatterns: ["/a/*"] },
        host: { ...SERVED, hostHeaders: ["*.example.com"] },
        exact: { ...SERVED, hostHeaders: ["a.example.com"] },
      };
      assert.deepEqual(ofRules(rules), []);
    });
  });

  describe("is to let a request pass that another rule denies", () => {
    it("since a rule that says nothing of it comes first", () => {
      const rules: Record<string, RuleArgs> = {
        deny: { ...DENIED, sourceIps: ["192.0.2.0/24"] },
        api: { ...SERVED, pathPatterns: ["/api/*"] },
      };
      const [warning, ...others] = ofRules(rules);
      assert.match(
        warning,
        /^rules\.deny denies requests, but rules\.api comes first and serves some of its requests; set rules\.deny\.priority to a number below \d+, or to \d+ to keep this order without a warning$/,
      );
      assert.deepEqual(others, []);
      // Both remedies end the warning.
      for (const [, where, number] of warning.matchAll(/ (below|to) (\d+)/g)) {
        const priority = where === "below" ? Number(number) - 1 : Number(number);
        const deny = { ...rules.deny, priority };
        assert.deepEqual(ofRules({ ...rules, deny }), []);
      }
    });

    it("and not where the earlier rule is an exception, is about others, or serves nothing", () => {
      const deny = { ...DENIED, pathPatterns: ["/admin/*"] };
      const quiet: RuleArgs[] = [
        { ...SERVED, pathPatterns: ["/admin/*"], sourceIps: ["192.0.2.0/24"] },
        { ...SERVED, hostHeaders: ["a.example.com"], pathPatterns: ["/shop/*"] },
        { ...redirect({ host: "b.example.com" }), hostHeaders: ["a.example.com"] },
        { ...DENIED, hostHeaders: ["a.example.com"] },
      ];
      for (const other of quiet) assert.deepEqual(ofRules({ deny, other }), []);
      const host = { ...SERVED, hostHeaders: ["a.example.com"] };
      assert.equal(ofRules({ deny, host }).length, 1);
    });

    it("or that needs a login", () => {
      const admin = { ...SERVED, ...LOGIN, pathPatterns: ["/admin/*"] };
      const host = { ...SERVED, hostHeaders: ["a.example.com"] };
      assert.match(
        ofRules({ admin, host }).join(),
        /^rules\.admin logs users in, but rules\.host /,
      );
      assert.deepEqual(ofRules({ admin, host: { ...host, ...LOGIN } }), []);
    });

    it("or that validates tokens", () => {
      const api = { ...SERVED, ...TOKEN, pathPatterns: ["/api/*"] };
      const host = { ...SERVED, hostHeaders: ["a.example.com"] };
      assert.match(ofRules({ api, host }).join(), /^rules\.api validates tokens, but rules\.host /);
      for (const demand of [TOKEN, LOGIN]) {
        assert.deepEqual(ofRules({ api, host: { ...host, ...demand } }), []);
      }
    });

    it("and names only some of many such rules", () => {
      const others = ["b", "c", "d", "e", "f"].map((key): [string, RuleArgs] => [
        key,
        { ...SERVED, pathPatterns: [`/${key}`] },
      ]);
      const rules = { a: { ...DENIED, sourceIps: ["::/0"] }, ...Object.fromEntries(others) };
      assert.match(ofRules(rules).join(), /^rules\.a denies .* and 2 more come first/);
    });
  });

  it("is to let requests on one port go around the login on another one", () => {
    const around = (listeners: LoadBalancedGroupArgs["listeners"], more: object = {}) =>
      warnings({ ...HTTPS, ...LOGIN, ...more, listeners }).filter((one) => one.includes("a login"));
    const http = { port: 80, protocol: "HTTP" } as const;
    assert.deepEqual(around({ plain: http }), [
      'requests on port 80 reach the target group "default" without a login, but requests on port 443 need one; set ' +
        "listeners.plain.defaultAction.redirect to redirect to HTTPS; if this is meant, ignore this warning",
    ]);
    const https = { port: 8443, protocol: "HTTPS" } as const;
    const [told] = around({ test: https });
    assert.match(told, /set listeners\.test\.authenticateOidc or listeners\.test\.authenticateCog/);
    assert.deepEqual(around({ test: { ...https, ...LOGIN } }), []);
    assert.deepEqual(around({ plain: { ...http, defaultAction: DENIED } }), []);
    const targetGroups = { open: {} };
    const toOpen = { forward: { weights: { open: 1 } } };
    assert.deepEqual(around({ plain: { ...http, ...toOpen } }, { targetGroups }), []);
  });

  it("is to let requests on one port go around the validation of tokens on another one", () => {
    const https = { port: 8443, protocol: "HTTPS" } as const;
    const around = (test: object) =>
      warnings({ ...HTTPS, ...TOKEN, listeners: { test: { ...https, ...test } } });
    assert.deepEqual(around({}), [
      'requests on port 8443 reach the target group "default" without a JSON web token, but requests on port 443 need ' +
        "one; set listeners.test.jwtValidation; if this is meant, ignore this warning",
    ]);
    assert.deepEqual(around(TOKEN), []);
  });

  it("says nothing of rules with regular expressions, whose requests it does not know", () => {
    const api = { ...SERVED, hostHeaders: ["api.example.com"], pathPatterns: ["/x/*"] };
    const passed = (admin: RuleArgs) =>
      ofRules({ admin: { ...SERVED, ...LOGIN, ...admin }, api }).filter((one) =>
        one.includes("comes first"),
      );
    assert.deepEqual(passed({ hostHeaderRegexValues: ["^admin\\."] }), []);
    assert.deepEqual(passed({ pathPatternRegexValues: ["^/admin"] }), []);
    assert.equal(passed({ pathPatterns: ["/x/a"] }).length, 1);
  });

  it("is to write a group in a rewrite that the regular expression does not have", () => {
    const rewritten = (regex: string, replace: string) =>
      ofRules({ a: { pathPatterns: ["/a/*"], ...SERVED, urlRewrite: { regex, replace } } });
    assert.deepEqual(rewritten("^/a/(.*)$", "/b/$2"), [
      "rules.a.urlRewrite.replace: $2 stands for a group in parentheses, but regex has only 1 group; add the group to " +
        "regex, or use another number",
    ]);
    assert.match(rewritten("^/a/.*$", "/$1")[0], /\$1 stands .* has no group;/);
    assert.match(rewritten("^/\\(a\\)/[(].*$", "/$1")[0], /has no group;/);
    for (const regex of ["^/a/(.*)$", "^/(?:x)(.*)$", "^/(?P<rest>.*)$", "^/(?<rest>.*)$"]) {
      assert.deepEqual(rewritten(regex, "/b/$1"), [], regex);
    }
    assert.deepEqual(rewritten("^/a/.*$", "/$0/$"), []);
  });

  describe("is to redirect for ever", () => {
    const loops = (rule: RuleArgs, more: object = {}, others: Record<string, RuleArgs> = {}) =>
      ofRules({ a: rule, ...others }, more).some((one) => /until they give up/.test(one));

    it("to a URL that meets the rule's own conditions", () => {
      const looping: RuleArgs[] = [
        { ...redirect({ host: "www.example.com" }), hostHeaders: ["*.example.com"] },
        { ...redirect({ host: "WWW.#{host}" }), hostHeaders: ["example.com", "*.example.com"] },
        { ...redirect({ path: "/x" }), pathPatterns: ["/*"] },
        { ...redirect({ path: "/v2/#{path}" }), pathPatterns: ["/*"] },
        { ...redirect({ path: "/a/#{path}" }), pathPatterns: ["/a/*"] },
        { ...redirect({ path: "/x", protocol: "HTTPS", port: 443 }), hostHeaders: ["a.b"] },
        { ...redirect({ path: "/x" }), httpHeaders: { a: ["1"] } },
        { ...redirect({ path: "/x" }), queryStrings: { a: ["1"] } },
      ];
      for (const rule of looping) assert.ok(loops(rule), JSON.stringify(rule));
    });

    it("and not to another one", () => {
      const ending: RuleArgs[] = [
        { ...redirect({ path: "/b" }), pathPatternRegexValues: ["^/a"] },
        { ...redirect({ host: "b.example.com" }), hostHeaderRegexValues: ["^a"] },
        { ...redirect({ host: "www.example.com" }), hostHeaders: ["example.com"] },
        { ...redirect({ host: "www.#{host}" }), hostHeaders: ["example.com"] },
        { ...redirect({ path: "/v2/#{path}" }), pathPatterns: ["/v1/*"] },
        { ...redirect({ path: "/x", port: 8443, host: "b.c" }), pathPatterns: ["/*"] },
        { ...redirect({ path: "/x", query: "b=1" }), queryStrings: { a: ["1"] } },
        { ...redirect({ host: "elsewhere.example.org" }), pathPatterns: ["/*"] },
        { ...redirect({ path: pulumi.output("/x") }), pathPatterns: ["/*"] },
      ];
      for (const rule of ending) assert.ok(!loops(rule), JSON.stringify(rule));
    });

    it("but where another rule answers there", () => {
      const all = { ...redirect({ path: "/x" }), pathPatterns: ["/*"] };
      const other = { ...SERVED, pathPatterns: ["/x"] };
      assert.ok(loops(all));
      assert.ok(!loops(all, {}, { other }));
      assert.ok(loops(all, {}, { other: { ...other, priority: 50_000, pathPatterns: ["/y"] } }));
    });

    it("to a name of the domain, which leads here", () => {
      const domain = { name: "www.example.com", zoneId: "Z1" };
      const toDomain = { ...redirect({ host: "www.example.com" }), pathPatterns: ["/*"] };
      assert.ok(loops(toDomain, { certificateArn: undefined, domain }));
      assert.ok(!loops(toDomain));
    });

    it("by default, where no rule answers", () => {
      const told = (rules: Record<string, RuleArgs>) => {
        const defaultAction = redirect({ path: "/soon" });
        return warnings({ ...HTTPS, defaultAction, rules }).length;
      };
      assert.equal(told({}), 1);
      assert.equal(told({ soon: { ...DENIED, pathPatterns: ["/soon"] } }), 0);
    });
  });

  describe("is to redirect where nothing answers", () => {
    const told = (to: Partial<RedirectArgs>, args: LoadBalancedGroupArgs = ZONES) =>
      warnings({ ...args, defaultAction: redirect(to) });

    it("to HTTPS on the port of HTTP", () => {
      assert.deepEqual(told({ protocol: "HTTPS" }), [
        "defaultAction.redirect leads to HTTPS on port 80, where the HTTP listener is; for HTTPS at this load " +
          "balancer, remove defaultAction, and set certificateArn or domain: the HTTP listener then redirects all " +
          "requests; for HTTPS elsewhere, set defaultAction.redirect.port to the port there",
      ]);
      assert.deepEqual(told({ protocol: "HTTPS", host: "b.example.com" }), []);
    });

    it("to a port that has no listener", () => {
      assert.match(told({ port: 8443 }).join(), /leads to port 8443 of the same host/);
      assert.deepEqual(told({ port: 8443, host: "b.example.com" }), []);
    });

    it("from HTTPS to the port of the HTTP listener", () => {
      const rules = { a: { ...redirect({ port: 80, path: "/b" }), pathPatterns: ["/a"] } };
      assert.match(ofRules(rules).join(), /leads to HTTPS on port 80.*redirect\.port to 443/);
    });
  });

  it("takes no long time with many rules", () => {
    const rules = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `r${index}`,
        { ...SERVED, pathPatterns: ["/*"] },
      ]),
    );
    const start = Date.now();
    ruleWarnings({ ...HTTPS, rules });
    assert.ok(Date.now() - start < 5000);
  });
});
