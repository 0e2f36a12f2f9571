import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import { generate } from "selfsigned";
import type { Certificate } from "../aws";

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

const issued = new Map<string, Promise<KeyPair>>();

async function issue({ certificateArn, domainNames }: Named): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          ...domainNames.map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: "127.0.0.1" },
          // Shows in a browser or a test which certificate a listener has.
          { type: 6, value: certificateArn },
        ],
      },
    ],
  });
  return { key, cert };
}

type Named = Pick<Certificate, "certificateArn" | "domainNames">;

/** A self-signed certificate that stands for the one in the account; one ARN, one certificate. */
export function certificateFor(certificate: Named): Promise<KeyPair> {
  const { certificateArn } = certificate;
  const known = issued.get(certificateArn) ?? issue(certificate);
  issued.set(certificateArn, known);
  return known;
}

/** What a client is shown that names one of the hosts. */
export interface HostContext {
  readonly domainNames: readonly string[];
  readonly context: SecureContext;
}

export async function hostContext(
  certificate: Certificate,
  options: SecureContextOptions,
): Promise<HostContext> {
  const context = createSecureContext({ ...options, ...(await certificateFor(certificate)) });
  return { domainNames: certificate.domainNames, context };
}

/** The certificate that suits the host best: one with its very name before one with a wildcard. */
export function bestFor(host: string, hosts: readonly HostContext[]): SecureContext | undefined {
  const name = host.toLowerCase();
  const wildcard = name.replace(/^[^.]+/, "*");
  const found =
    hosts.find(({ domainNames }) => domainNames.includes(name)) ??
    hosts.find(({ domainNames }) => domainNames.includes(wildcard));
  return found?.context;
}
