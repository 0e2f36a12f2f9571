import { during, unlessGone } from "../awsCalls";
import { given, textOf, textsOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";

/** Nothing in AWS: the real provider waits by it until a certificate has been issued. */
export const certificateValidation: ResourceType = {
  token: "aws:acm/certificateValidation:CertificateValidation",
  inputs: {
    certificateArn: { kind: "string", required: true, forceNew: true },
    validationRecordFqdns: { kind: "set", forceNew: true },
  },
  outputs: { region: { kind: "string" } },

  async create(inputs, aws, timeout = TIMEOUT_SECONDS) {
    const arn = given(textOf(inputs, "certificateArn"), "certificateArn");
    const found = await during(
      `reading ACM Certificate (${arn})`,
      aws.calls.acm("DescribeCertificate", () => aws.acm.describe(arn)),
    );
    const fqdns = textsOf(inputs, "validationRecordFqdns").map(withoutDot);
    const missing = aws.acm
      .validations(found)
      .filter(({ recordName }) => fqdns.length > 0 && !fqdns.includes(withoutDot(recordName)));
    if (missing.length > 0) {
      const lines = missing.map(
        ({ domainName, recordName }) =>
          `missing ${domainName} DNS validation record: ${withoutDot(recordName)}`,
      );
      throw new Error(lines.join("\n"));
    }
    await issued(arn, aws, timeout);
    return { id: arn };
  },

  async read(_id, state, { acm, calls, ec2 }) {
    const arn = given(textOf(state, "certificateArn"), "certificateArn");
    const found = await unlessGone(
      "ResourceNotFoundException",
      calls.acm("DescribeCertificate", () => acm.describe(arn)),
    );
    return found?.status === "ISSUED" ? { ...state, region: ec2.region } : undefined;
  },

  update: () => Promise.reject(new Error("a validation is replaced, never updated")),

  delete: () => Promise.resolve(),
};

const withoutDot = (name: string) => name.replace(/\.$/, "");

/** The real provider waits for 75 minutes. */
const TIMEOUT_SECONDS = 60;

async function issued(arn: string, { acm, calls }: Aws, timeout: number): Promise<void> {
  await calls.await("acm", "DescribeCertificate", acm.issued(arn), timeout);
  const { status } = await calls.acm("DescribeCertificate", () => acm.describe(arn));
  if (status === "ISSUED") return;
  throw new Error(
    `waiting for ACM Certificate (${arn}) to be issued: timeout while waiting for state to become ` +
      `'ISSUED' (last state: '${status}', timeout: 1h15m0s)`,
  );
}
