import { during } from "../awsCalls";
import { textOf } from "../properties";
import { ec2Arn } from "../../ec2/ids";
import {
  type ProviderFunction,
  filter,
  FILTERS,
  filtersOf,
  ID,
  only,
  REGION,
} from "./providerFunction";

export const getSecurityGroups: ProviderFunction = {
  token: "aws:ec2/getSecurityGroups:getSecurityGroups",
  inputs: FILTERS,
  outputs: {
    ...ID,
    arns: { kind: "set" },
    ids: { kind: "set" },
    vpcIds: { kind: "set" },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const found = await during(
      "reading EC2 Security Groups",
      calls.ec2("DescribeSecurityGroups", () => ec2.securityGroups.find(filtersOf(args))),
    );
    return {
      id: ec2.region,
      arns: found.map(({ groupId }) => ec2Arn(ec2, `security-group/${groupId}`)),
      ids: found.map(({ groupId }) => groupId),
      vpcIds: found.map(({ vpcId }) => vpcId),
      region: ec2.region,
    };
  },
};

export const getSecurityGroupRules: ProviderFunction = {
  token: "aws:vpc/getSecurityGroupRules:getSecurityGroupRules",
  inputs: FILTERS,
  outputs: { ...ID, ids: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const found = await during(
      "reading Security Group Rules",
      calls.ec2("DescribeSecurityGroupRules", () => ec2.securityGroups.findRules(filtersOf(args))),
    );
    const ids = found.map(({ securityGroupRuleId }) => securityGroupRuleId);
    return { id: ec2.region, ids, region: ec2.region };
  },
};

export const getSecurityGroupRule: ProviderFunction = {
  token: "aws:vpc/getSecurityGroupRule:getSecurityGroupRule",
  inputs: { securityGroupRuleId: { kind: "string" }, ...FILTERS },
  outputs: {
    ...ID,
    arn: { kind: "string" },
    cidrIpv4: { kind: "string" },
    cidrIpv6: { kind: "string" },
    description: { kind: "string" },
    fromPort: { kind: "integer" },
    ipProtocol: { kind: "string" },
    isEgress: { kind: "boolean" },
    prefixListId: { kind: "string" },
    referencedSecurityGroupId: { kind: "string" },
    securityGroupId: { kind: "string" },
    tags: { kind: "map" },
    toPort: { kind: "integer" },
    ...REGION,
  },
  async invoke(args, { ec2, calls, tags }) {
    const byId = filter("security-group-rule-id", textOf(args, "securityGroupRuleId"));
    const found = await during(
      "reading Security Group Rules",
      calls.ec2("DescribeSecurityGroupRules", () =>
        ec2.securityGroups.findRules([...filtersOf(args), ...byId]),
      ),
    );
    const rule = only("Security Group Rule", found);
    const { securityGroupRuleId, groupId, referencedGroupId, fromPort = -1, toPort = -1 } = rule;
    return {
      id: securityGroupRuleId,
      securityGroupRuleId,
      securityGroupId: groupId,
      arn: ec2Arn(ec2, `security-group-rule/${securityGroupRuleId}`),
      isEgress: rule.isEgress,
      ipProtocol: rule.ipProtocol,
      // EC2 answers so for a rule of all protocols.
      fromPort,
      toPort,
      cidrIpv4: rule.cidrIpv4,
      cidrIpv6: rule.cidrIpv6,
      referencedSecurityGroupId: referencedGroupId,
      prefixListId: rule.prefixListId,
      description: rule.description,
      tags: { ...tags.of(securityGroupRuleId) },
      region: ec2.region,
    };
  },
};
