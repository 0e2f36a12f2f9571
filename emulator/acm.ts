import { createHash, randomUUID } from "node:crypto";
import { AwsError, type Certificate, KEY_ALGORITHMS } from "./aws";
import { type EmulatedRoute53, normalized } from "./route53";
import { type Account } from "./sampleAccount";

const MAX_NAMES = 10;
const NAMES_QUOTA = "L-FB94F0B0";

/** How a name is proven: by a record that only its owner can make. */
export interface DomainValidation {
  readonly domainName: string;
  readonly recordName: string;
  readonly recordType: "CNAME";
  readonly recordValue: string;
}

/** AWS Certificate Manager: certificates, which are issued as soon as their names are proven. */
export class EmulatedAcm {
  private readonly waiting: (() => void)[] = [];

  /** A certificate that a listener uses is not deleted: `isUsed` says so. */
  constructor(
    private readonly account: Account,
    private readonly route53: EmulatedRoute53,
    private readonly isUsed: (certificateArn: string) => boolean,
  ) {
    route53.onChange(() => {
      this.account.certificates.forEach((certificate) => {
        this.prove(certificate);
      });
    });
  }

  request(domainNames: readonly string[], algorithm = "RSA_2048"): Certificate {
    const keyAlgorithm = KEY_ALGORITHMS.find((one) => one === algorithm);
    if (keyAlgorithm === undefined) {
      throw new AwsError("ValidationException", `The key algorithm ${algorithm} is not supported.`);
    }
    const names = [...new Set(domainNames.map(normalized))];
    const limit = this.account.raisedQuotas[NAMES_QUOTA] ?? MAX_NAMES;
    if (names.length > limit) {
      throw new AwsError(
        "LimitExceededException",
        `Error: you have reached your limit of ${limit} domain names per certificate`,
      );
    }
    const { region, accountId } = this.account;
    const certificate: Certificate = {
      certificateArn: `arn:aws:acm:${region}:${accountId}:certificate/${randomUUID()}`,
      domainNames: names,
      keyAlgorithm,
      status: "PENDING_VALIDATION",
    };
    this.account.certificates.push(certificate);
    this.prove(certificate);
    return certificate;
  }

  describe(certificateArn: string): Certificate {
    const found = this.account.certificates.find((one) => one.certificateArn === certificateArn);
    if (found !== undefined) return found;
    const { accountId } = this.account;
    throw new AwsError(
      "ResourceNotFoundException",
      `Could not find certificate ${certificateArn}. (account ${accountId})`,
    );
  }

  /** Those of a domain name with one of these states and keys, the oldest first. AWS lists only RSA by default. */
  find(
    domainName: string,
    statuses: readonly string[],
    keyTypes: readonly string[] = ["RSA_2048"],
  ): Certificate[] {
    return this.account.certificates.filter(
      ({ domainNames: [first], status, keyAlgorithm = "RSA_2048" }) =>
        first === domainName && statuses.includes(status) && keyTypes.includes(keyAlgorithm),
    );
  }

  /** Resolves when the certificate has been issued. */
  async issued(certificateArn: string): Promise<void> {
    while (this.describe(certificateArn).status !== "ISSUED") {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  delete(certificateArn: string): void {
    const certificate = this.describe(certificateArn);
    if (this.isUsed(certificateArn)) {
      throw new AwsError(
        "ResourceInUseException",
        `Certificate ${certificateArn} in account ${this.account.accountId} is in use.`,
      );
    }
    this.account.certificates.splice(this.account.certificates.indexOf(certificate), 1);
  }

  /** The same for the same name, whatever the certificate; a name and its wildcard share it. */
  validations({ domainNames }: Certificate): DomainValidation[] {
    return domainNames.map((domainName) => {
      const base = domainName.replace(/^\*\./, "");
      const token = (what: string) =>
        createHash("md5").update(`${this.account.accountId} ${what} ${base}`).digest("hex");
      return {
        domainName,
        recordName: `_${token("name")}.${base}.`,
        recordType: "CNAME",
        recordValue: `_${token("value")}.${token("zone").slice(0, 10)}.acm-validations.aws.`,
      };
    });
  }

  private prove(certificate: Certificate): void {
    const isProven = this.validations(certificate).every(
      ({ recordName, recordType, recordValue }) =>
        this.route53.answer(recordName, recordType)?.values.includes(recordValue),
    );
    if (!isProven) return;
    certificate.status = "ISSUED";
    for (const resume of this.waiting.splice(0)) resume();
  }
}
