import { generate } from "selfsigned";

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

const issued = new Map<string, Promise<KeyPair>>();

async function issue(certificateArn: string): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          // So that a test or a reader can tell which certificate a listener shows.
          { type: 6, value: certificateArn },
        ],
      },
    ],
  });
  return { key, cert };
}

/** A self-signed certificate that stands for the one in the account; one ARN, one certificate. */
export function certificateFor(certificateArn: string): Promise<KeyPair> {
  const known = issued.get(certificateArn) ?? issue(certificateArn);
  issued.set(certificateArn, known);
  return known;
}
