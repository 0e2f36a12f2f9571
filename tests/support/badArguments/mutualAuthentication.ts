import * as pulumi from "@pulumi/pulumi";
import { TRUST_STORE } from "../account";
import { CERTIFICATE } from "../groups";
import { bad, type BadArguments } from "./bad";

const inMutual = (path: string, mutualAuthentication: unknown, ...says: string[]) =>
  bad(path, { certificateArn: CERTIFICATE, mutualAuthentication }, ...says);
const inVerify = (path: string, settings: object, ...says: string[]) =>
  inMutual(
    `mutualAuthentication.${path}`,
    { mode: "verify", trustStoreArn: TRUST_STORE, ...settings },
    ...says,
  );
const unverified = (key: string, value: unknown) =>
  ["off", "passthrough"].map((mode) =>
    inMutual(
      `mutualAuthentication.${key}`,
      { mode, [key]: value },
      "goes with the mode verify only",
      "leave it out",
    ),
  );

export const MUTUAL_AUTHENTICATION: BadArguments[] = [
  bad(
    "mutualAuthentication",
    { mutualAuthentication: { mode: "passthrough" } },
    "goes with HTTPS",
    "pass a certificateArn",
  ),
  inMutual("mutualAuthentication", "verify", "an object", '"verify"', "{ mode, trustStoreArn"),
  inMutual("mutualAuthentication", pulumi.output({ mode: "off" }), "plain value"),
  inMutual("mutualAuthentication.mode", {}, "is required"),
  inMutual("mutualAuthentication.mode", { mode: "on" }, "off, passthrough, verify", '"on"'),
  inMutual("mutualAuthentication.mode", { mode: pulumi.output("off") }, "plain value", "settings"),
  inMutual("mutualAuthentication.store", { mode: "off", store: "x" }, "not an argument"),
  inMutual("mutualAuthentication.trustStoreArn", { mode: "verify" }, "is required", "name the"),
  inVerify("trustStoreArn", { trustStoreArn: "clients" }, "ARN of a trust store", '"clients"'),
  inVerify(
    "trustStoreArn",
    { trustStoreArn: TRUST_STORE.replace("truststore", "targetgroup") },
    "ARN of a trust store",
    "truststore/<name>/<id>",
  ),
  inVerify(
    "trustStoreArn",
    { trustStoreArn: TRUST_STORE.replace("us-west-2", "us-east-1") },
    "load balancer's region us-west-2",
    'got one in "us-east-1"',
    "make one in us-west-2",
  ),
  inVerify(
    "ignoreClientCertificateExpiry",
    { ignoreClientCertificateExpiry: "true" },
    "true or false",
    "without quotes",
  ),
  inVerify("advertiseTrustStoreCaNames", { advertiseTrustStoreCaNames: true }, "off, on", "true"),
  ...unverified("trustStoreArn", TRUST_STORE),
  ...unverified("ignoreClientCertificateExpiry", true),
  ...unverified("advertiseTrustStoreCaNames", "off"),
];
