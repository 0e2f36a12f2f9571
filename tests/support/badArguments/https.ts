import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../groups";
import { bad, type BadArguments } from "./bad";

const OTHER = CERTIFICATE.replace("one", "two");
const elsewhere = CERTIFICATE.replace("us-west-2", "us-east-1");
const withCertificate = (path: string, args: object, ...says: string[]) =>
  bad(path, { certificateArn: CERTIFICATE, ...args }, ...says);

const CERTIFICATES: BadArguments[] = [
  bad("certificateArn", { certificateArn: "one" }, "ARN of a certificate", '"one"', "copy it"),
  bad("certificateArn", { certificateArn: "" }, "ARN of a certificate", 'got ""'),
  bad(
    "certificateArn",
    { certificateArn: elsewhere },
    "us-west-2",
    `got one in "us-east-1"`,
    "request or import it",
  ),
  bad(
    "additionalCertificateArns",
    { additionalCertificateArns: { a: OTHER } },
    "goes with HTTPS",
    "pass a certificateArn",
  ),
  withCertificate(
    "additionalCertificateArns",
    { additionalCertificateArns: [OTHER] },
    "an object of certificates",
    "{ key: value }",
  ),
  withCertificate(
    "additionalCertificateArns",
    { additionalCertificateArns: pulumi.output({ a: OTHER }) },
    "plain value",
    "only the ARNs",
  ),
  withCertificate(
    "additionalCertificateArns.a",
    { additionalCertificateArns: { a: "two" } },
    "ARN of a certificate",
    '"two"',
  ),
  withCertificate(
    "additionalCertificateArns.a",
    { additionalCertificateArns: { a: elsewhere } },
    "region us-west-2",
    "request or import it",
  ),
  withCertificate(
    'additionalCertificateArns[" "]',
    { additionalCertificateArns: { " ": OTHER } },
    "key that is not empty",
  ),
  withCertificate(
    "additionalCertificateArns.a",
    { additionalCertificateArns: { a: CERTIFICATE } },
    "the same certificate as certificateArn",
    "leave one",
  ),
  withCertificate(
    "additionalCertificateArns.b",
    { additionalCertificateArns: { a: OTHER, b: OTHER } },
    "the same certificate as additionalCertificateArns.a",
  ),
];

const LISTENER: BadArguments[] = [
  bad("httpsOnly", { httpsOnly: true }, "goes with HTTPS", "pass a certificateArn"),
  withCertificate("httpsOnly", { httpsOnly: "yes" }, "true or false", '"yes"'),
  withCertificate(
    "httpsOnly",
    { httpsOnly: pulumi.output(true) },
    "plain value",
    "which listeners",
  ),
  withCertificate("port", { httpsOnly: true, port: 8080 }, "httpsOnly omits", "leave one"),
  bad("port", { port: 443, certificateArn: CERTIFICATE }, "can't be 443", "redirect from 80"),
  bad("sslPolicy", { sslPolicy: "ELBSecurityPolicy-2016-08" }, "goes with HTTPS"),
  withCertificate(
    "sslPolicy",
    { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-6" },
    '"ELBSecurityPolicy-TLS13-1-2-2021-6"',
    "did you mean ELBSecurityPolicy-TLS13-1-2-2021-06?",
  ),
  withCertificate("sslPolicy", { sslPolicy: "tls13-1-3-2021-06" }, "TLS13-1-3-2021-06?"),
  withCertificate("sslPolicy", { sslPolicy: 13 }, "name of a security policy", "got 13", "write"),
];

const ZONE = "Z0123456789ABCDEFGHIJ";
const inDomain = (path: string, domain: object, ...says: string[]) =>
  bad(path, { domain: { name: "www.example.com", zoneId: ZONE, ...domain } }, ...says);
const longest = `${"a".repeat(60)}.com`;

const DOMAINS: BadArguments[] = [
  bad("domain", { domain: "www.example.com" }, "an object", "{ name, zoneId, alternativeNames }"),
  bad("domain.zoneId", { domain: { name: "www.example.com" } }, "is required"),
  inDomain("domain.zoneId", { zoneId: "/hostedzone/Z1" }, "hosted zone", "without"),
  inDomain("domain.name", { name: "WWW.example.com" }, "in lower case", "WWW"),
  inDomain("domain.name", { name: "example" }, "domain name", '"example"'),
  inDomain("domain.name", { name: "*.example.com" }, "put wildcards"),
  inDomain("domain.name", { name: `a${longest}` }, "at most 64", "alternativeNames"),
  inDomain("domain.name", { name: pulumi.output("www.example.com") }, "plain value"),
  inDomain(
    "domain.alternativeNames[0]",
    { alternativeNames: ["https://a.example.com"] },
    "protocol",
  ),
  inDomain("domain.alternativeNames[0]", { alternativeNames: ["a.*.example.com"] }, '"*."'),
  inDomain(
    "domain.alternativeNames[0]",
    { alternativeNames: [`${"a.".repeat(125)}abcd`] },
    "domain name",
  ),
  inDomain("domain.alternativeNames[1]", { alternativeNames: ["a.com", "a.com"] }, "not repeat"),
  inDomain(
    "domain.alternativeNames[1]",
    { alternativeNames: ["a.com", "www.example.com"] },
    "already",
  ),
  inDomain(
    "domain.alternativeNames[99]",
    { alternativeNames: Array.from({ length: 100 }, (_, n) => `n${n}.example.com`) },
    "at most 99",
  ),
  bad(
    "certificateArn",
    { certificateArn: CERTIFICATE, domain: { name: "www.example.com", zoneId: ZONE } },
    "does not go with domain",
    "additionalCertificateArns",
  ),
  bad("port", { port: 443, domain: { name: "www.example.com", zoneId: ZONE } }, "can't be 443"),
];

const inHeaders = (path: string, headers: object, ...says: string[]) =>
  withCertificate(`responseHeaders.${path}`, { responseHeaders: headers }, ...says);

const HEADERS: BadArguments[] = [
  bad(
    "responseHeaders.strictTransportSecurity",
    { responseHeaders: { strictTransportSecurity: "max-age=1" } },
    "goes with HTTPS",
  ),
  inHeaders("strictTransportSecurity", { strictTransportSecurity: "yes" }, "max-age", '"yes"'),
  inHeaders("contentSecurityPolicy", { contentSecurityPolicy: "" }, "1 to 1024"),
  inHeaders("contentSecurityPolicy", { contentSecurityPolicy: "a\nb" }, "visible"),
  inHeaders("contentSecurityPolicy", { contentSecurityPolicy: "x".repeat(1025) }, "1 to 1024"),
  inHeaders("contentTypeOptions", { contentTypeOptions: "sniff" }, "nosniff", '"sniff"'),
  inHeaders("frameOptions", { frameOptions: "deny" }, "DENY", "spelled as here"),
  inHeaders("frameOptions", { frameOptions: "ALLOW-FROM example.com" }, "an origin"),
  inHeaders(
    "accessControlAllowOrigin",
    { accessControlAllowOrigin: "https://example.com/" },
    "without a path",
  ),
  inHeaders(
    "accessControlAllowMethods[0]",
    { accessControlAllowMethods: ["get"] },
    "a method",
    '"get"',
  ),
  inHeaders("accessControlAllowMethods", { accessControlAllowMethods: [] }, "at least 1"),
  inHeaders("accessControlAllowHeaders[0]", { accessControlAllowHeaders: ["a b"] }, "a header"),
  inHeaders("accessControlExposeHeaders", { accessControlExposeHeaders: "X-A" }, "a list"),
  inHeaders(
    "accessControlAllowCredentials",
    { accessControlAllowCredentials: "true" },
    "write true without quotes",
  ),
  inHeaders("accessControlMaxAge", { accessControlMaxAge: 86401 }, "0 to 86400", "got 86401"),
  inHeaders("accessControlMaxAge", { accessControlMaxAge: -1 }, "0 to 86400"),
  inHeaders("server", { server: "no" }, "true or false"),
  inHeaders("hsts", { hsts: "x" }, "not an argument"),
];

export const HTTPS = [...CERTIFICATES, ...LISTENER, ...DOMAINS, ...HEADERS];
