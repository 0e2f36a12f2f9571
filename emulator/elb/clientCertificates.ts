import { X509Certificate } from "node:crypto";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { Field } from "./requestHeaders";

/** What a load balancer makes of clients' certificates: headers, or undefined for no connection. */
export type Admission = (chain: readonly X509Certificate[]) => readonly Field[] | undefined;

/** Mode passthrough: targets get the client's whole chain, if it shows one. */
export const passThrough: Admission = (chain) =>
  chain.length === 0 ? [] : [["X-Amzn-Mtls-Clientcert", chain.map(encoded).join("")]];

/** Mode verify: only clients with a certificate of one of the authorities, and targets get its details. */
export function verifying(
  authorities: readonly X509Certificate[],
  ignoresExpiry: boolean,
): Admission {
  return ([own, ...issuers]: readonly (X509Certificate | undefined)[]) => {
    if (own === undefined) return undefined;
    const now = new Date();
    const isTimely = isValid(own, now) || (ignoresExpiry && hasExpired(own, now));
    const shown = issuers.filter((one) => one !== undefined);
    return isTimely && isIssued(own, shown, authorities, now) ? fieldsOf(own) : undefined;
  };
}

/** The certificates that a client has shown: its own, then that of each one's issuer. */
export function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain = new Map<string, X509Certificate>();
  let next: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined) {
    const certificate = new X509Certificate(next.raw);
    // The issuer of a root is the root itself.
    if (chain.has(certificate.fingerprint256)) break;
    chain.set(certificate.fingerprint256, certificate);
    next = next.issuerCertificate;
  }
  return [...chain.values()];
}

/** The certificates in a bundle of them. */
export function certificatesIn(pem: string): X509Certificate[] {
  const each = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
  return [...pem.matchAll(each)].map(([one]) => new X509Certificate(one));
}

/**
 * Whether an authority has issued the certificate, or one of the issuers for which an authority answers.
 * Done here, since node:tls can neither verify by authorities that it does not advertise nor tell whether
 * expiry is all that is wrong. An authority need not be a root, which is inferred.
 */
function isIssued(
  certificate: X509Certificate,
  issuers: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  now: Date,
): boolean {
  const isBy = (issuer: X509Certificate) =>
    issuer.ca &&
    isValid(issuer, now) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey);
  return (
    authorities.some(isBy) ||
    issuers.some(
      (issuer, at) => isBy(issuer) && isIssued(issuer, issuers.slice(at + 1), authorities, now),
    )
  );
}

const isValid = (certificate: X509Certificate, now: Date) =>
  new Date(certificate.validFrom) <= now && !hasExpired(certificate, now);

const hasExpired = ({ validTo }: X509Certificate, now: Date) => new Date(validTo) < now;

function fieldsOf(own: X509Certificate): Field[] {
  const validity = `NotBefore=${timeOf(own.validFrom)};NotAfter=${timeOf(own.validTo)}`;
  return [
    ["X-Amzn-Mtls-Clientcert-Serial-Number", own.serialNumber],
    ["X-Amzn-Mtls-Clientcert-Issuer", nameOf(own.issuer)],
    ["X-Amzn-Mtls-Clientcert-Subject", nameOf(own.subject)],
    ["X-Amzn-Mtls-Clientcert-Validity", validity],
    ["X-Amzn-Mtls-Clientcert-Leaf", encoded(own)],
  ];
}

/** As in RFC 2253: the most specific part comes first. */
const nameOf = (name: string) => name.split("\n").reverse().join(",");

/** To the second, which is all that certificates have. */
const timeOf = (time: string) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

const encoded = (certificate: X509Certificate) =>
  encodeURIComponent(certificate.toString()).replace(/%(2B|2F|3D)/g, decodeURIComponent);
