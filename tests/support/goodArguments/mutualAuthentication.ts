import * as pulumi from "@pulumi/pulumi";
import { TRUST_STORE } from "../account";
import { CERTIFICATE } from "../groups";

const mutual = (mutualAuthentication: object) => ({
  certificateArn: CERTIFICATE,
  mutualAuthentication,
});
const verify = (settings: object) =>
  mutual({ mode: "verify", trustStoreArn: TRUST_STORE, ...settings });

export const MUTUAL_AUTHENTICATION: readonly (readonly [string, object])[] = [
  ["no client certificates", mutual({ mode: "off" })],
  ["client certificates for the targets", mutual({ mode: "passthrough" })],
  [
    "no expired client certificates, in so many words",
    mutual({ mode: "passthrough", ignoreClientCertificateExpiry: false }),
  ],
  ["client certificates of a trust store", verify({})],
  [
    "expired client certificates and names of authorities",
    verify({ ignoreClientCertificateExpiry: true, advertiseTrustStoreCaNames: "on" }),
  ],
  [
    "what is known of client certificates only later",
    verify({
      trustStoreArn: pulumi.output(TRUST_STORE),
      ignoreClientCertificateExpiry: pulumi.output(false),
      advertiseTrustStoreCaNames: pulumi.output("off"),
    }),
  ],
  [
    "client certificates under a domain",
    {
      domain: { name: "www.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
      mutualAuthentication: { mode: "passthrough" },
    },
  ],
];
