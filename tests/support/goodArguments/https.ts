import * as pulumi from "@pulumi/pulumi";
import { SSL_POLICIES } from "../../../components/plan/sslPolicies";
import { CERTIFICATE } from "../groups";

const certificateArn = CERTIFICATE;
const certificates = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, `${CERTIFICATE}${n}`]));

const domain = (change: object) => ({
  domain: { name: "www.example.com", zoneId: "Z0123456789ABCDEFGHIJ", ...change },
});
const names = (count: number) => Array.from({ length: count }, (_, n) => `n${n}.example.com`);

export const HTTPS: readonly (readonly [string, object])[] = [
  ["HTTPS only", { certificateArn, httpsOnly: true }],
  ["HTTPS and a redirect", { certificateArn, httpsOnly: false }],
  ["no HTTPS, in so many words", { httpsOnly: false }],
  ["additional certificates", { certificateArn, additionalCertificateArns: certificates(25) }],
  // AWS raises that quota, so more of them are no fault.
  ["many certificates", { certificateArn, additionalCertificateArns: certificates(26) }],
  ["no additional certificate", { certificateArn, additionalCertificateArns: {} }],
  [
    "additional certificates that are outputs",
    { certificateArn, additionalCertificateArns: { a: pulumi.output(`${CERTIFICATE}2`) } },
  ],
  ["a domain", domain({})],
  ["a domain of the longest name", domain({ name: `${"a".repeat(60)}.com` })],
  ["a domain whose zone is an output", domain({ zoneId: pulumi.output("Z1") })],
  ["a wildcard", domain({ alternativeNames: ["*.example.com", "example.com"] })],
  ["the longest alternative name", domain({ alternativeNames: [`${"a.".repeat(125)}abc`] })],
  ["99 alternative names", domain({ alternativeNames: names(99) })],
  ["no alternative name", domain({ alternativeNames: [] })],
  ["HTTPS only by a domain", { ...domain({}), httpsOnly: true }],
  [
    "a domain and another certificate",
    { ...domain({}), additionalCertificateArns: { a: CERTIFICATE } },
  ],
  ["no response header", { responseHeaders: {} }],
  [
    "every response header",
    {
      ...domain({}),
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
  ...SSL_POLICIES.map((sslPolicy) => [sslPolicy, { certificateArn, sslPolicy }] as const),
];
