import { getNetworkInterface } from "@pulumi/aws/ec2/getNetworkInterface";
import { getNetworkInterfaces } from "@pulumi/aws/ec2/getNetworkInterfaces";
import { getSecurityGroups } from "@pulumi/aws/ec2/getSecurityGroups";
import { getSecurityGroupRule } from "@pulumi/aws/vpc/getSecurityGroupRule";
import { getSecurityGroupRules } from "@pulumi/aws/vpc/getSecurityGroupRules";
import { flagAt, numberAt, textAt, textsAt } from "./answers";
import { OWNER_TAG } from "../plan/owner";
import { valueAt } from "../shared/guards";
import { findOrMissing, isMissing, type Lookups, type Missing } from "./lookups";

/** A security group rule. */
export interface SecurityGroupRule {
  readonly securityGroupId?: string;
  readonly isEgress?: boolean;
  readonly ipProtocol?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly referencedSecurityGroupId?: string;
  /** The service that it belongs to; undefined for a rule of something else. */
  readonly owner?: string;
}

/** The primary network interface of an instance, to which the load balancer sends requests. */
export interface PrimaryInterface {
  readonly securityGroups: string[];
  readonly privateIp?: string;
}

/** Lookups about security groups. They give undefined if a call fails. */
export interface SecurityGroupLookups {
  /** The VPC of each security group that exists. */
  vpcBySecurityGroup(ids: string[]): Promise<Map<string, string | undefined> | undefined>;
  primaryInterface(instanceId: string): Promise<PrimaryInterface | undefined>;
  /** The rules of the security groups; also undefined if there are too many, because each takes a call. */
  rules(ids: string[]): Promise<SecurityGroupRule[] | undefined>;
  /** Whether a load balancer whose name starts like this has a network interface in the subnet or the VPC. */
  hasLoadBalancerIn(
    nameStart: string,
    where: { readonly subnetId: string } | { readonly vpcId: string },
  ): Promise<boolean | undefined>;
}

/** Each rule takes a call. AWS allows 60 in each direction, but most security groups have few. */
const MAX_RULES = 40;

export function securityGroupLookups(lookups: Lookups): SecurityGroupLookups {
  const filtersFor = (filters: Record<string, string[]>) => ({
    filters: Object.entries(filters).map(([name, values]) => ({ name, values })),
  });
  const cachedRules = new Map<string, Promise<SecurityGroupRule | Missing | undefined>>();
  function rule(id: string): Promise<SecurityGroupRule | Missing | undefined> {
    const answer = cachedRules.get(id) ?? findRule(id);
    cachedRules.set(id, answer);
    return answer;
  }
  async function findRule(
    securityGroupRuleId: string,
  ): Promise<SecurityGroupRule | Missing | undefined> {
    const answer = await lookups.optional("securityGroupRules", () =>
      findOrMissing(() => getSecurityGroupRule({ securityGroupRuleId }, lookups.options)),
    );
    if (answer === undefined || isMissing(answer)) return answer;
    return {
      securityGroupId: textAt(answer, "securityGroupId"),
      isEgress: flagAt(answer, "isEgress"),
      ipProtocol: textAt(answer, "ipProtocol"),
      fromPort: numberAt(answer, "fromPort"),
      toPort: numberAt(answer, "toPort"),
      cidrIpv4: textAt(answer, "cidrIpv4"),
      cidrIpv6: textAt(answer, "cidrIpv6"),
      prefixListId: textAt(answer, "prefixListId"),
      referencedSecurityGroupId: textAt(answer, "referencedSecurityGroupId"),
      owner: textAt(valueAt(answer, "tags"), OWNER_TAG),
    };
  }
  const cachedRulesOfGroups = new Map<string, Promise<SecurityGroupRule[] | undefined>>();
  async function findRules(ids: string[]): Promise<SecurityGroupRule[] | undefined> {
    const answer = await lookups.optional("securityGroupRules", () =>
      getSecurityGroupRules(filtersFor({ "group-id": ids }), lookups.options),
    );
    const existing = textsAt(answer, "ids");
    if (existing === undefined || existing.length > MAX_RULES) return undefined;
    const answers = await Promise.all(existing.map(rule));
    // A rule that could not be read may be the one that allows the traffic.
    if (answers.includes(undefined)) return undefined;
    return answers.flatMap((one) => (one === undefined || isMissing(one) ? [] : [one]));
  }
  return {
    async vpcBySecurityGroup(ids) {
      const answer = await lookups.optional("securityGroups", () =>
        getSecurityGroups(filtersFor({ "group-id": ids }), lookups.options),
      );
      const vpcIds = textsAt(answer, "vpcIds") ?? [];
      const existing = textsAt(answer, "ids");
      return existing && new Map(existing.map((id, index) => [id, vpcIds.at(index)]));
    },
    async primaryInterface(instanceId) {
      const first = { "attachment.instance-id": [instanceId], "attachment.device-index": ["0"] };
      const answer = await lookups.optional("networkInterfaces", () =>
        findOrMissing(() => getNetworkInterface(filtersFor(first), lookups.options)),
      );
      const securityGroups = textsAt(answer, "securityGroups");
      // An interface always has a security group.
      if (securityGroups === undefined || securityGroups.length === 0) return undefined;
      return { securityGroups, privateIp: textAt(answer, "privateIp") };
    },
    rules(ids) {
      const key = [...ids].sort().join();
      const answer = cachedRulesOfGroups.get(key) ?? findRules(ids);
      cachedRulesOfGroups.set(key, answer);
      return answer;
    },
    async hasLoadBalancerIn(nameStart, where) {
      const there = {
        description: [`ELB app/${nameStart}*`],
        ...("subnetId" in where ? { "subnet-id": [where.subnetId] } : { "vpc-id": [where.vpcId] }),
      };
      const answer = await lookups.optional("networkInterfaces", () =>
        getNetworkInterfaces(filtersFor(there), lookups.options),
      );
      const ids = textsAt(answer, "ids");
      return ids && ids.length > 0;
    },
  };
}
