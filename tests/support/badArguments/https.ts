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

export const HTTPS = [...CERTIFICATES, ...LISTENER];
