import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { OTHER_PROTOCOLS } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const certificateArn = CERTIFICATE;
const OTHER = CERTIFICATE.replace("one", "two");
const elsewhere = CERTIFICATE.replace("us-west-2", "us-east-1");
const certificates = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, `${CERTIFICATE}${n}`]));
const withCertificate = (path: string, code: ProblemCode, args: object, ...says: string[]) =>
  bad(path, code, { certificateArn, ...args }, ...says);
const POLICY = "ELBSecurityPolicy-TLS13-1-3-2021-06";

/** The ports that clients are served on, and the certificates. */
export const LISTENERS: ArgumentTable = {
  good: [
    ["443 without a certificate", { port: 443 }],
    ["a certificate in ACM", { certificateArn }],
    [
      "a certificate in IAM",
      { certificateArn: "arn:aws:iam::123456789012:server-certificate/a/b" },
    ],
    [
      "a certificate in China",
      {
        availabilityZones: ["cn-north-1a", "cn-north-1b"],
        certificateArn: "arn:aws-cn:acm:cn-north-1:123456789012:certificate/one",
      },
    ],
    [
      "a certificate beside subnets",
      { availabilityZones: undefined, subnetIds: ["subnet-1", "subnet-2"], certificateArn },
    ],
    ["HTTPS only", { certificateArn, httpsOnly: true }],
    ["HTTPS and a redirect", { certificateArn, httpsOnly: false }],
    ["no HTTPS, in so many words", { httpsOnly: false }],
    [
      "a TLS policy of the future",
      { certificateArn, sslPolicy: "ELBSecurityPolicy-TLS14-2030-01" },
    ],
    ["a TLS policy", { certificateArn, sslPolicy: POLICY }],
    ["additional certificates", { certificateArn, additionalCertificateArns: certificates(25) }],
    // AWS raises that quota, so more of them are no fault.
    ["many certificates", { certificateArn, additionalCertificateArns: certificates(26) }],
    ["no additional certificate", { certificateArn, additionalCertificateArns: {} }],
    [
      "additional certificates that are outputs",
      { certificateArn, additionalCertificateArns: { a: pulumi.output(`${CERTIFICATE}2`) } },
    ],
  ],
  bad: [
    bad("port", "range", { port: 0 }, "1 to 65535", "got 0", "use a number in this range"),
    bad("port", "type", { port: "80" }, '"80"', "write 80 without quotes"),
    bad(
      "certificateArn",
      "format",
      { certificateArn: "one" },
      "ARN of a certificate",
      '"one"',
      "copy the ARN",
    ),
    bad("certificateArn", "format", { certificateArn: "" }, "ARN of a certificate", 'got ""'),
    bad(
      "certificateArn",
      "region",
      { certificateArn: elsewhere },
      "us-west-2",
      `got "arn:aws:acm:us-east-1:`,
      "request or import it",
    ),
    bad(
      "additionalCertificateArns",
      "conflict",
      { additionalCertificateArns: { a: OTHER } },
      "set certificateArn",
    ),
    withCertificate(
      "additionalCertificateArns",
      "type",
      { additionalCertificateArns: [OTHER] },
      "{ key: value }",
    ),
    withCertificate(
      "additionalCertificateArns",
      "output",
      { additionalCertificateArns: pulumi.output({ a: OTHER }) },
      "the ARNs may be outputs",
    ),
    withCertificate(
      "additionalCertificateArns.a",
      "format",
      { additionalCertificateArns: { a: "two" } },
      "ARN of a certificate",
      '"two"',
    ),
    withCertificate(
      "additionalCertificateArns.a",
      "region",
      { additionalCertificateArns: { a: elsewhere } },
      "region us-west-2",
      "request or import it",
    ),
    withCertificate(
      'additionalCertificateArns[" "]',
      "format",
      { additionalCertificateArns: { " ": OTHER } },
      "an empty key",
    ),
    withCertificate(
      "additionalCertificateArns.a",
      "repeated",
      { additionalCertificateArns: { a: CERTIFICATE } },
      "the same certificate as certificateArn",
      "remove one",
    ),
    withCertificate(
      "additionalCertificateArns.b",
      "repeated",
      { additionalCertificateArns: { a: OTHER, b: OTHER } },
      "the same certificate as additionalCertificateArns.a",
    ),
    bad("httpsOnly", "conflict", { httpsOnly: true }, "set certificateArn"),
    withCertificate("httpsOnly", "output", { httpsOnly: pulumi.output(true) }, "which listeners"),
    withCertificate(
      "port",
      "conflict",
      { httpsOnly: true, port: 8080 },
      "there is no HTTP listener then",
      "remove one",
    ),
    bad(
      "port",
      "conflict",
      { port: 443, certificateArn: CERTIFICATE },
      "can't be 443",
      "redirect from port 80",
    ),
    bad("sslPolicy", "conflict", { sslPolicy: "ELBSecurityPolicy-2016-08" }),
    withCertificate(
      "sslPolicy",
      "choice",
      { sslPolicy: "ELBSecurityPolicy TLS13-1-2-2021-06" },
      '"ELBSecurityPolicy TLS13-1-2-2021-06"',
      "did you mean ELBSecurityPolicy-TLS13-1-2-2021-06?",
    ),
    withCertificate(
      "sslPolicy",
      "choice",
      { sslPolicy: "tls13-1-3-2021-06" },
      "TLS13-1-3-2021-06?",
    ),
    withCertificate(
      "sslPolicy",
      "type",
      { sslPolicy: 13 },
      "name of a security policy",
      "got 13",
      "write",
    ),
  ],
  mappings: [
    maps("port", 8080, "web-listener-8080 port"),
    maps("certificateArn", CERTIFICATE, "web-https certificateArn"),
    maps(
      "additionalCertificateArns.key",
      OTHER,
      "web-listener-certificate-two certificateArn",
      OTHER,
      {
        certificateArn,
      },
    ),
    maps("sslPolicy", POLICY, "web-https sslPolicy", POLICY, { certificateArn }),
  ],
  limits: [
    { args: ["port"], emulator: ["listener.port"], source: { model: "CreateListenerInput.Port" } },
    {
      emulator: ["listener.protocol"],
      source: { model: "CreateListenerInput.Protocol", except: OTHER_PROTOCOLS },
    },
  ],
  notSent: ["httpsOnly"],
};
