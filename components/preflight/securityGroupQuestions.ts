import {
  type GetNetworkInterfaceResult,
  getNetworkInterface,
} from "@pulumi/aws/ec2/getNetworkInterface";
import {
  type GetNetworkInterfacesResult,
  getNetworkInterfaces,
} from "@pulumi/aws/ec2/getNetworkInterfaces";
import { type GetSecurityGroupsResult, getSecurityGroups } from "@pulumi/aws/ec2/getSecurityGroups";
import {
  type GetSecurityGroupRuleResult,
  getSecurityGroupRule,
} from "@pulumi/aws/vpc/getSecurityGroupRule";
import {
  type GetSecurityGroupRulesResult,
  getSecurityGroupRules,
} from "@pulumi/aws/vpc/getSecurityGroupRules";
import type * as pulumi from "@pulumi/pulumi";
import type { Allowed } from "../network";
import { unlessMissing } from "./allowing";

/** What is known of a rule of a security group. */
export type SecurityGroupRule = Partial<GetSecurityGroupRuleResult>;

/** Where a server is reached: the security groups and the address of its first network interface. */
export interface Doorway {
  readonly securityGroups: string[];
  readonly privateIp?: string;
}

/** What is asked about security groups; undefined where that is not permitted, or a mock's answer. */
export interface SecurityGroupQuestions {
  /** The VPC of each of the groups that exist. */
  homes(ids: string[]): Promise<Map<string, string> | undefined>;
  doorway(instanceId: string): Promise<Doorway | undefined>;
  /** The rules of the groups; undefined also where they are too many to ask about each. */
  rules(ids: string[]): Promise<SecurityGroupRule[] | undefined>;
  /** Whether a load balancer whose name starts so stands in the subnet. */
  stands(nameStart: string, subnetId: string): Promise<boolean | undefined>;
}

/** Each rule takes a call. A group has few, as a rule, and 60 at most in each direction. */
const MOST_RULES = 40;

export function securityGroupQuestions(
  allowed: Allowed,
  parent: pulumi.Resource,
): SecurityGroupQuestions {
  const having = (filters: Record<string, string[]>) => ({
    filters: Object.entries(filters).map(([name, values]) => ({ name, values })),
  });
  const known = new Map<string, Promise<SecurityGroupRule | undefined>>();
  function rule(securityGroupRuleId: string): Promise<SecurityGroupRule | undefined> {
    const ask = () =>
      allowed(
        "ec2:DescribeSecurityGroupRules",
        unlessMissing(getSecurityGroupRule({ securityGroupRuleId }, { parent })),
      );
    const answer = known.get(securityGroupRuleId) ?? ask();
    known.set(securityGroupRuleId, answer);
    return answer;
  }
  return {
    async homes(ids) {
      const answer = getSecurityGroups(having({ "group-id": ids }), { parent });
      const found: Partial<GetSecurityGroupsResult> | undefined = await allowed(
        "ec2:DescribeSecurityGroups",
        answer,
      );
      const { ids: existing, vpcIds = [] } = found ?? {};
      return existing && new Map(existing.map((id, index) => [id, vpcIds[index]]));
    },
    async doorway(instanceId) {
      const first = { "attachment.instance-id": [instanceId], "attachment.device-index": ["0"] };
      const answer = getNetworkInterface(having(first), { parent });
      const found: Partial<GetNetworkInterfaceResult> | undefined = await allowed(
        "ec2:DescribeNetworkInterfaces",
        unlessMissing(answer),
      );
      const { securityGroups, privateIp } = found ?? {};
      return securityGroups && { securityGroups, privateIp };
    },
    async rules(ids) {
      const answer = getSecurityGroupRules(having({ "group-id": ids }), { parent });
      const found: Partial<GetSecurityGroupRulesResult> | undefined = await allowed(
        "ec2:DescribeSecurityGroupRules",
        answer,
      );
      const existing = found?.ids;
      if (existing === undefined || existing.length > MOST_RULES) return undefined;
      return (await Promise.all(existing.map(rule))).filter((one) => one !== undefined);
    },
    async stands(nameStart, subnetId) {
      const there = { description: [`ELB app/${nameStart}*`], "subnet-id": [subnetId] };
      const answer = getNetworkInterfaces(having(there), { parent });
      const found: Partial<GetNetworkInterfacesResult> | undefined = await allowed(
        "ec2:DescribeNetworkInterfaces",
        answer,
      );
      return found?.ids && found.ids.length > 0;
    },
  };
}
