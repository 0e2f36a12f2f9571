import { Protocol, type LoadBalancedGroupArgs, type LoadBalancedServiceArgs } from "../args";
import { problemAt, type Problem } from "../checks";
import { listenerPorts, plannedListeners, type PlannedListener } from "../plan/listeners";
import { argumentPathOf, plannedGroups } from "../plan/targetGroups";
import { ELASTIC_LOAD_BALANCING, type AccountLookups } from "../lookups/account";
import { regionOption, type LoadBalancerLocation } from "../network/location";
import { ruleCounts } from "../securityGroups/ruleCounts";

/** How much of an adjustable quota the arguments use. Without a service, it is one of Elastic Load Balancing. */
export interface Usage {
  readonly serviceCode?: string;
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
const LISTENERS = { quotaCode: "L-B6DF7632", defaultQuota: 50 };
const CERTIFICATES = { quotaCode: "L-9365A611", defaultQuota: 25 };
const TARGETS_PER_LOAD_BALANCER = { quotaCode: "L-7E6692B2", defaultQuota: 1000 };
const SECURITY_GROUP_RULES = { serviceCode: "vpc", quotaCode: "L-0EA8095F", defaultQuota: 60 };
const CERTIFICATE_NAMES = { serviceCode: "acm", quotaCode: "L-FB94F0B0", defaultQuota: 10 };

/**
 * How much of each quota the arguments use.
 * Source: application/load-balancer-limits.html.
 */
export function usagesOf(args: LoadBalancedGroupArgs): Usage[] {
  const { domain, certificateArn } = args;
  const requested = certificateArn === undefined ? domain : undefined;
  const listeners = plannedListeners(args);
  const algorithms = requested?.keyAlgorithms ?? [];
  const certificates = listeners.flatMap(
    ({ protocol, settings: { certificateArn: own, additionalCertificateArns = {} } }) => [
      ...Object.keys(additionalCertificateArns),
      ...(algorithms.length > 1 && protocol === Protocol.HTTPS && own === undefined
        ? algorithms
        : []),
    ],
  );
  return [
    ...securityGroupUsages(args),
    {
      ...CERTIFICATE_NAMES,
      what: "names of the domain's certificate",
      count: requested === undefined ? 0 : 1 + (requested.alternativeNames ?? []).length,
      propertyPath: "domain.alternativeNames",
    },
    ...routingUsages(args, listeners),
    {
      ...LISTENERS,
      what: "listeners of the load balancer",
      count: listenerPorts(args).length,
      propertyPath: "listeners",
    },
    certificateUsage(certificates.length, "additionalCertificateArns"),
  ];
}

/** How much of each quota a service uses. What others use on the same load balancer is not known. */
export function serviceUsages(args: LoadBalancedServiceArgs): Usage[] {
  const certificates = Object.keys(args.certificateArns ?? {}).length;
  return [
    ...routingUsages(args, [{ settings: args }]),
    certificateUsage(certificates, "certificateArns"),
  ];
}

const certificateUsage = (count: number, propertyPath: string): Usage => ({
  ...CERTIFICATES,
  what: "additional certificates of the load balancer",
  count,
  propertyPath,
});

/** The targets and the rules. */
function routingUsages(
  args: LoadBalancedGroupArgs,
  listeners: readonly Pick<PlannedListener, "settings">[],
): Usage[] {
  const targets = plannedGroups(args).map((group) => {
    const { instanceIds = [], targets: keyed = {} } = group.servers;
    return {
      ...TARGETS_PER_GROUP,
      what: "targets of a target group",
      count: instanceIds.length + Object.keys(keyed).length,
      propertyPath: argumentPathOf(group, instanceIds.length > 0 ? "instanceIds" : "targets"),
    };
  });
  return [
    ...targets,
    {
      ...RULES,
      what: "rules of the load balancer",
      count: listeners.flatMap(({ settings }) => Object.keys(settings.rules ?? {})).length,
      propertyPath: "rules",
    },
    {
      ...TARGETS_PER_LOAD_BALANCER,
      what: "targets of the load balancer",
      count: targets.reduce((sum, { count }) => sum + count, 0),
      propertyPath: targets.length === 1 ? targets[0].propertyPath : "targetGroups",
    },
  ];
}

/**
 * The rules of a new security group. AWS counts each direction and each address family on its own.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, "Security groups".
 */
function securityGroupUsages(args: LoadBalancedGroupArgs): Usage[] {
  const counts = ruleCounts(args);
  if (counts === undefined) return [];
  const { inbound, outbound } = counts;
  const toGroups = (args.targetSecurityGroupIds ?? []).length > 0;
  const outboundPath = toGroups ? "targetSecurityGroupIds" : "targets";
  return [
    { ...inboundUsage("IPv4"), count: inbound.ipv4 },
    { ...inboundUsage("IPv6"), count: inbound.ipv6 },
    { ...outboundUsage("IPv4", outboundPath), count: outbound.ipv4 },
    { ...outboundUsage("IPv6", outboundPath), count: outbound.ipv6 },
  ];
}

const inboundUsage = (family: string) => ({
  ...SECURITY_GROUP_RULES,
  what: `inbound ${family} rules of the security group`,
  propertyPath: "ingressCidrBlocks",
});

const outboundUsage = (family: string, propertyPath: string) => ({
  ...SECURITY_GROUP_RULES,
  what: `outbound ${family} rules of the security group`,
  propertyPath,
});

/** What is above the account's quotas. A quota is looked up only if its default value is not enough. */
export async function quotaProblems(
  usages: readonly Usage[],
  aws: Pick<AccountLookups, "quota">,
  location: Promise<LoadBalancerLocation | undefined>,
): Promise<Problem[]> {
  const aboveDefault = usages.filter(({ count, defaultQuota }) => count > defaultQuota);
  const checked = aboveDefault.map(async (usage) => {
    const { serviceCode = ELASTIC_LOAD_BALANCING, quotaCode, what, count, propertyPath } = usage;
    const quota = await aws.quota(quotaCode, serviceCode);
    if (quota === undefined || count <= quota) return [];
    const text =
      `${count} ${what} are more than the account's quota of ${quota}; remove some, ` +
      "or request a higher quota: aws service-quotas request-service-quota-increase " +
      `--service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${count}` +
      regionOption(await location);
    return [problemAt("quota", propertyPath, text)];
  });
  return (await Promise.all(checked)).flat();
}
