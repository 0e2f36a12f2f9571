import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { TRUST_STORE } from "../support/account";
import { CERTIFICATE } from "../support/exampleArgs";
import { bad, maps, type ArgumentTable } from "./table";

const HTTPS = { certificateArn: CERTIFICATE, tlsVersionAndCipherSuiteHeaders: true };
const PASSTHROUGH = { ...HTTPS, mutualAuthentication: { mode: "passthrough" } };
const VERIFY = { ...HTTPS, mutualAuthentication: { mode: "verify", trustStoreArn: TRUST_STORE } };

const named = (requestHeaderNames: object, beside: object = VERIFY) => ({
  ...beside,
  requestHeaderNames,
});
const inNames = (key: string, code: ProblemCode, args: object, ...says: string[]) =>
  bad(`requestHeaderNames.${key}`, code, args, ...says);
const header = (argument: string, attribute: string, beside: object) =>
  maps(
    `requestHeaderNames.${argument}`,
    "X-Other",
    `web-https routingHttpRequestXAmzn${attribute}HeaderName`,
    "X-Other",
    beside,
  );

/** Other names for the headers of clients' certificates and of TLS. */
export const REQUEST_HEADER_NAMES: ArgumentTable = {
  good: [
    ["no names", named({}, { certificateArn: CERTIFICATE })],
    [
      "names of all headers of a verified client",
      named({
        clientCertificateLeaf: "x".repeat(1024),
        clientCertificateIssuer: "X-Issuer",
        clientCertificateSubject: "!#$%&'*+.^_`|~-",
        clientCertificateSerialNumber: pulumi.output("X-Serial"),
        clientCertificateValidity: "X_Validity",
        tlsVersion: "X-Amzn-Tls-Version",
        tlsCipherSuite: "X-Cipher",
      }),
    ],
    [
      "two names of AWS that are exchanged",
      named({
        clientCertificateSubject: "X-Amzn-Mtls-Clientcert-Issuer",
        clientCertificateIssuer: "X-Amzn-Mtls-Clientcert-Subject",
      }),
    ],
    ["the name of a chain", named({ clientCertificate: "X-Chain" }, PASSTHROUGH)],
    [
      "headers of TLS that are asked for later",
      named(
        { tlsVersion: "X-Tls" },
        { ...HTTPS, tlsVersionAndCipherSuiteHeaders: pulumi.output(true) },
      ),
    ],
  ],
  bad: [
    bad("requestHeaderNames", "conflict", { requestHeaderNames: {} }, "needs HTTPS"),
    bad(
      "tlsVersionAndCipherSuiteHeaders",
      "type",
      named({ tlsVersion: "X-Tls" }, { ...HTTPS, tlsVersionAndCipherSuiteHeaders: "yes" }),
    ),
    inNames("subject", "unknown", named({ subject: "X-Subject" })),
    inNames("tlsVersion", "format", named({ tlsVersion: "" }), "1 to 1024"),
    inNames("tlsVersion", "format", named({ tlsVersion: "x".repeat(1025) }), "1 to 1024"),
    inNames("tlsVersion", "format", named({ tlsVersion: "X Tls" }), "like", '"X Tls"'),
    inNames(
      "tlsCipherSuite",
      "repeated",
      named({ tlsVersion: "X-Tls", tlsCipherSuite: "x-tls" }),
      "the same name as requestHeaderNames.tlsVersion",
    ),
    inNames(
      "clientCertificateSubject",
      "repeated",
      named({ clientCertificateSubject: "x-amzn-mtls-clientcert-issuer" }),
      "AWS's name of the header in requestHeaderNames.clientCertificateIssuer",
      "rename that header too",
    ),
    inNames(
      "tlsVersion",
      "unused",
      named({ tlsVersion: "X-Tls" }, { certificateArn: CERTIFICATE }),
      "set tlsVersionAndCipherSuiteHeaders of the group",
    ),
    inNames(
      "clientCertificate",
      "unused",
      named({ clientCertificate: "X-Chain" }),
      "the mode passthrough",
    ),
    ...["Leaf", "Issuer", "Subject", "SerialNumber", "Validity"].map((part) =>
      inNames(
        `clientCertificate${part}`,
        "unused",
        named({ [`clientCertificate${part}`]: "X-A" }, PASSTHROUGH),
        "the mode verify",
      ),
    ),
    bad(
      "listeners.a.requestHeaderNames.tlsCipherSuite",
      "unused",
      {
        certificateArn: CERTIFICATE,
        listeners: {
          a: { port: 8443, protocol: "HTTPS", requestHeaderNames: { tlsCipherSuite: "X-A" } },
        },
      },
      "tlsVersionAndCipherSuiteHeaders",
    ),
    bad(
      "listeners.a.requestHeaderNames.clientCertificate",
      "unused",
      {
        certificateArn: CERTIFICATE,
        listeners: {
          a: { port: 8443, protocol: "HTTPS", requestHeaderNames: { clientCertificate: "X-A" } },
        },
      },
      "listeners.a.mutualAuthentication.mode to passthrough",
    ),
  ],
  mappings: [
    header("clientCertificate", "MtlsClientcert", PASSTHROUGH),
    ...["Leaf", "Issuer", "Subject", "SerialNumber", "Validity"].map((part) =>
      header(`clientCertificate${part}`, `MtlsClientcert${part}`, VERIFY),
    ),
    header("tlsVersion", "TlsVersion", HTTPS),
    header("tlsCipherSuite", "TlsCipherSuite", HTTPS),
  ],
};
