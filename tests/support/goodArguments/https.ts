import * as pulumi from "@pulumi/pulumi";
import { SSL_POLICIES } from "../../../components/sslPolicies";
import { CERTIFICATE } from "../groups";

const certificateArn = CERTIFICATE;
const certificates = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, `${CERTIFICATE}${n}`]));

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
  ...SSL_POLICIES.map((sslPolicy) => [sslPolicy, { certificateArn, sslPolicy }] as const),
];
