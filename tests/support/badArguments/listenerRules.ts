import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../groups";
import { COGNITO, OIDC } from "../logins";
import { bad } from "./bad";

const paths = { pathPatterns: ["/a/*"] };
const action = { targetGroup: "default" };
const rule = (settings: object) => ({ rules: { a: { ...paths, ...action, ...settings } } });
const inRule = (path: string, settings: object, ...says: string[]) =>
  bad(`rules.a.${path}`, rule(settings), ...says);
const meeting = (path: string, conditions: object, ...says: string[]) =>
  bad(`rules.a.${path}`, { rules: { a: { ...action, ...conditions } } }, ...says);
const doing = (path: string, settings: object, ...says: string[]) =>
  bad(`rules.a.${path}`, { rules: { a: { ...paths, ...settings } } }, ...says);
const redirecting = (path: string, redirect: object, ...says: string[]) =>
  doing(`redirect${path}`, { redirect: { statusCode: "HTTP_301", ...redirect } }, ...says);
const answering = (path: string, fixedResponse: object, ...says: string[]) =>
  doing(`fixedResponse.${path}`, { fixedResponse: { statusCode: 404, ...fixedResponse } }, ...says);
const long = (length: number) => "x".repeat(length);

const logging = (path: string, login: object, ...says: string[]) =>
  bad(
    `rules.a.${path}`,
    { certificateArn: CERTIFICATE, rules: { a: { ...paths, ...action, ...login } } },
    ...says,
  );
const byOidc = (path: string, change: object, ...says: string[]) =>
  logging(`authenticateOidc.${path}`, { authenticateOidc: { ...OIDC, ...change } }, ...says);
const byCognito = (path: string, change: object, ...says: string[]) =>
  logging(
    `authenticateCognito.${path}`,
    { authenticateCognito: { ...COGNITO, ...change } },
    ...says,
  );

/** What is wrong with logins, and with what is done where no rule decides. */
export const LOGINS_AND_DEFAULTS = [
  inRule("authenticateOidc", { authenticateOidc: OIDC }, "needs an HTTPS listener"),
  logging(
    "authenticateCognito",
    { authenticateOidc: OIDC, authenticateCognito: COGNITO },
    "not go with authenticateOidc",
  ),
  ...Object.keys(OIDC).map((key) => byOidc(key, { [key]: undefined }, "is required")),
  ...Object.keys(COGNITO).map((key) => byCognito(key, { [key]: undefined }, "is required")),
  byOidc("issuer", { issuer: "http://login.example.com" }, "a URL with https", '"http://'),
  byOidc("tokenEndpoint", { tokenEndpoint: "login.example.com" }, "a URL with https"),
  byOidc("clientSecret", { clientSecret: "" }, "not empty"),
  byOidc("sessionTimeout", { sessionTimeout: 0 }, "1 to 604800", "got 0"),
  byOidc("sessionTimeout", { sessionTimeout: 604801 }, "1 to 604800"),
  byOidc("sessionCookieName", { sessionCookieName: "a b" }, "a cookie's name"),
  byOidc("scope", { scope: "" }, "not empty"),
  byOidc(
    "onUnauthenticatedRequest",
    { onUnauthenticatedRequest: "ask" },
    "authenticate, allow, deny",
  ),
  byOidc(
    "authenticationRequestExtraParams",
    {
      authenticationRequestExtraParams: Object.fromEntries(
        Array.from({ length: 11 }, (_, n) => [`k${n}`, "v"]),
      ),
    },
    "at most 10 parameters",
    "got 11",
  ),
  byCognito("userPoolArn", { userPoolArn: "us-west-2_a1" }, "the ARN of a user pool", "copy it"),
  bad("defaultAction", { defaultAction: {} }, "an action", "redirect, fixedResponse"),
  bad("defaultAction", { defaultAction: "404" }, "an object", '"404"'),
  bad(
    "defaultAction",
    { forward: { weights: { default: 1 } }, defaultAction: { fixedResponse: { statusCode: 404 } } },
    "instead of forward",
    "leave one",
  ),
  bad(
    "defaultAction.fixedResponse",
    {
      defaultAction: {
        redirect: { statusCode: "HTTP_301", path: "/b" },
        fixedResponse: { statusCode: 404 },
      },
    },
    "not go with redirect",
  ),
  bad(
    "defaultAction.redirect",
    { port: 8080, defaultAction: { redirect: { statusCode: "HTTP_301", port: 8080 } } },
    "must change",
  ),
  bad(
    "instanceIds",
    { instanceIds: ["i-1"], defaultAction: { fixedResponse: { statusCode: 404 } } },
    "main target group",
    "in a rule",
  ),
];

/** What is wrong with the rules of a listener. */
export const LISTENER_RULES = [
  bad("rules", { rules: [] }, "an object of rules", "got []"),
  bad("rules", { rules: pulumi.output({}) }, "plain value", "keys name the rules"),
  bad('rules[" "]', { rules: { " ": { ...paths, ...action } } }, "key that is not empty"),
  bad("rules.a", { rules: { a: "/a" } }, "an object", '"/a"'),
  bad("rules.a", { rules: { a: action } }, "a condition", "hostHeaders, pathPatterns"),
  bad("rules.a", { rules: { a: paths } }, "an action", "targetGroup, forward, redirect"),
  inRule("path", { path: "/a" }, "not an argument", "known ones"),
  inRule("forward", { forward: { weights: { default: 1 } } }, "not go with targetGroup", "leave"),
  inRule("fixedResponse", { fixedResponse: { statusCode: 404 } }, "one action is done"),
  inRule("priority", { priority: 0 }, "1 to 50000", "got 0"),
  inRule("priority", { priority: 50001 }, "1 to 50000", "got 50001"),
  inRule("priority", { priority: pulumi.output(1) }, "plain value"),
  bad(
    "rules.b.priority",
    {
      rules: {
        b: { ...action, hostHeaders: ["b.example.com"], priority: 5 },
        a: { ...paths, ...action, priority: 5 },
      },
    },
    "must not be 5, which rules.a.priority has",
    "such as 6",
  ),
  bad(
    "rules.b",
    { rules: { b: { ...paths, ...action }, a: { ...paths, ...action, priority: 7 } } },
    "the very conditions of rules.a",
    "leave one",
  ),
  meeting("hostHeaders", { hostHeaders: [] }, "at least 1", "got []"),
  meeting("hostHeaders", { hostHeaders: "a.example.com" }, "a list", "bracket"),
  meeting("hostHeaders", { hostHeaders: pulumi.output(["a.example.com"]) }, "plain", "priority"),
  meeting("hostHeaders[0]", { hostHeaders: [pulumi.output("a.example.com")] }, "plain", "priority"),
  meeting(
    "hostHeaders[0]",
    { hostHeaders: ["localhost"] },
    "letters after its last dot",
    '"localh',
  ),
  meeting("hostHeaders[0]", { hostHeaders: ["example.c0m"] }, "last dot"),
  meeting("hostHeaders[0]", { hostHeaders: ["example.*"] }, "last dot"),
  meeting("hostHeaders[0]", { hostHeaders: ["a.example.com:80"] }, "without protocol and port"),
  meeting("hostHeaders[0]", { hostHeaders: [`${long(125)}.com`] }, "at most 128"),
  meeting("hostHeaders[1]", { hostHeaders: ["a.example.com", "a.example.com"] }, "not repeat"),
  meeting("pathPatterns[0]", { pathPatterns: ["api/*"] }, 'from "/" or a wildcard on', '"api/*"'),
  meeting("pathPatterns[0]", { pathPatterns: ["/a b"] }, "a path of at most 128"),
  meeting("pathPatterns[0]", { pathPatterns: ["/a#b"] }, "without host and query"),
  meeting("pathPatterns[0]", { pathPatterns: [`/${long(128)}`] }, "at most 128"),
  meeting("httpHeaders", { httpHeaders: ["x-beta"] }, "an object of header values"),
  meeting("httpHeaders.host", { httpHeaders: { host: ["a"] } }, "hostHeaders"),
  meeting("httpHeaders.Host", { httpHeaders: { Host: ["a"] } }, "hostHeaders"),
  meeting(`httpHeaders.${long(41)}`, { httpHeaders: { [long(41)]: ["a"] } }, "1 to 40"),
  meeting('httpHeaders["a b"]', { httpHeaders: { "a b": ["a"] } }, "a header's name"),
  meeting(
    "httpHeaders.X",
    { httpHeaders: { x: ["a"], X: ["b"] } },
    "header of rules.a.httpHeaders.x",
  ),
  meeting("httpHeaders.x", { httpHeaders: { x: [] } }, "at least 1"),
  meeting("httpHeaders.x[0]", { httpHeaders: { x: [""] } }, "1 to 128"),
  meeting("httpHeaders.x[0]", { httpHeaders: { x: [long(129)] } }, "1 to 128", "shorten it"),
  meeting("httpRequestMethods[0]", { httpRequestMethods: ["get"] }, "upper-case", '"get"'),
  meeting("httpRequestMethods[0]", { httpRequestMethods: ["A".repeat(41)] }, "1 to 40"),
  meeting('queryStrings[""]', { queryStrings: { "": ["a"] } }, "1 to 128 characters"),
  meeting(`queryStrings.${long(129)}`, { queryStrings: { [long(129)]: ["a"] } }, "parameter's key"),
  meeting("queryStrings.a[0]", { queryStrings: { a: [long(129)] } }, "1 to 128"),
  meeting("sourceIps[0]", { sourceIps: ["10.0.0.1"] }, "CIDR", "/32"),
  meeting("sourceIps[0]", { sourceIps: ["10.0.0.1/8"] }, "bits set"),
  meeting("sourceIps[0]", { sourceIps: ["2001:db8::/129"] }, "2001:db8::/32"),
  bad(
    "rules.a",
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
    "two rules",
  ),
  doing(
    "targetGroup",
    { targetGroup: "defualt" },
    "names no target group",
    "did you mean default?",
  ),
  doing("targetGroup", { targetGroup: {} }, "the key of a target group", "got an object"),
  doing("targetGroup", { targetGroup: pulumi.output("default") }, "plain value"),
  doing(
    "forward.weights.blue",
    { forward: { weights: { blue: 1, default: 1 } } },
    "no target group",
  ),
  doing("forward.weights", { forward: { weights: { default: 0 } } }, "not all be 0"),
  bad(
    "rules.a.forward.stickinessDuration",
    {
      targetGroup: { stickiness: {} },
      targetGroups: { blue: {} },
      rules: { a: { ...paths, forward: { weights: { default: 1, blue: 1 } } } },
    },
    "is required, since targetGroup is sticky",
  ),
  redirecting("", {}, "must change the protocol, host, port or path"),
  redirecting("", { protocol: "HTTP", port: 80, host: "#{host}", path: "/#{path}" }, "for ever"),
  redirecting("", { query: "a=b" }, "must change"),
  redirecting(".statusCode", { statusCode: 301, path: "/b" }, "HTTP_301, HTTP_302", "got 301"),
  redirecting(".statusCode", { statusCode: undefined, path: "/b" }, "is required"),
  redirecting(".protocol", { protocol: "ftp" }, "HTTP, HTTPS"),
  redirecting(".host", { host: "" }, "1 to 128"),
  redirecting(".host", { host: long(129) }, "1 to 128"),
  redirecting(".port", { port: 0 }, "1 to 65535"),
  redirecting(".path", { path: "b" }, 'start with "/"', '"b"'),
  redirecting(".path", { path: `/${long(128)}` }, "1 to 128"),
  redirecting(".path", { path: "/#{uri}" }, "write it out, or with #{protocol}"),
  redirecting(".path", { path: "/#{path" }, "stands for a part"),
  redirecting(".query", { path: "/b", query: "?a=b" }, 'without "?"'),
  redirecting(".query", { path: "/b", query: long(129) }, "at most 128"),
  bad(
    "rules.a.redirect.protocol",
    {
      certificateArn: CERTIFICATE,
      rules: { a: { ...paths, redirect: { statusCode: "HTTP_302", protocol: "HTTP" } } },
    },
    "can't be HTTP",
    "HTTPS",
  ),
  bad(
    "rules.a.redirect",
    {
      certificateArn: CERTIFICATE,
      rules: { a: { ...paths, redirect: { statusCode: "HTTP_302", port: 443 } } },
    },
    "must change",
  ),
  ...[199, 300, 399, 600, "404", 404.5].map((statusCode) =>
    answering(
      "statusCode",
      { statusCode },
      "200 to 299 or from 400 to 599",
      `got ${JSON.stringify(statusCode)}`,
    ),
  ),
  answering("statusCode", { statusCode: undefined }, "is required"),
  answering("contentType", { contentType: "text/xml" }, "text/plain, text/css", '"text/xml"'),
  answering("messageBody", { messageBody: long(1025) }, "at most 1024", "shorten it"),
];
