import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { guide } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const HTTPS = { certificateArn: CERTIFICATE };
const inHeaders = (path: string, code: ProblemCode, responseHeaders: object, ...says: string[]) =>
  bad(`responseHeaders.${path}`, code, { ...HTTPS, responseHeaders }, ...says);
const header = (argument: string, attribute: string, value: unknown, expected = value) =>
  maps(
    `responseHeaders.${argument}`,
    value,
    `web-https routingHttpResponse${attribute}`,
    expected,
    HTTPS,
  );

/** The headers that the listener adds. */
export const RESPONSE_HEADERS: ArgumentTable = {
  good: [
    ["no response header", { responseHeaders: {} }],
    [
      "every response header",
      {
        domain: { name: "www.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
        responseHeaders: {
          strictTransportSecurity: "max-age=63072000; includeSubDomains; preload",
          contentSecurityPolicy: "default-src 'self'; img-src *",
          contentTypeOptions: "nosniff",
          frameOptions: "ALLOW-FROM https://example.com",
          accessControlAllowOrigin: "https://example.com:8443",
          accessControlAllowMethods: ["GET", "PUT"],
          accessControlAllowHeaders: ["*"],
          accessControlExposeHeaders: ["X-Request-Id"],
          accessControlAllowCredentials: true,
          accessControlMaxAge: 86400,
          server: false,
        },
      },
    ],
    ["the longest header", { responseHeaders: { contentSecurityPolicy: "x".repeat(1024) } }],
    ["the shortest time", { responseHeaders: { accessControlMaxAge: 0, frameOptions: "DENY" } }],
  ],
  bad: [
    bad("responseHeaders.strictTransportSecurity", "conflict", {
      responseHeaders: { strictTransportSecurity: "max-age=1" },
    }),
    inHeaders(
      "strictTransportSecurity",
      "format",
      { strictTransportSecurity: "yes" },
      "max-age",
      '"yes"',
    ),
    inHeaders("contentSecurityPolicy", "format", { contentSecurityPolicy: "" }, "1 to 1024"),
    inHeaders(
      "contentSecurityPolicy",
      "format",
      { contentSecurityPolicy: "a\nb" },
      "printable ASCII",
    ),
    inHeaders(
      "contentSecurityPolicy",
      "format",
      { contentSecurityPolicy: "x".repeat(1025) },
      "1 to 1024",
    ),
    inHeaders(
      "contentTypeOptions",
      "format",
      { contentTypeOptions: "sniff" },
      "nosniff",
      '"sniff"',
    ),
    inHeaders("frameOptions", "format", { frameOptions: "deny" }, "DENY", 'write "DENY"'),
    inHeaders("frameOptions", "format", { frameOptions: "ALLOW-FROM example.com" }, "an origin"),
    inHeaders(
      "accessControlAllowOrigin",
      "format",
      { accessControlAllowOrigin: "https://example.com/" },
      "without a path",
    ),
    inHeaders(
      "accessControlAllowMethods[0]",
      "format",
      { accessControlAllowMethods: ["get"] },
      "a method",
      '"get"',
    ),
    inHeaders(
      "accessControlAllowHeaders[0]",
      "format",
      { accessControlAllowHeaders: ["a b"] },
      "a header",
    ),
    inHeaders("hsts", "unknown", { hsts: "x" }),
  ],
  mappings: [
    header("strictTransportSecurity", "StrictTransportSecurityHeaderValue", "max-age=60"),
    header("contentSecurityPolicy", "ContentSecurityPolicyHeaderValue", "default-src *"),
    header("contentTypeOptions", "XContentTypeOptionsHeaderValue", "nosniff"),
    header("frameOptions", "XFrameOptionsHeaderValue", "DENY"),
    header("accessControlAllowOrigin", "AccessControlAllowOriginHeaderValue", "*"),
    header("accessControlAllowMethods", "AccessControlAllowMethodsHeaderValue", ["GET"], "GET"),
    header("accessControlAllowHeaders", "AccessControlAllowHeadersHeaderValue", ["X-A"], "X-A"),
    header("accessControlExposeHeaders", "AccessControlExposeHeadersHeaderValue", ["X-B"], "X-B"),
    header(
      "accessControlAllowCredentials",
      "AccessControlAllowCredentialsHeaderValue",
      true,
      "true",
    ),
    header("accessControlMaxAge", "AccessControlMaxAgeHeaderValue", 60, "60"),
    header("server", "ServerEnabled", false),
  ],
  limits: [
    {
      args: ["responseHeaders.accessControlMaxAge"],
      attributes: ["listener routing.http.response.access_control_max_age.header_value"],
      source: { documented: { min: 0, max: 86_400 }, page: guide("header-modification") },
    },
    {
      attributes: ["listener routing.http.response.x_content_type_options.header_value"],
      source: { documented: { values: ["nosniff"] }, page: guide("header-modification") },
    },
    {
      attributes: ["listener routing.http.response.access_control_allow_credentials.header_value"],
      source: { documented: { values: ["true"] }, page: guide("header-modification") },
    },
    {
      args: [
        "responseHeaders.accessControlAllowMethods",
        "responseHeaders.accessControlAllowHeaders",
        "responseHeaders.accessControlExposeHeaders",
      ],
      source: {
        own: { min: 1, max: Infinity },
        because: "a header that names nothing is left out instead",
      },
    },
  ],
};
