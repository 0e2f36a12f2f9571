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

/** What a client is shown that names one of the hosts. */
export interface HostContext {
  readonly domainNames: readonly string[];
  readonly context: SecureContext;
}

/** With certificates of the same names: a client gets the first whose kind of key it knows. */
export async function hostContext(
  certificates: readonly Certificate[],
  options: SecureContextOptions,
): Promise<HostContext> {
  const kindOf = ({ keyAlgorithm = OWN_ALGORITHM }: Certificate) => KEYS[keyAlgorithm].keyType;
  const kinds = new Set(certificates.map(kindOf));
  const pairs = await Promise.all(
    [...kinds]
      .flatMap((kind) => certificates.find((one) => kindOf(one) === kind) ?? [])
      .map(certificateFor),
  );
  const key = pairs.map((pair) => pair.key);
  const cert = pairs.map((pair) => pair.cert);
  const context = createSecureContext({ ...options, key, cert });
  return { domainNames: certificates[0].domainNames, context };
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
