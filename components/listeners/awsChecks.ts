import type { LoadBalancingLookups } from "../lookups/loadBalancing";
import { problemAt, type Problem, type ProblemCode } from "../checks";
import type { AccountLookups } from "../lookups/account";
import type { LoadBalancedGroupArgs } from "../args";
import type { AwsLookups } from "../lookups";
import { earlyText } from "../shared/previewValues";

const ACCOUNT = /^arn:aws[a-z-]*:(?:acm|iam):[a-z0-9-]*:(\d{12}):/;
const IN_IAM = /:server-certificate\/(?:.*\/)?([^/]+)$/;

/** What is wrong with the certificates that are named. */
export async function certificatesProblems(
  args: LoadBalancedGroupArgs,
  aws: AwsLookups,
): Promise<Problem[]> {
  const { certificateArn, additionalCertificateArns = {} } = args;
  const named = Object.entries(additionalCertificateArns).map(
    ([key, arn]) => [`additionalCertificateArns.${key}`, arn] as const,
  );
  const checked = [["certificateArn", certificateArn] as const, ...named].map(async ([path, arn]) =>
    certificateProblems(path, await earlyText(arn), aws),
  );
  return (await Promise.all(checked)).flat();
}

/**
 * What is wrong with a certificate. The provider asks ACM by domain name only, so of one in ACM no
 * more is known than its ARN says; one in IAM is asked for by its name.
 */
export async function certificateProblems(
  propertyPath: string,
  arn: string | undefined,
  aws: Pick<AccountLookups, "accountId" | "serverCertificate">,
  now = new Date(),
): Promise<Problem[]> {
  if (arn === undefined) return [];
  const name = IN_IAM.exec(arn)?.[1];
  const [account, found] = await Promise.all([
    aws.accountId(),
    name === undefined ? undefined : aws.serverCertificate(name),
  ]);
  const problem = (code: ProblemCode, text: string) => [problemAt(code, propertyPath, text)];
  const owner = ACCOUNT.exec(arn)?.[1];
  if (account !== undefined && owner !== account) {
    return problem(
      "unsuitable",
      `the certificate belongs to the account ${owner ?? "?"}, but the load balancer to ${account}; ` +
        `use a certificate of ${account}, or check the credentials`,
    );
  }
  if (found === undefined) return [];
  const { missing = false, arn: known = arn, expirationDate } = found;
  if (missing || known !== arn) {
    const other = missing ? "" : ` (the certificate of that name is ${known})`;
    return problem(
      "missing",
      `there is no ${arn}${other}; check the ARN, or upload the certificate`,
    );
  }
  if (expirationDate === undefined || new Date(expirationDate) > now) return [];
  return problem(
    "unsuitable",
    `${arn} expired on ${expirationDate}; upload a new certificate and use its ARN`,
  );
}

const TRUST_STORE = "mutualAuthentication.trustStoreArn";

/**
 * Whether the trust store is missing. One of another account, which that has shared, is not asked for,
 * since not everybody who may use it may look at it.
 */
export async function trustStoreProblems(
  { mutualAuthentication }: LoadBalancedGroupArgs,
  aws: Pick<AccountLookups, "accountId"> & Pick<LoadBalancingLookups, "trustStore">,
): Promise<Problem[]> {
  const arn = await earlyText(mutualAuthentication?.trustStoreArn);
  if (arn === undefined || arn.split(":")[4] !== (await aws.accountId())) return [];
  const { missing = false } = await aws.trustStore(arn);
  if (!missing) return [];
  const text =
    `there is no ${arn} in this account and region; ` +
    "check the ARN, the credentials and aws:region, or create the trust store first";
  return [problemAt("missing", TRUST_STORE, text)];
}
