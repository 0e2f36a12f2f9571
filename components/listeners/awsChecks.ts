import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancingLookups } from "../lookups/loadBalancing";
import { adviceAt, problemAt, type Problem, type ProblemCode } from "../checks";
import type { AccountLookups } from "../lookups/account";
import type { LoadBalancedGroupArgs } from "../args";
import type { AwsLookups } from "../lookups";
import { plannedListeners, type ListenerSettings } from "../plan/listeners";
import { earlyText } from "../shared/previewValues";

const ACCOUNT = /^arn:aws[a-z-]*:(?:acm|iam):[a-z0-9-]*:(\d{12}):/;
const IN_IAM = /:server-certificate\/(?:.*\/)?([^/]+)$/;

/** The problems of the certificates in the arguments. */
export async function certificatesProblems(
  args: LoadBalancedGroupArgs,
  aws: AwsLookups,
): Promise<Problem[]> {
  const further = Object.entries(args.listeners ?? {}).flatMap(([key, listener]) =>
    certificatesOf(listener, `listeners.${key}.`),
  );
  const checked = [...certificatesOf(args, ""), ...further].map(async ([path, arn]) =>
    certificateProblems(path, await earlyText(arn), aws),
  );
  return (await Promise.all(checked)).flat();
}

type Certificate = readonly [path: string, arn: pulumi.Input<string> | undefined];

/** The certificates of a listener with their paths. */
function certificatesOf(
  { certificateArn, additionalCertificateArns = {} }: ListenerSettings,
  pathPrefix: string,
): Certificate[] {
  return [
    [`${pathPrefix}certificateArn`, certificateArn],
    ...Object.entries(additionalCertificateArns).map(([key, arn]): Certificate => [
      `${pathPrefix}additionalCertificateArns.${key}`,
      arn,
    ]),
  ];
}

/**
 * The problems of a certificate. The AWS provider finds certificates in ACM only by domain name, so only the
 * account in the ARN is checked. A certificate in IAM is looked up by its name.
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
    const other = owner === undefined ? "another account" : `the account ${owner}`;
    return problem(
      "unsuitable",
      `the certificate belongs to ${other}, but the load balancer to ${account}; ` +
        `use a certificate of ${account}, or check the credentials`,
    );
  }
  if (found === undefined) return [];
  const { missing = false, arn: known = arn, expirationDate } = found;
  if (missing || known !== arn) {
    const remedy = missing
      ? "check the ARN, or upload the certificate to IAM"
      : `use the ARN of the certificate of that name, ${known}`;
    return problem("missing", `there is no ${arn}; ${remedy}`);
  }
  if (expirationDate === undefined || new Date(expirationDate) > now) return [];
  // A listener that has the certificate keeps it.
  const text = `${arn} expired on ${expirationDate}; upload a new certificate to IAM and use its ARN`;
  return [adviceAt("unsuitable", propertyPath, text)];
}

/** The problems of the trust stores of all listeners. */
export async function trustStoreProblems(
  args: LoadBalancedGroupArgs,
  aws: Pick<AccountLookups, "accountId"> & Pick<LoadBalancingLookups, "trustStore">,
): Promise<Problem[]> {
  const checked = plannedListeners(args).map(async ({ settings, pathPrefix }) =>
    trustStoreProblem(
      await earlyText(settings.mutualAuthentication?.trustStoreArn),
      `${pathPrefix}mutualAuthentication.trustStoreArn`,
      aws,
    ),
  );
  return (await Promise.all(checked)).flat();
}

/**
 * The problem of a trust store that does not exist. A trust store that another account shares is not looked up,
 * since permission to use it does not include permission to read it.
 */
async function trustStoreProblem(
  arn: string | undefined,
  propertyPath: string,
  aws: Pick<AccountLookups, "accountId"> & Pick<LoadBalancingLookups, "trustStore">,
): Promise<Problem[]> {
  if (arn === undefined || arn.split(":")[4] !== (await aws.accountId())) return [];
  const { missing = false } = await aws.trustStore(arn);
  if (!missing) return [];
  const text =
    `there is no ${arn} in this account and region; ` +
    "check the ARN, the credentials and aws:region, or create the trust store first";
  return [problemAt("missing", propertyPath, text)];
}
