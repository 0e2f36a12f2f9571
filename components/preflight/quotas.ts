import type { LoadBalancedGroupArgs } from "../args";
import { problemAt, type Problem } from "../checks";
import { argumentPathOf, plannedGroups } from "../plan/targetGroups";
import type { AccountLookups } from "../lookups/account";

/** How much of an adjustable quota of Elastic Load Balancing the arguments use. */
export interface Usage {
  readonly quotaCode: string;
  /** AWS's default value of the quota. */
  readonly defaultQuota: number;
  /** What is counted, as in "targets of a target group". */
  readonly what: string;
  readonly count: number;
  readonly propertyPath: string;
}

const TARGETS_PER_GROUP = { quotaCode: "L-A0D0B863", defaultQuota: 1000 };
const RULES = { quotaCode: "L-7EED9B64", defaultQuota: 100 };
const CERTIFICATES = { quotaCode: "L-9365A611", defaultQuota: 25 };
const TARGETS_PER_LOAD_BALANCER = { quotaCode: "L-7E6692B2", defaultQuota: 1000 };

/**
 * How much of each quota the arguments use.
 * Source: application/load-balancer-limits.html.
 */
export function usagesOf(args: LoadBalancedGroupArgs): Usage[] {
  const targets = plannedGroups(args).map((group) => {
    const { instanceIds = [], targets: keyed = {} } = group.servers;
    return {
      ...TARGETS_PER_GROUP,
      what: "targets of a target group",
      count: instanceIds.length + Object.keys(keyed).length,
      propertyPath: argumentPathOf(group, instanceIds.length > 0 ? "instanceIds" : "targets"),
    };
  });
  const { rules = {}, additionalCertificateArns = {} } = args;
  return [
    ...targets,
    {
      ...RULES,
      what: "rules of the load balancer",
      count: Object.keys(rules).length,
      propertyPath: "rules",
    },
    {
      ...CERTIFICATES,
      what: "additional certificates of the load balancer",
      count: Object.keys(additionalCertificateArns).length,
      propertyPath: "additionalCertificateArns",
    },
    {
      ...TARGETS_PER_LOAD_BALANCER,
      what: "targets of the load balancer",
      count: targets.reduce((sum, { count }) => sum + count, 0),
      propertyPath: targets.length === 1 ? targets[0].propertyPath : "targetGroups",
    },
  ];
}

/** What is above the account's quotas. A quota is looked up only if its default value is not enough. */
export async function quotaProblems(
  usages: readonly Usage[],
  aws: Pick<AccountLookups, "quota">,
): Promise<Problem[]> {
  const aboveDefault = usages.filter(({ count, defaultQuota }) => count > defaultQuota);
  const checked = aboveDefault.map(async ({ quotaCode, what, count, propertyPath }) => {
    const quota = await aws.quota(quotaCode);
    if (quota === undefined || count <= quota) return [];
    const text =
      `${count} ${what} are more than the account's quota of ${quota}; remove some, ` +
      "or request a higher quota: aws service-quotas request-service-quota-increase " +
      `--service-code elasticloadbalancing --quota-code ${quotaCode} --desired-value ${count}`;
    return [problemAt("quota", propertyPath, text)];
  });
  return (await Promise.all(checked)).flat();
}
