import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import { generate } from "selfsigned";
import type { Certificate } from "../aws";

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

const issued = new Map<string, Promise<KeyPair>>();

/** The keys of an algorithm. */
const KEYS = {
  RSA_2048: { keyType: "rsa", keySize: 2048 },
  EC_prime256v1: { keyType: "ec", curve: "P-256" },
  EC_secp384r1: { keyType: "ec", curve: "P-384" },
} as const;

/** A certificate that was not requested, such as an imported one, has a key that is soon made. */
const OWN_ALGORITHM = "EC_prime256v1";

async function issue(certificate: Named): Promise<KeyPair> {
  const { certificateArn, domainNames, keyAlgorithm = OWN_ALGORITHM } = certificate;
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    ...KEYS[keyAlgorithm],
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

type Named = Pick<Certificate, "certificateArn" | "domainNames" | "keyAlgorithm">;

/** A self-signed certificate that stands for the one in the account; one ARN, one certificate. */
export function certificateFor(certificate: Named): Promise<KeyPair> {
  const { certificateArn } = certificate;
  const known = issued.get(certificateArn) ?? issue(certificate);
  issued.set(certificateArn, known);
  return known;
}

/** A certificate for clients that name one of the hosts and know its kind of key. */
export interface HostContext {
  readonly domainNames: readonly string[];
  readonly keyType: "rsa" | "ec";
  readonly context: SecureContext;
}

export async function hostContext(
  certificate: Certificate,
  options: SecureContextOptions,
): Promise<HostContext> {
  const { domainNames, keyAlgorithm = OWN_ALGORITHM } = certificate;
  const context = createSecureContext({ ...options, ...(await certificateFor(certificate)) });
  return { domainNames, keyType: KEYS[keyAlgorithm].keyType, context };
}

/** How names of signature algorithms, such as "RSA-PSS+SHA256", begin. */
const SIGNATURES = { rsa: "RSA", ec: "ECDSA" } as const;

/**
 * The certificate that suits the host best: one with its very name before one with a wildcard; of
 * several, the first whose kind of key the client knows.
 */
export function bestFor(
  host: string,
  signatureAlgorithms: readonly string[],
  hosts: readonly HostContext[],
): SecureContext | undefined {
  const name = host.toLowerCase();
  const wildcard = name.replace(/^[^.]+/, "*");
  const named = (one: string) => hosts.filter(({ domainNames }) => domainNames.includes(one));
  const found = [...named(name), ...named(wildcard)];
  const isKnown = ({ keyType }: HostContext) =>
    signatureAlgorithms.some((algorithm) => algorithm.startsWith(SIGNATURES[keyType]));
  return (found.find(isKnown) ?? found.at(0))?.context;
}
