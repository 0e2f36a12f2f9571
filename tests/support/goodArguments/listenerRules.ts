import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../groups";
import { COGNITO, OIDC } from "../logins";

const long = (length: number) => "x".repeat(length);
const meeting = (conditions: object) => ({
  rules: { a: { targetGroup: "default", ...conditions } },
});
const doing = (action: object) => ({ rules: { a: { pathPatterns: ["/a"], ...action } } });
const redirecting = (redirect: object) =>
  doing({ redirect: { statusCode: "HTTP_301", ...redirect } });
const answering = (fixedResponse: object) => doing({ fixedResponse });

/** Rules of a listener that are right, most of them at a limit. */
export const LISTENER_RULES: readonly (readonly [string, object])[] = [
  ["no rules", { rules: {} }],
  ["the lowest priority", meeting({ pathPatterns: ["/a"], priority: 1 })],
  ["the highest priority", meeting({ pathPatterns: ["/a"], priority: 50000 })],
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
  [
    "networks",
    meeting({ sourceIps: ["192.0.2.0/24", "198.51.100.1/32", "2001:db8::/32", "::1/128"] }),
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
  ["another protocol", redirecting({ protocol: "HTTPS", port: 443 })],
  ["another host", redirecting({ host: "www.#{host}" })],
  ["the longest parts", redirecting({ host: long(128), path: `/${long(127)}`, query: long(128) })],
  [
    "parts of the request",
    redirecting({ path: "/#{host}/#{path}", query: "#{query}&from=#{port}" }),
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
  ["a default redirect", { defaultAction: { redirect: { statusCode: "HTTP_302", host: "a.b" } } }],
  [
    "a login at an identity provider",
    {
      certificateArn: CERTIFICATE,
      ...doing({
        targetGroup: "default",
        authenticateOidc: {
          ...OIDC,
          authorizationEndpoint: `${OIDC.authorizationEndpoint}?tenant=a`,
          clientSecret: pulumi.secret("hidden"),
          sessionTimeout: 1,
          onUnauthenticatedRequest: "deny",
          authenticationRequestExtraParams: Object.fromEntries(
            Array.from({ length: 10 }, (_, index) => [`k${index}`, "v"]),
          ),
        },
      }),
    },
  ],
  [
    "a login at Cognito",
    {
      certificateArn: CERTIFICATE,
      ...doing({
        targetGroup: "default",
        authenticateCognito: { ...COGNITO, sessionTimeout: 604800 },
      }),
    },
  ],
];
