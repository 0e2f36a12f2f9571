import type { LoadBalancedGroupArgs } from "../args";
import { problemAt, type Problem } from "../checks";
import type { AccountLookups } from "../lookups/account";
import { earlyText } from "../shared/previewValues";

const WEB_ACL = /^arn:[^:]*:wafv2:[^:]*:(\d{12}):regional\/webacl\/([^/]+)\//;

/** The problem of a web ACL that does not exist. AWS looks for it only when it has created the load balancer. */
export async function webAclProblems(
  { webAclArn }: LoadBalancedGroupArgs,
  aws: Pick<AccountLookups, "accountId" | "webAcl">,
): Promise<Problem[]> {
  const arn = await earlyText(webAclArn);
  const parts = WEB_ACL.exec(arn ?? "");
  if (arn === undefined || parts === null) return [];
  const [, owner, name] = parts;
  if (owner !== (await aws.accountId())) return [];
  const { missing = false, arn: known = arn } = (await aws.webAcl(name)) ?? {};
  if (!missing && known === arn) return [];
  const text = missing
    ? `there is no ${arn}; check the ARN, the credentials and aws:region, or create the web ACL first`
    : `there is no ${arn}; use the ARN of the web ACL of that name, ${known}`;
  return [problemAt("missing", "webAclArn", text)];
}
