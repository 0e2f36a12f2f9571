import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { TRUST_STORE } from "../support/account";
import { CERTIFICATE } from "../support/exampleArgs";
import { api } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const mutual = (mutualAuthentication: unknown) => ({
  certificateArn: CERTIFICATE,
  mutualAuthentication,
});
const verify = (settings: object) =>
  mutual({ mode: "verify", trustStoreArn: TRUST_STORE, ...settings });
const inMutual = (path: string, code: ProblemCode, settings: unknown, ...says: string[]) =>
  bad(path, code, mutual(settings), ...says);
const inVerify = (path: string, code: ProblemCode, settings: object, ...says: string[]) =>
  bad(`mutualAuthentication.${path}`, code, verify(settings), ...says);
const unverified = (key: string, code: ProblemCode, value: unknown, ...says: string[]) =>
  ["off", "passthrough"].map((mode) =>
    inMutual(`mutualAuthentication.${key}`, code, { mode, [key]: value }, ...says),
  );
const mapsHere = (argument: string, value: unknown) =>
  maps(
    `mutualAuthentication.${argument}`,
    value,
    `web-https mutualAuthentication.${argument}`,
    value,
    verify({}),
  );

/** What certificates clients show. */
export const MUTUAL_AUTHENTICATION: ArgumentTable = {
  good: [
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
  ],
  bad: [
    bad(
      "mutualAuthentication",
      "conflict",
      { mutualAuthentication: { mode: "passthrough" } },
      "set certificateArn",
    ),
    inMutual("mutualAuthentication", "type", "verify", '"verify"', "mode, trustStoreArn"),
    inMutual("mutualAuthentication.mode", "output", { mode: pulumi.output("off") }, "settings"),
    inMutual("mutualAuthentication.store", "unknown", { mode: "off", store: "x" }),
    inMutual("mutualAuthentication.trustStoreArn", "required", { mode: "verify" }, "set the ARN"),
    inVerify(
      "trustStoreArn",
      "format",
      { trustStoreArn: "clients" },
      "ARN of a trust store",
      '"clients"',
    ),
    inVerify(
      "trustStoreArn",
      "format",
      { trustStoreArn: TRUST_STORE.replace("truststore", "targetgroup") },
      "ARN of a trust store",
      "truststore/<name>/<id>",
    ),
    inVerify(
      "trustStoreArn",
      "region",
      { trustStoreArn: TRUST_STORE.replace("us-west-2", "us-east-1") },
      "load balancer's region us-west-2",
      'got "arn:aws:elasticloadbalancing:us-east-1:',
      "create one in us-west-2",
    ),
    inVerify(
      "advertiseTrustStoreCaNames",
      "choice",
      { advertiseTrustStoreCaNames: true },
      "off, on",
      "true",
    ),
    ...unverified("trustStoreArn", "conflict", TRUST_STORE, "remove it"),
    ...unverified("ignoreClientCertificateExpiry", "conflict", true, "remove it"),
    ...unverified("advertiseTrustStoreCaNames", "conflict", "on", "remove it"),
  ],
  mappings: [
    mapsHere("mode", "verify"),
    mapsHere("trustStoreArn", TRUST_STORE),
    mapsHere("ignoreClientCertificateExpiry", true),
    mapsHere("advertiseTrustStoreCaNames", "on"),
  ],
  limits: [
    {
      args: ["mutualAuthentication.mode"],
      emulator: ["listener.mutualAuthentication.mode"],
      source: {
        documented: { values: ["off", "passthrough", "verify"] },
        page: api("MutualAuthenticationAttributes"),
      },
    },
    {
      args: ["mutualAuthentication.advertiseTrustStoreCaNames"],
      emulator: ["listener.mutualAuthentication.advertiseTrustStoreCaNames"],
      source: { model: "MutualAuthenticationAttributes.AdvertiseTrustStoreCaNames" },
    },
  ],
};
