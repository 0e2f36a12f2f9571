import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { api, guide, PORT, inActions } from "./limits";
import { bad, maps, type ArgumentTable, type GoodArguments, type Mapping } from "./table";

const paths = { pathPatterns: ["/a/*"] };
const action = { targetGroup: "default" };
const meeting = (conditions: object) => ({ rules: { a: { ...action, ...conditions } } });
const doing = (actions: object) => ({ rules: { a: { ...paths, ...actions } } });
const redirecting = (redirect: object) =>
  doing({ redirect: { statusCode: "HTTP_301", ...redirect } });
const answering = (fixedResponse: object) => doing({ fixedResponse });
/** What rules and the default action have in common. */
const inAnswers = (path: string) => [`defaultAction.${path}`, `rules.a.${path}`];
const long = (length: number) => "x".repeat(length);

const inRule = (path: string, code: ProblemCode, settings: object, ...says: string[]) =>
  bad(`rules.a.${path}`, code, doing({ ...action, ...settings }), ...says);
const inCondition = (path: string, code: ProblemCode, conditions: object, ...says: string[]) =>
  bad(`rules.a.${path}`, code, meeting(conditions), ...says);
const inAction = (path: string, code: ProblemCode, settings: object, ...says: string[]) =>
  bad(`rules.a.${path}`, code, doing(settings), ...says);
const inRedirect = (path: string, code: ProblemCode, redirect: object, ...says: string[]) =>
  bad(`rules.a.redirect${path}`, code, redirecting(redirect), ...says);
const rewriting = (rewrite: object, ...of: string[]) =>
  doing({ ...action, ...Object.fromEntries(of.map((key) => [key, rewrite])) });
const inRewrite = (path: string, code: ProblemCode, rewrite: object, ...says: string[]) =>
  bad(
    `rules.a.urlRewrite.${path}`,
    code,
    rewriting({ regex: "^/a", replace: "/b", ...rewrite }, "urlRewrite"),
    ...says,
  );
const inResponse = (path: string, code: ProblemCode, response: object, ...says: string[]) =>
  bad(`rules.a.fixedResponse.${path}`, code, answering({ statusCode: 404, ...response }), ...says);

const RULED = { rules: { key: { pathPatterns: ["/a"], ...action } } };
const acting = (actions: object) => ({ rules: { key: { pathPatterns: ["/a"], ...actions } } });
const REDIRECT = { redirect: { statusCode: "HTTP_301", host: "b.example.com" } };
const REWRITE = { regex: "^/old/", replace: "/new/" };
const ANSWER = { fixedResponse: { statusCode: 404 } };
const SHARED = {
  targetGroups: { key: {} },
  ...acting({ forward: { weights: { default: 1, key: 1 } } }),
};

const mapsRule = (
  path: string,
  value: unknown,
  property: string,
  expected?: unknown,
  beside: object = RULED,
) => maps(`rules.key.${path}`, value, `web-rule-key ${property}`, expected, beside);

/** The rewrites of a rule that has only this one. */
function rewriteMappings(argument: string, config: string): Mapping[] {
  return Object.entries(REWRITE).map(([key, value]) =>
    mapsRule(
      `${argument}.${key}`,
      value,
      `transforms[0].${config}.rewrite.${key}`,
      value,
      acting({ ...action, [argument]: REWRITE }),
    ),
  );
}

/** Conditions before and after that on the path. */
const before = "conditions[0]";
const after = "conditions[1]";

const mappings = [
  maps("rules.key.priority", 7, "web-priority-7 priority", 7, RULED),
  mapsRule("hostHeaders", ["a.example.com"], `${before}.hostHeader.values`),
  mapsRule("pathPatterns", ["/b"], `${before}.pathPattern.values`),
  mapsRule("httpHeaders.key", ["v"], `${after}.httpHeader.values`),
  mapsRule("httpRequestMethods", ["GET"], `${after}.httpRequestMethod.values`),
  mapsRule("queryStrings.key", ["v"], `${after}.queryStrings`, [{ key: "key", value: "v" }]),
  mapsRule("sourceIps", ["192.0.2.0/24"], `${after}.sourceIp.values`),
  mapsRule("hostHeaderRegexValues", ["^a\\."], `${before}.hostHeader.regexValues`),
  mapsRule(
    "pathPatternRegexValues",
    ["^/b/\\d+$"],
    `${after}.pathPattern.regexValues`,
    ["^/b/\\d+$"],
    { rules: { key: { hostHeaders: ["a.example.com"], ...action } } },
  ),
  ...(
    [
      ["httpHeaderName", "X-Version", { values: ["1"] }],
      ["values", ["v*"], { httpHeaderName: "X-Version" }],
      ["regexValues", ["^v\\d"], { httpHeaderName: "X-Version" }],
    ] as const
  ).map(([property, value, others]) =>
    mapsRule(
      `httpHeaderConditions.key.${property}`,
      value,
      `${after}.httpHeader.${property}`,
      value,
      acting({ ...action, httpHeaderConditions: { key: others } }),
    ),
  ),
  ...rewriteMappings("urlRewrite", "urlRewriteConfig"),
  ...rewriteMappings("hostHeaderRewrite", "hostHeaderRewriteConfig"),
  mapsRule("targetGroup", "key", "actions[0].targetGroupArn", "arn:web-tg-key", {
    targetGroups: { key: {} },
    ...RULED,
  }),
  mapsRule("forward.weights.key", 3, "actions[0].forward.targetGroups[1].weight", 3, SHARED),
  mapsRule("forward.stickinessDuration", 60, "actions[0].forward.stickiness.duration", 60, SHARED),
  ...(
    [
      ["statusCode", "HTTP_302"],
      ["protocol", "HTTPS"],
      ["host", "c.example.com"],
      ["port", 8443, "8443"],
      ["path", "/c"],
      ["query", "a=b"],
    ] as const
  ).map(([key, value, expected = value]) =>
    mapsRule(`redirect.${key}`, value, `actions[0].redirect.${key}`, expected, acting(REDIRECT)),
  ),
  ...(
    [
      ["statusCode", 503, "503"],
      ["contentType", "text/html"],
      ["messageBody", "<p>Soon</p>"],
    ] as const
  ).map(([key, value, expected = value]) =>
    mapsRule(
      `fixedResponse.${key}`,
      value,
      `actions[0].fixedResponse.${key}`,
      expected,
      acting(ANSWER),
    ),
  ),
];

/** The default action has a redirect and a fixed response as rules have them. */
const ofDefaultAction = mappings
  .filter(({ path }) => /\.(redirect|fixedResponse)\./.test(path))
  .map(({ path, property, ...mapping }): Mapping => {
    const own = path.replace("rules.key", "defaultAction");
    const defaultAction = own.includes(".redirect.") ? REDIRECT : ANSWER;
    const beside = { defaultAction, instanceIds: undefined };
    return {
      ...mapping,
      path: own,
      child: "web-http",
      property: `defaultA${property.slice(1)}`,
      beside,
    };
  });

/** What is done with certain requests, and with those that no rule is about. */
export const LISTENER_RULES: ArgumentTable = {
  good: [
    ["no rules", { rules: {} }],
    ["the longest host", meeting({ hostHeaders: [`${long(124)}.com`] })],
    ["a host with wildcards", meeting({ hostHeaders: ["*.ex?mple.com"] })],
    ["a host in any case", meeting({ hostHeaders: ["Shop.Example.COM"] })],
    ["the longest path", meeting({ pathPatterns: [`/${long(127)}`] })],
    ["a path of all characters", meeting({ pathPatterns: ["/aZ09_-.$/~\"'@:+&*?"] })],
    ["a path that starts with a wildcard", meeting({ pathPatterns: ["*.png"] })],
    ["the longest header", meeting({ httpHeaders: { [long(40)]: [long(128)] } })],
    ["a header whose value is secret", meeting({ httpHeaders: { a: [pulumi.secret("token")] } })],
    ["the longest method", meeting({ httpRequestMethods: ["A".repeat(40), "M-SEARCH", "A_B"] })],
    ["the longest parameter", meeting({ queryStrings: { [long(128)]: [long(128)] } })],
    ["a parameter of any name", meeting({ queryStrings: { "": ["a"] } })],
    [
      "networks",
      meeting({ sourceIps: ["192.0.2.0/24", "198.51.100.1/32", "2001:db8::/32", "::1/128"] }),
    ],
    ["the longest expression for a host", meeting({ hostHeaderRegexValues: [long(128)] })],
    ["expressions for a path", meeting({ pathPatternRegexValues: ["^/[a-z]{2}/", "(?i)\\.png$"] })],
    [
      "the same header twice",
      meeting({
        httpHeaders: { "User-Agent": ["*Mobile*"] },
        httpHeaderConditions: {
          android: { httpHeaderName: "User-Agent", values: ["*Android*"] },
          version: { httpHeaderName: "user-agent", regexValues: [pulumi.output("Chrome/1\\d")] },
        },
      }),
    ],
    ["a network that is an output", meeting({ sourceIps: [pulumi.output("192.0.2.0/24")] })],
    [
      "five values in all",
      meeting({
        hostHeaders: ["a.example.com"],
        pathPatterns: ["/a"],
        httpHeaders: { a: ["1"] },
        httpRequestMethods: ["GET"],
        queryStrings: { a: ["1"] },
      }),
    ],
    [
      "five hosts",
      meeting({ hostHeaders: ["a", "b", "c", "d", "e"].map((name) => `${name}.example.com`) }),
    ],
    [
      "a group that only a rule uses",
      { targetGroups: { api: {} }, ...doing({ targetGroup: "api" }) },
    ],
    [
      "weights in a rule",
      {
        targetGroups: { api: {}, next: {} },
        ...doing({ forward: { weights: { api: 1, next: 0 } } }),
      },
    ],
    [
      "the main group in a rule only",
      {
        targetGroups: { web: {} },
        forward: { weights: { web: 1 } },
        instanceIds: ["i-1"],
        ...doing({ targetGroup: "default" }),
      },
    ],
    ...[
      { regex: long(1024), replace: long(1024) },
      { regex: "^/api/v(\\d+)/([^?]*)(\\?.*)?$", replace: "" },
      { regex: "(?i)^/(?:img|css)/(?P<name>[-*+.]+){1,2}\\++", replace: "/$1" },
      { regex: "^\\\\p", replace: "/" },
      { regex: pulumi.output("^/a"), replace: pulumi.output("/b") },
    ].map((rewrite): GoodArguments => [
      `a rewrite of ${JSON.stringify(rewrite)}`,
      rewriting(rewrite, "urlRewrite", "hostHeaderRewrite"),
    ]),
    ["another protocol", redirecting({ protocol: "HTTPS", port: 443 })],
    ["another host", redirecting({ host: "www.#{host}" })],
    [
      "the longest parts",
      redirecting({ host: long(128), path: `/${long(127)}`, query: long(128) }),
    ],
    [
      "parts of the request",
      redirecting({
        host: "#{host}",
        path: "/#{host}/#{port}/#{path}",
        query: "#{query}&from=#{protocol}://#{host}:#{port}/#{path}",
      }),
    ],
    ["no query", redirecting({ path: "/a", query: "" })],
    ["another port", redirecting({ port: 65535 })],
    [
      "from HTTPS to HTTPS",
      { certificateArn: CERTIFICATE, ...redirecting({ protocol: "HTTPS", path: "/b" }) },
    ],
    ["the lowest status", answering({ statusCode: 200 })],
    ["the highest status that is good", answering({ statusCode: 299 })],
    ["the lowest status of an error", answering({ statusCode: 400 })],
    [
      "the highest status",
      answering({ statusCode: 599, messageBody: long(1024), contentType: "text/html" }),
    ],
    ["an empty body", answering({ statusCode: 204, messageBody: "" })],
    ["a default answer", { defaultAction: { fixedResponse: { statusCode: 404 } } }],
    [
      "a default redirect",
      { defaultAction: { redirect: { statusCode: "HTTP_302", host: "a.b" } } },
    ],
  ],
  bad: [
    bad(
      "defaultAction.redirect.port",
      "type",
      { defaultAction: { redirect: { port: "#{port}", statusCode: "HTTP_301" } } },
      "remove it",
    ),
    bad("rules", "output", { rules: pulumi.output({}) }, "keys are part of resource names"),
    bad('rules[" "]', "format", { rules: { " ": { ...paths, ...action } } }, "an empty key"),
    bad("rules.a", "required", { rules: { a: action } }, "hostHeaders, pathPatterns"),
    ...["httpHeaders", "queryStrings", "httpHeaderConditions"].map((conditions) =>
      bad("rules.a", "required", { rules: { a: { ...action, [conditions]: {} } } }, "a condition"),
    ),
    bad("rules.a", "required", { rules: { a: paths } }, "targetGroup, forward, redirect"),
    inRule("colour", "unknown", { colour: "red" }, "use one of"),
    inRule("path", "unknown", { path: "/a" }, "write pathPatterns instead"),
    inRule(
      "actions",
      "unknown",
      { actions: [] },
      "write targetGroup, forward, redirect or fixedResponse in the rule instead",
    ),
    inRule("conditions", "unknown", { conditions: [] }, "hostHeaders and pathPatterns"),
    inRule("transforms", "unknown", { transforms: [] }, "urlRewrite or hostHeaderRewrite"),
    bad("rules.a.urlRewrite.regex", "required", rewriting({ replace: "/" }, "urlRewrite")),
    bad("rules.a.urlRewrite.replace", "required", rewriting({ regex: "^/a" }, "urlRewrite")),
    inRewrite("replacement", "unknown", { replacement: "/" }, "write replace instead"),
    inRule("pathPatternRegex", "unknown", { pathPatternRegex: [] }, "pathPatternRegexValues"),
    inRewrite("regex", "type", { regex: 1 }, "in quotes"),
    inRewrite("regex", "format", { regex: "" }, "1 to 1024", ".*"),
    inRewrite("regex", "format", { regex: long(1025) }, "1 to 1024", "shorten it"),
    ...(
      [
        ["lookaheads", "^/a(?=b)"],
        ["lookaheads", "^/a(?!b)"],
        ["lookbehinds", "(?<=a)b"],
        ["lookbehinds", "(?<!a)b"],
        ["atomic groups", "(?>a)b"],
        ["possessive quantifiers", "^/a++"],
        ["possessive quantifiers", "^/[a-z]*+"],
        ["backreferences", "(a)\\1"],
        ["backreferences", "(?P<a>b)(?P=a)"],
        ["backreferences", "(?<a>b)\\k<a>"],
        ["subroutines and recursion", "(a|(?R))"],
        ["subroutines and recursion", "(a)(?1)"],
        ["subroutines and recursion", "(a)\\g<1>"],
        ["Unicode character classes", "\\p{L}"],
        ["Unicode character classes", "\\PL"],
      ] as const
    ).map(([what, regex]) => inRewrite("regex", "format", { regex }, `without ${what}`)),
    ...["^/(a", "a)", "[a", "*", "a**", "(?<1>a)", "[]", "[^]", "[z-a]", "a\\"].map((regex) =>
      inRewrite("regex", "format", { regex }, "correct it"),
    ),
    inRewrite("replace", "format", { replace: long(1025) }, "at most 1024", "shorten it"),
    inRewrite("replace", "type", { replace: 1 }, "in quotes"),
    bad(
      "rules.a.urlRewrite",
      "unused",
      doing({ urlRewrite: REWRITE, fixedResponse: { statusCode: 404 } }),
      "no effect together with fixedResponse",
    ),
    bad(
      "rules.a.hostHeaderRewrite",
      "unused",
      doing({ hostHeaderRewrite: REWRITE, redirect: { statusCode: "HTTP_301", path: "/b" } }),
      "no effect together with redirect",
    ),
    inRule("targetGroupArn", "unknown", { targetGroupArn: "arn:" }, "the key of a target group"),
    inAction(
      "forward.targetGroups",
      "unknown",
      { forward: { weights: { default: 1 }, targetGroups: [] } },
      "write weights",
    ),
    inRule(
      "forward",
      "conflict",
      { forward: { weights: { default: 1 } } },
      "can't be combined with targetGroup",
      "remove",
    ),
    inRule("fixedResponse", "conflict", { fixedResponse: { statusCode: 404 } }, "only one action"),
    bad(
      "rules.b.priority",
      "conflict",
      {
        rules: {
          b: { ...action, hostHeaders: ["b.example.com"], priority: 5 },
          a: { ...paths, ...action, priority: 5 },
        },
      },
      "can't be 5, which rules.a.priority has too",
      "such as 6",
    ),
    bad(
      "rules.b",
      "repeated",
      { rules: { b: { ...paths, ...action }, a: { ...paths, ...action, priority: 7 } } },
      "the same conditions as rules.a",
      "remove one",
    ),
    inCondition("hostHeaders", "type", { hostHeaders: "a.example.com" }, "pass a list"),
    inCondition(
      "hostHeaders",
      "output",
      { hostHeaders: pulumi.output(["a.example.com"]) },
      "priority",
    ),
    inCondition(
      "hostHeaders[0]",
      "output",
      { hostHeaders: [pulumi.output("a.example.com")] },
      "priority",
    ),
    inCondition(
      "hostHeaders[0]",
      "format",
      { hostHeaders: ["localhost"] },
      "letters after the last one",
      '"localh',
    ),
    inCondition("hostHeaders[0]", "format", { hostHeaders: ["example.c0m"] }, "the last one"),
    inCondition("hostHeaders[0]", "format", { hostHeaders: ["example.*"] }, "the last one"),
    inCondition(
      "hostHeaders[0]",
      "format",
      { hostHeaders: ["a.example.com:80"] },
      "without a protocol or port",
    ),
    inCondition("hostHeaders[0]", "format", { hostHeaders: [`${long(125)}.com`] }, "at most 128"),
    inCondition("hostHeaders[1]", "repeated", { hostHeaders: ["a.example.com", "a.example.com"] }),
    inCondition(
      "pathPatterns[0]",
      "format",
      { pathPatterns: ["api/*"] },
      'starts with "/" or a wildcard',
      '"api/*"',
    ),
    inCondition("pathPatterns[0]", "format", { pathPatterns: ["/a b"] }, "a path of at most 128"),
    inCondition("pathPatterns[0]", "format", { pathPatterns: ["/a#b"] }, "without a host or query"),
    inCondition("pathPatterns[0]", "format", { pathPatterns: [`/${long(128)}`] }, "at most 128"),
    inCondition("httpHeaders.host", "conflict", { httpHeaders: { host: ["a"] } }, "hostHeaders"),
    inCondition("httpHeaders.Host", "conflict", { httpHeaders: { Host: ["a"] } }, "hostHeaders"),
    inCondition(
      `httpHeaders.${long(41)}`,
      "format",
      { httpHeaders: { [long(41)]: ["a"] } },
      "1 to 40",
    ),
    inCondition(
      'httpHeaders["a b"]',
      "format",
      { httpHeaders: { "a b": ["a"] } },
      "the name of a header",
    ),
    inCondition(
      "httpHeaders.X",
      "repeated",
      { httpHeaders: { x: ["a"], X: ["b"] } },
      "the same header as rules.a.httpHeaders.x",
    ),
    inCondition("httpHeaders.x[0]", "format", { httpHeaders: { x: [""] } }, "1 to 128"),
    inCondition(
      "hostHeaderRegexValues",
      "conflict",
      { hostHeaders: ["a.example.com"], hostHeaderRegexValues: ["^b"] },
      "can't be combined with hostHeaders",
    ),
    inCondition(
      "pathPatternRegexValues",
      "conflict",
      { ...paths, pathPatternRegexValues: ["^/b"] },
      "can't be combined with pathPatterns",
    ),
    inCondition(
      "hostHeaderRegexValues[0]",
      "format",
      { hostHeaderRegexValues: [long(129)] },
      "1 to 128",
    ),
    inCondition(
      "pathPatternRegexValues[0]",
      "format",
      { pathPatternRegexValues: ["^/(?!a)"] },
      "without lookaheads",
    ),
    inCondition("pathPatternRegexValues", "too-few", { pathPatternRegexValues: [] }, "1 or more"),
    inCondition(
      "pathPatternRegexValues[0]",
      "output",
      { pathPatternRegexValues: [pulumi.output("^/a")] },
      "priority",
    ),
    ...(
      [
        ["", "required", { httpHeaderName: "X" }, "add values or regexValues"],
        [".httpHeaderName", "required", { values: ["a"] }, "is required"],
        [".httpHeaderName", "format", { httpHeaderName: "a b", values: ["a"] }, "1 to 40"],
        [".httpHeaderName", "format", { httpHeaderName: "host", values: ["a"] }, "use hostHeaders"],
        [".values[0]", "format", { httpHeaderName: "X", values: [""] }, "1 to 128"],
        [".regexValues[0]", "format", { httpHeaderName: "X", regexValues: ["a++"] }, "possessive"],
        [
          ".regexValues",
          "conflict",
          { httpHeaderName: "X", values: ["a"], regexValues: ["b"] },
          "can't be combined with values",
        ],
      ] as const
    ).map(([path, code, condition, says]) =>
      inCondition(
        `httpHeaderConditions.a${path}`,
        code,
        { httpHeaderConditions: { a: condition } },
        says,
      ),
    ),
    bad(
      "rules.a",
      "too-many",
      meeting({
        hostHeaderRegexValues: ["^a", "^b"],
        pathPatternRegexValues: ["^/a", "^/b"],
        httpHeaderConditions: { a: { httpHeaderName: "X", regexValues: ["a", "b"] } },
      }),
      "at most 5 values",
      "got 6",
    ),
    bad(
      "rules.b",
      "repeated",
      {
        rules: {
          a: { ...action, pathPatternRegexValues: ["^/a"], priority: 7 },
          b: { ...action, pathPatternRegexValues: ["^/a"] },
        },
      },
      "the same conditions as rules.a",
    ),
    inCondition(
      "httpHeaders.x[0]",
      "format",
      { httpHeaders: { x: [long(129)] } },
      "1 to 128",
      "shorten it",
    ),
    inCondition(
      "httpRequestMethods[0]",
      "format",
      { httpRequestMethods: ["get"] },
      "upper-case",
      '"get"',
    ),
    inCondition(
      "httpRequestMethods[0]",
      "format",
      { httpRequestMethods: ["A".repeat(41)] },
      "1 to 40",
    ),
    inCondition(
      `queryStrings.${long(129)}`,
      "format",
      { queryStrings: { [long(129)]: ["a"] } },
      "at most 128",
    ),
    inCondition("queryStrings.a[0]", "format", { queryStrings: { a: [long(129)] } }, "1 to 128"),
    inCondition(
      "sourceIps[0]",
      "format",
      { sourceIps: ["255.255.255.255/32"] },
      "other than 255.255.255.255/32",
    ),
    inCondition("sourceIps[0]", "format", { sourceIps: ["10.0.0.1"] }, "CIDR", "/32"),
    inCondition("sourceIps[0]", "format", { sourceIps: ["10.0.0.1/8"] }, "bits set"),
    inCondition("sourceIps[0]", "format", { sourceIps: ["2001:db8::/129"] }, "2001:db8::/32"),
    bad(
      "rules.a",
      "too-many",
      {
        rules: {
          a: {
            ...action,
            ...paths,
            hostHeaders: ["a.b", "b.b"],
            queryStrings: { a: ["1"], b: ["1", "2"] },
          },
        },
      },
      "at most 5 values",
      "got 6",
      "several rules",
    ),
    inAction("targetGroup", "unknown", { targetGroup: "defualt" }, "did you mean default?"),
    inAction("targetGroup", "type", { targetGroup: {} }, "got an object"),
    inAction("forward.weights.blue", "unknown", { forward: { weights: { blue: 1, default: 1 } } }),
    inAction(
      "forward.weights",
      "conflict",
      { forward: { weights: { default: 0 } } },
      "can't all be 0",
    ),
    bad(
      "rules.a.forward.stickinessDuration",
      "required",
      {
        targetGroup: { stickiness: {} },
        targetGroups: { blue: {} },
        rules: { a: { ...paths, forward: { weights: { default: 1, blue: 1 } } } },
      },
      "because targetGroup has stickiness",
    ),
    inRedirect("", "conflict", {}, "must change the protocol, host, port or path"),
    inRedirect(
      "",
      "conflict",
      { protocol: "HTTP", port: 80, host: "#{host}", path: "/#{path}" },
      "forever",
    ),
    inRedirect("", "conflict", { query: "a=b" }, "must change"),
    inRedirect(".host", "format", { host: "" }, "1 to 128"),
    inRedirect(".host", "format", { host: long(129) }, "1 to 128"),
    inRedirect(".path", "format", { path: "b" }, '"/" at the start', '"b"'),
    inRedirect(".path", "format", { path: `/${long(128)}` }, "1 to 128"),
    inRedirect(".host", "format", { host: "#{path}.example.com" }, "is not one of #{host}"),
    inRedirect(".host", "format", { host: "#{host}:#{port}" }, "is not one of #{host}"),
    inRedirect(".path", "format", { path: "/#{query}" }, "is not one of #{host}, #{port}"),
    inRedirect(".path", "format", { path: "/#{protocol}" }, "is not one of #{host}"),
    inRedirect(".path", "format", { path: "/#{uri}" }, "is not one of #{host}"),
    inRedirect(".path", "format", { path: "/#{path" }, "can contain"),
    inRedirect(".query", "format", { path: "/b", query: "?a=b" }, 'without "?"'),
    inRedirect(".query", "format", { path: "/b", query: long(129) }, "at most 128"),
    bad(
      "rules.a.redirect.protocol",
      "conflict",
      {
        certificateArn: CERTIFICATE,
        rules: { a: { ...paths, redirect: { statusCode: "HTTP_302", protocol: "HTTP" } } },
      },
      "can't be HTTP",
      "HTTPS",
    ),
    bad(
      "rules.a.redirect",
      "conflict",
      {
        certificateArn: CERTIFICATE,
        rules: { a: { ...paths, redirect: { statusCode: "HTTP_302", port: 443 } } },
      },
      "must change",
    ),
    ...[199, 300, 399, 600, "404", 404.5].map((statusCode) =>
      inResponse(
        "statusCode",
        typeof statusCode === "number" ? "range" : "type",
        { statusCode },
        "200 to 299 or from 400 to 599",
        `got ${JSON.stringify(statusCode)}`,
      ),
    ),
    inResponse("messageBody", "format", { messageBody: long(1025) }, "at most 1024", "shorten it"),
    bad("defaultAction", "required", { defaultAction: {} }, "redirect, fixedResponse"),
    bad(
      "defaultAction",
      "conflict",
      {
        forward: { weights: { default: 1 } },
        defaultAction: { fixedResponse: { statusCode: 404 } },
      },
      "combined with forward",
      "remove one",
    ),
    bad(
      "defaultAction.fixedResponse",
      "conflict",
      {
        defaultAction: {
          redirect: { statusCode: "HTTP_301", path: "/b" },
          fixedResponse: { statusCode: 404 },
        },
      },
      "can't be combined with redirect",
    ),
    bad(
      "defaultAction.redirect",
      "conflict",
      { port: 8080, defaultAction: { redirect: { statusCode: "HTTP_301", port: 8080 } } },
      "must change",
    ),
    bad(
      "instanceIds",
      "unused",
      { instanceIds: ["i-1"], defaultAction: { fixedResponse: { statusCode: 404 } } },
      "main target group",
      "in a rule",
    ),
  ],
  mappings: [...mappings, ...ofDefaultAction],
  limits: [
    {
      args: ["rules.a.priority"],
      emulator: ["listenerRule.priority"],
      source: { model: "CreateRuleInput.Priority" },
    },
    {
      args: [
        "rules.a.hostHeaders",
        "rules.a.pathPatterns",
        "rules.a.httpHeaders.a",
        "rules.a.httpRequestMethods",
        "rules.a.queryStrings.a",
        "rules.a.sourceIps",
        "rules.a.hostHeaderRegexValues",
        "rules.a.pathPatternRegexValues",
        "rules.a.httpHeaderConditions.a.values",
        "rules.a.httpHeaderConditions.a.regexValues",
      ],
      source: { documented: { min: 1, max: Infinity }, page: guide("rule-condition-types") },
    },
    {
      emulator: ["listener.defaultActions.order", "listenerRule.actions.order"],
      source: { model: "Action.Order" },
    },
    {
      emulator: ["listenerRule.transforms.type"],
      source: { model: "RuleTransform.Type" },
    },
    {
      emulator: inActions("type"),
      source: { model: "Action.Type" },
    },
    {
      args: inAnswers("redirect.statusCode"),
      emulator: inActions("redirect.statusCode"),
      source: { model: "RedirectActionConfig.StatusCode" },
    },
    {
      args: inAnswers("redirect.protocol"),
      source: {
        documented: { values: ["HTTP", "HTTPS"] },
        page: api("RedirectActionConfig"),
      },
    },
    {
      emulator: inActions("redirect.protocol"),
      source: {
        documented: { values: ["#{protocol}", "HTTP", "HTTPS"] },
        page: api("RedirectActionConfig"),
      },
    },
    {
      args: inAnswers("redirect.port"),
      source: { documented: PORT, page: api("RedirectActionConfig") },
    },
    {
      args: inAnswers("fixedResponse.statusCode"),
      source: { documented: { min: 200, max: 599 }, page: api("FixedResponseActionConfig") },
    },
    {
      args: inAnswers("fixedResponse.contentType"),
      emulator: inActions("fixedResponse.contentType"),
      source: {
        documented: {
          values: [
            "text/plain",
            "text/css",
            "text/html",
            "application/javascript",
            "application/json",
          ],
        },
        page: api("FixedResponseActionConfig"),
      },
    },
  ],
  lengths: [
    { args: inAnswers("redirect.host"), model: "RedirectActionConfig.Host", text: long },
    {
      args: inAnswers("redirect.path"),
      model: "RedirectActionConfig.Path",
      text: (length) => "/".repeat(length),
    },
    { args: inAnswers("redirect.query"), model: "RedirectActionConfig.Query", text: long },
    {
      args: inAnswers("fixedResponse.messageBody"),
      model: "FixedResponseActionConfig.MessageBody",
      text: long,
    },
  ],
};
