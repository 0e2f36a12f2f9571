import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { TRUST_STORE } from "../support/account";
import { CERTIFICATE } from "../support/exampleArgs";
import { AUTHENTICATION } from "./authentication";
import { FURTHER_TARGET_GROUPS } from "./furtherTargetGroups";
import { OTHER_PROTOCOLS } from "./limits";
import { LISTENER_RULES } from "./listenerRules";
import { LISTENERS } from "./listeners";
import { MUTUAL_AUTHENTICATION } from "./mutualAuthentication";
import { REQUEST_HEADER_NAMES } from "./requestHeaderNames";
import { RESPONSE_HEADERS } from "./responseHeaders";
import { bad, maps, type ArgumentTable, type Mapping } from "./table";

const certificateArn = CERTIFICATE;
const OTHER = CERTIFICATE.replace("one", "two");

const http = (settings: object = {}) => ({ port: 8080, protocol: "HTTP", ...settings });
const https = (settings: object = {}) => ({ port: 8443, protocol: "HTTPS", ...settings });
const verifying = { mode: "verify", trustStoreArn: TRUST_STORE };

const inListener = (path: string, code: ProblemCode, settings: object, ...says: string[]) =>
  bad(`listeners.a${path}`, code, { listeners: { a: http(settings) } }, ...says);
const inHttps = (path: string, code: ProblemCode, settings: object, ...says: string[]) =>
  bad(`listeners.a${path}`, code, { certificateArn, listeners: { a: https(settings) } }, ...says);

/** The arguments of the group that a listener has too. */
const SETTINGS = [
  "certificateArn",
  "additionalCertificateArns",
  "sslPolicy",
  "mutualAuthentication",
  "requestHeaderNames",
  "responseHeaders",
  "authenticateOidc",
  "authenticateCognito",
  "jwtValidation",
  "forward",
  "defaultAction",
  "rules",
];
const isSetting = (path: string) => SETTINGS.includes(path.split(".")[0]);

/** A further listener takes what the group's own one takes. */
const ofFurtherListeners = [
  LISTENERS,
  MUTUAL_AUTHENTICATION,
  REQUEST_HEADER_NAMES,
  RESPONSE_HEADERS,
  LISTENER_RULES,
  AUTHENTICATION,
  FURTHER_TARGET_GROUPS,
]
  .flatMap(({ mappings }) => mappings)
  .filter(({ path }) => isSetting(path))
  .map(({ beside, ...mapping }): Mapping => {
    const of = (own: boolean) =>
      Object.fromEntries(Object.entries(beside).filter(([key]) => isSetting(key) === own));
    return {
      ...mapping,
      path: `listeners.key.${mapping.path}`,
      child: mapping.child.replace(/^web-(https?$)?/, (_, isListener) =>
        isListener === undefined ? "web-listener-8443-" : "web-listener-8443",
      ),
      beside: { certificateArn, ...of(false), listeners: { key: https(of(true)) } },
    };
  });

/** Listeners beside those of the group. */
export const FURTHER_LISTENERS: ArgumentTable = {
  good: [
    ["no further listeners", { listeners: {} }],
    ["a further listener for HTTP", { listeners: { a: http() } }],
    ["HTTP that serves beside HTTPS", { certificateArn, listeners: { http: http({ port: 80 }) } }],
    [
      "HTTP that serves beside HTTPS on another port",
      { certificateArn, port: 8080, listeners: { http: http() } },
    ],
    ["HTTPS with the certificate of the group", { certificateArn, listeners: { a: https() } }],
    [
      "HTTPS with the certificate of the domain",
      {
        domain: { name: "www.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
        listeners: { a: https() },
      },
    ],
    [
      "HTTPS beside HTTP",
      { listeners: { https: https({ port: 443, certificateArn: pulumi.output(OTHER) }) } },
    ],
    [
      "the same priority on two listeners",
      {
        rules: { a: { priority: 1, pathPatterns: ["/a"], targetGroup: "default" } },
        listeners: {
          a: http({
            rules: { a: { priority: 1, pathPatterns: ["/a"], targetGroup: "default" } },
          }),
        },
      },
    ],
    [
      "a target group that only a further listener uses",
      {
        targetGroups: { green: {} },
        listeners: { a: http({ forward: { weights: { green: 1 } } }) },
      },
    ],
    [
      "gRPC behind the listener for HTTPS",
      {
        targetGroups: { green: { protocolVersion: "GRPC" } },
        listeners: { a: https({ certificateArn, forward: { weights: { green: 1 } } }) },
      },
    ],
    [
      "two listeners that verify clients",
      {
        certificateArn,
        mutualAuthentication: verifying,
        listeners: { a: https({ mutualAuthentication: verifying }) },
      },
    ],
    ["HTTPS on a port of choice", { certificateArn, httpsPort: 8443 }],
    ["HTTPS alone on port 80", { certificateArn, httpsPort: 80, httpsOnly: true }],
    ["a temporary redirect", { certificateArn, redirectStatusCode: "HTTP_302" }],
  ],
  bad: [
    bad("listeners", "type", { listeners: [http()] }, "{ key: value }"),
    bad("listeners", "output", { listeners: pulumi.output({}) }, "keys are part of"),
    bad('listeners[" "]', "format", { listeners: { " ": http() } }, "an empty key"),
    inListener(".port", "required", { port: undefined }, "give it a value"),
    inListener(".protocol", "required", { protocol: undefined }, "HTTP", "HTTPS"),
    inListener(".protocol", "choice", { protocol: "TCP" }, '"TCP"'),
    inListener(".port", "repeated", { port: 80 }, "the HTTP listener of the group", "another port"),
    inHttps(".port", "repeated", { port: 443 }, "the HTTPS listener of the group"),
    bad(
      "listeners.b.port",
      "repeated",
      { listeners: { a: http(), b: http() } },
      "8080",
      "listeners.a",
    ),
    bad(
      "listeners.https",
      "conflict",
      { certificateArn, listeners: { https: https() } },
      "the HTTPS listener of the group",
      "another key",
    ),
    bad(
      "listeners.http",
      "conflict",
      { certificateArn, listeners: { http: http() } },
      "the HTTP listener of the group",
    ),
    inListener(".sslPolicy", "conflict", { sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    inListener(".certificateArn", "conflict", { certificateArn }, "set protocol to HTTPS"),
    inListener(".additionalCertificateArns", "conflict", {
      additionalCertificateArns: { a: OTHER },
    }),
    inListener(".mutualAuthentication", "conflict", { mutualAuthentication: { mode: "off" } }),
    inListener(
      ".responseHeaders.strictTransportSecurity",
      "conflict",
      { responseHeaders: { strictTransportSecurity: "max-age=60" } },
      "set protocol to HTTPS",
    ),
    inListener(
      ".certificateArn",
      "required",
      https(),
      "the group has no certificate",
      "domain of the group",
    ),
    inHttps(
      ".additionalCertificateArns.b",
      "repeated",
      { additionalCertificateArns: { b: CERTIFICATE } },
      "the same certificate as certificateArn",
    ),
    bad(
      "listeners.b.mutualAuthentication.mode",
      "too-many",
      {
        certificateArn,
        mutualAuthentication: verifying,
        listeners: {
          a: https({ mutualAuthentication: verifying }),
          b: https({ port: 8444, mutualAuthentication: verifying }),
        },
      },
      "at most 2 listeners",
    ),
    inListener(
      ".defaultAction",
      "conflict",
      {
        forward: { weights: { default: 1 } },
        defaultAction: { fixedResponse: { statusCode: 404 } },
      },
      "remove one",
    ),
    inListener(
      ".rules.b",
      "repeated",
      {
        rules: {
          a: { pathPatterns: ["/a"], targetGroup: "default", priority: 1 },
          b: { pathPatterns: ["/a"], targetGroup: "default" },
        },
      },
      "listeners.a.rules.a",
    ),
    inListener(
      ".rules.b.priority",
      "conflict",
      {
        rules: {
          a: { pathPatterns: ["/a"], targetGroup: "default", priority: 1 },
          b: { pathPatterns: ["/b"], targetGroup: "default", priority: 1 },
        },
      },
      "listeners.a.rules.a.priority has too",
    ),
    inListener(
      ".rules.a.authenticateOidc",
      "conflict",
      {
        rules: {
          a: {
            pathPatterns: ["/a"],
            targetGroup: "default",
            authenticateOidc: {
              issuer: "https://id.example.com",
              authorizationEndpoint: "https://id.example.com/authorize",
              tokenEndpoint: "https://id.example.com/token",
              userInfoEndpoint: "https://id.example.com/user",
              clientId: "web",
              clientSecret: "secret",
            },
          },
        },
      },
      "set protocol to HTTPS",
    ),
    bad(
      "targetGroups.green.protocolVersion",
      "conflict",
      {
        certificateArn,
        targetGroups: { green: { protocolVersion: "GRPC" } },
        listeners: { a: http({ forward: { weights: { green: 1 } } }) },
      },
      "the HTTP listener listeners.a",
      ".protocol to HTTPS",
    ),
    bad(
      "listeners.a.forward.stickinessDuration",
      "required",
      {
        targetGroups: { green: { stickiness: {} } },
        listeners: { a: http({ forward: { weights: { green: 1, default: 1 } } }) },
      },
      "targetGroups.green has stickiness",
    ),
    inListener(
      ".rules.a.redirect",
      "conflict",
      {
        rules: { a: { pathPatterns: ["/a"], redirect: { statusCode: "HTTP_301", port: 8080 } } },
      },
      "redirected forever",
    ),
    inListener(".certificates", "unknown", { certificates: [] }, "certificateArn"),
    bad("httpsPort", "conflict", { httpsPort: 8443 }, "set certificateArn"),
    bad("httpsPort", "range", { certificateArn, httpsPort: 0 }, "1 to 65535"),
    bad("httpsPort", "conflict", { certificateArn, httpsPort: 80 }, "can't be 80", "another port"),
    bad("port", "conflict", { certificateArn, httpsPort: 8443, port: 8443 }, "can't be 8443"),
    bad("redirectStatusCode", "conflict", { redirectStatusCode: "HTTP_302" }, "needs HTTPS"),
    bad(
      "redirectStatusCode",
      "conflict",
      { certificateArn, httpsOnly: true, redirectStatusCode: "HTTP_302" },
      "no HTTP listener",
    ),
    bad(
      "redirectStatusCode",
      "conflict",
      { certificateArn, redirectStatusCode: "HTTP_302", listeners: { plain: http({ port: 80 }) } },
      "listeners.plain takes the place",
    ),
    bad("redirectStatusCode", "choice", { certificateArn, redirectStatusCode: 302 }, "HTTP_302"),
  ],
  mappings: [
    maps("httpsPort", 8443, "web-listener-8443 port", 8443, { certificateArn }),
    maps(
      "redirectStatusCode",
      "HTTP_302",
      "web-http defaultActions[0].redirect.statusCode",
      "HTTP_302",
      { certificateArn },
    ),
    maps("listeners.key.port", 8080, "web-listener-8080 port", 8080, {
      listeners: { key: http() },
    }),
    maps("listeners.key.protocol", "HTTPS", "web-listener-8443 protocol", "HTTPS", {
      certificateArn,
      listeners: { key: https() },
    }),
    ...ofFurtherListeners,
  ],
  limits: [
    {
      args: ["httpsPort", "listeners.a.port"],
      source: { model: "CreateListenerInput.Port" },
    },
    {
      args: ["listeners.a.protocol"],
      source: { model: "CreateListenerInput.Protocol", except: OTHER_PROTOCOLS },
    },
    {
      args: ["redirectStatusCode"],
      source: { model: "RedirectActionConfig.StatusCode" },
    },
  ],
};
