import { isIPv4, isIPv6 } from "node:net";
import { AwsError, type SecurityGroupRule } from "../aws";
import { type Filter, matching } from "./filters";
import { ec2Id } from "./ids";
import { egressToAnywhere, type SecurityGroup } from "../sampleAccount";

export type RuleContent = Omit<SecurityGroupRule, "securityGroupRuleId" | "groupId" | "isEgress">;

/** EC2's default quota, for each direction on its own. */
const MAXIMUM_RULES = 60;

/** The security groups of an account, and their rules. */
export class SecurityGroups {
  constructor(
    private readonly groups: SecurityGroup[],
    private readonly isInUse: (groupId: string) => boolean,
  ) {}

  describe(groupId: string): SecurityGroup {
    const found = this.groups.find((group) => group.groupId === groupId);
    if (found === undefined) {
      const message = `The security group '${groupId}' does not exist`;
      throw new AwsError("InvalidGroup.NotFound", message);
    }
    return found;
  }

  find(filters: readonly Filter[]): SecurityGroup[] {
    return matching(this.groups, filters, {
      "group-id": (group) => group.groupId,
      "group-name": (group) => group.groupName,
      "vpc-id": (group) => group.vpcId,
    });
  }

  findRules(filters: readonly Filter[]): SecurityGroupRule[] {
    const rules = this.groups.flatMap((group) => group.rules);
    return matching(rules, filters, {
      "group-id": (rule) => rule.groupId,
      "security-group-rule-id": (rule) => rule.securityGroupRuleId,
    });
  }

  create(input: { groupName: string; description: string; vpcId: string }): SecurityGroup {
    const { groupName, vpcId } = input;
    if (groupName.startsWith("sg-")) {
      const message = `Invalid security group name '${groupName}': it may not start with sg-`;
      throw new AwsError("InvalidParameterValue", message);
    }
    if (this.groups.some((group) => group.vpcId === vpcId && group.groupName === groupName)) {
      throw new AwsError(
        "InvalidGroup.Duplicate",
        `The security group '${groupName}' already exists for VPC '${vpcId}'`,
      );
    }
    const groupId = ec2Id("sg");
    const group = { ...input, groupId, rules: [egressToAnywhere(ec2Id("sgr"), groupId)] };
    this.groups.push(group);
    return group;
  }

  delete(groupId: string): void {
    const group = this.describe(groupId);
    if (group.groupName === "default") {
      throw new AwsError("CannotDelete", "the specified group: default name cannot be deleted");
    }
    if (this.isInUse(groupId) || this.isReferenced(groupId)) {
      throw new AwsError("DependencyViolation", `resource ${groupId} has a dependent object`);
    }
    this.groups.splice(this.groups.indexOf(group), 1);
  }

  authorize(groupId: string, isEgress: boolean, content: RuleContent): SecurityGroupRule {
    const group = this.describe(groupId);
    const checked = this.checked(content);
    this.refuseDuplicate(group, isEgress, checked);
    if (group.rules.filter((rule) => rule.isEgress === isEgress).length >= MAXIMUM_RULES) {
      throw new AwsError(
        "RulesPerSecurityGroupLimitExceeded",
        "The maximum number of rules per security group has been reached.",
      );
    }
    const rule = { ...checked, securityGroupRuleId: ec2Id("sgr"), groupId, isEgress };
    group.rules.push(rule);
    return rule;
  }

  describeRule(ruleId: string): SecurityGroupRule {
    for (const group of this.groups) {
      const found = group.rules.find((rule) => rule.securityGroupRuleId === ruleId);
      if (found !== undefined) {
        return found;
      }
    }
    throw new AwsError(
      "InvalidSecurityGroupRuleId.NotFound",
      `The security group rule ID '${ruleId}' does not exist`,
    );
  }

  modify(ruleId: string, content: RuleContent): SecurityGroupRule {
    const rule = this.describeRule(ruleId);
    const { groupId, isEgress } = rule;
    const group = this.describe(groupId);
    const checked = this.checked(content);
    const others = { ...group, rules: group.rules.filter((other) => other !== rule) };
    this.refuseDuplicate(others, isEgress, checked);
    const changed = { ...checked, securityGroupRuleId: ruleId, groupId, isEgress };
    group.rules[group.rules.indexOf(rule)] = changed;
    return changed;
  }

  revoke(ruleId: string): void {
    const rule = this.describeRule(ruleId);
    const { rules } = this.describe(rule.groupId);
    rules.splice(rules.indexOf(rule), 1);
  }

  private isReferenced(groupId: string): boolean {
    return this.groups.some(
      (group) =>
        group.groupId !== groupId && group.rules.some((rule) => rule.referencedGroupId === groupId),
    );
  }

  private checked(content: RuleContent): RuleContent {
    if (content.referencedGroupId !== undefined) {
      this.describe(content.referencedGroupId);
    }
    checkCidr(content.cidrIpv4, isIPv4, 32);
    checkCidr(content.cidrIpv6, isIPv6, 128);
    const { fromPort, toPort, ...rest } = content;
    // EC2 ignores the ports of a rule for all protocols.
    if (content.ipProtocol === "-1") {
      return rest;
    }
    if (["tcp", "udp"].includes(content.ipProtocol)) {
      checkPorts(fromPort, toPort);
    }
    return content;
  }

  private refuseDuplicate(group: SecurityGroup, isEgress: boolean, content: RuleContent): void {
    const identity = ruleIdentity(content);
    const duplicate = group.rules.find(
      (rule) => rule.isEgress === isEgress && ruleIdentity(rule) === identity,
    );
    if (duplicate !== undefined) {
      throw new AwsError(
        "InvalidPermission.Duplicate",
        `the specified rule "${identity}, ALLOW" already exists`,
      );
    }
  }
}

/** The description is no part of it: two rules that differ in nothing else are the same to EC2. */
function ruleIdentity(rule: RuleContent): string {
  const peer = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.referencedGroupId ?? rule.prefixListId ?? "";
  const ports =
    rule.fromPort === undefined
      ? ""
      : `, from port: ${rule.fromPort}, to port: ${rule.toPort ?? ""}`;
  return `peer: ${peer}, ${rule.ipProtocol === "-1" ? "ALL" : rule.ipProtocol.toUpperCase()}${ports}`;
}

function checkPorts(from: number | undefined, to: number | undefined): void {
  if (from === undefined || to === undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  if (from > to) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid TCP/UDP port range (${from}:${to}): the first port is above the last`,
    );
  }
}

function checkCidr(
  cidr: string | undefined,
  isAddress: (text: string) => boolean,
  bits: number,
): void {
  if (cidr === undefined) {
    return;
  }
  const [address, length, ...rest] = cidr.split("/");
  const isLength = /^\d{1,3}$/.test(length) && Number(length) <= bits;
  if (!isAddress(address) || !isLength || rest.length > 0) {
    throw new AwsError("InvalidParameterValue", `CIDR block ${cidr} is malformed`);
  }
}
