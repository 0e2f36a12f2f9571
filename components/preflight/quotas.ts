import type { LoadBalancedGroupArgs } from "../args";
import { problemAt, type Problem } from "../checks";
import { argumentPathOf, plannedGroups } from "../plan/targetGroups";
import type { AccountLookups } from "../lookups/account";

/** A quota of Elastic Load Balancing that can be raised, and how many of it there are to be. */
export interface Usage {
  readonly quotaCode: string;
  /** What every account is given. */
  readonly defaultQuota: number;
  /** What is counted, as in "1001 targets of the target group". */
  readonly what: string;
  readonly count: number;
  readonly propertyPath: string;
}

const TARGETS_PER_GROUP = { quotaCode: "L-A0D0B863", defaultQuota: 1000 };
const RULES = { quotaCode: "L-7EED9B64", defaultQuota: 100 };
const CERTIFICATES = { quotaCode: "L-9365A611", defaultQuota: 25 };
const TARGETS_PER_LOAD_BALANCER = { quotaCode: "L-7E6692B2", defaultQuota: 1000 };

/**
 * What a group takes of the quotas.
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

/** What is beyond the account's quotas. They are asked for only where AWS's standard does not do. */
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
