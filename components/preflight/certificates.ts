import type { Problem } from "../rules";
import type { AccountLookups } from "../lookups/account";

const ACCOUNT = /^arn:aws[a-z-]*:(?:acm|iam):[a-z0-9-]*:(\d{12}):/;
const IN_IAM = /:server-certificate\/(?:.*\/)?([^/]+)$/;

/**
 * What is wrong with a certificate. The provider asks ACM by domain name only, so of one in ACM no
 * more is known than its ARN says; one in IAM is asked for by its name.
 */
export async function certificateProblems(
  propertyPath: string,
  arn: string | undefined,
  ask: Pick<AccountLookups, "accountId" | "serverCertificate">,
  now = new Date(),
): Promise<Problem[]> {
  if (arn === undefined) return [];
  const name = IN_IAM.exec(arn)?.[1];
  const [account, found] = await Promise.all([
    ask.accountId(),
    name === undefined ? undefined : ask.serverCertificate(name),
  ]);
  const problem = (reason: string) => [{ propertyPath, reason: `${propertyPath}: ${reason}` }];
  const owner = ACCOUNT.exec(arn)?.[1];
  if (account !== undefined && owner !== account) {
    return problem(
      `the certificate belongs to the account ${owner ?? "?"}, and the load balancer to ${account}; ` +
        `name a certificate of ${account}, or check the credentials`,
    );
  }
  if (found === undefined) return [];
  const { missing = false, arn: known = arn, expirationDate } = found;
  if (missing || known !== arn) {
    const other = missing ? "" : ` (the certificate of that name is ${known})`;
    return problem(`there is no ${arn}${other}; check the ARN, or upload the certificate`);
  }
  if (expirationDate === undefined || new Date(expirationDate) > now) return [];
  return problem(`${arn} expired on ${expirationDate}; upload a new certificate and name that`);
}
