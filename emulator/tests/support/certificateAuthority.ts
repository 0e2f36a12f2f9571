import { generate } from "selfsigned";

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

const DAY = 24 * 60 * 60 * 1000;
const fromNow = (days: number) => new Date(Date.now() + days * DAY);

/** A certificate authority, for as long as a test runs. */
export class Authority {
  constructor(
    private readonly own: KeyPair,
    /** Its certificate, and that of the one that answers for it, if any. */
    readonly chain: string,
  ) {}

  static async named(name: string): Promise<Authority> {
    const own = await certified(name, true, 0);
    return new Authority(own, own.cert);
  }

  /** Another one, for which this one answers. */
  async delegate(name: string): Promise<Authority> {
    const own = await certified(name, true, 0, this.own);
    return new Authority(own, own.cert + this.chain);
  }

  /** The certificate, which is what trust stores are made of. */
  get cert(): string {
    return this.own.cert;
  }

  /** A client's certificate; one that began more than a year ago has expired. */
  issue(name: string, { daysOld = 0 } = {}): Promise<KeyPair> {
    return certified(name, false, daysOld, this.own);
  }
}

async function certified(
  name: string,
  isAuthority: boolean,
  daysOld: number,
  ca?: KeyPair,
): Promise<KeyPair> {
  const subject = [
    { name: "countryName", value: "US" },
    { name: "organizationName", value: "Example" },
    { name: "commonName", value: name },
  ];
  const { private: key, cert } = await generate(subject, {
    ca,
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: fromNow(-daysOld),
    notAfterDate: fromNow(365 - daysOld),
    extensions: [{ name: "basicConstraints", cA: isAuthority, critical: true }],
  });
  return { key, cert: `${cert.trim()}\n` };
}
