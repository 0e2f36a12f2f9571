import { type SecurityGroupRule } from "../../aws";
import { type RuleContent } from "../../ec2/securityGroups";
import { during, unlessGone } from "../awsCalls";
import { COMPUTED_TAGS, given, integerOf, type Shape, TAGS, textOf } from "../properties";
import { type Aws, type Failure, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { ec2Arn } from "../../ec2/ids";
import { createTagged, tagState, updateTags } from "./tagged";

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const INPUTS: Shape = {
  securityGroupId: { kind: "string", required: true, forceNew: true },
  ipProtocol: { kind: "string", required: true },
  fromPort: { kind: "integer", range: [-1, 65535] },
  toPort: { kind: "integer", range: [-1, 65535] },
  cidrIpv4: { kind: "string" },
  cidrIpv6: { kind: "string" },
  prefixListId: { kind: "string" },
  referencedSecurityGroupId: { kind: "string" },
  description: { kind: "string" },
  ...TAGS,
};

export const securityGroupIngressRule = ruleType("Ingress");
export const securityGroupEgressRule = ruleType("Egress");

function ruleType(direction: "Ingress" | "Egress"): ResourceType {
  return {
    token: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    inputs: INPUTS,
    outputs: {
      arn: { kind: "string" },
      securityGroupRuleId: { kind: "string" },
      ...COMPUTED_TAGS,
    },

    check: checkPeers,

    replacing: otherPeers,

    async create(inputs, aws) {
      const { ec2, calls } = aws;
      const groupId = given(textOf(inputs, "securityGroupId"), "securityGroupId");
      const create = createTagged(
        aws,
        inputs,
        () => ec2.securityGroups.authorize(groupId, direction === "Egress", contentOf(inputs)),
        (rule) => rule.securityGroupRuleId,
      );
      const rule = await during(
        "creating VPC Security Group Rule",
        calls.ec2(`AuthorizeSecurityGroup${direction}`, create),
      );
      return { id: rule.securityGroupRuleId };
    },

    async read(id, _state, aws) {
      const { ec2, calls } = aws;
      const found = await unlessGone(
        "InvalidSecurityGroupRuleId.NotFound",
        calls.ec2("DescribeSecurityGroupRules", () => ec2.securityGroups.describeRule(id)),
      );
      return found && { ...stateOf(found, aws), ...tagState(id, aws) };
    },

    async update(id, olds, news, aws) {
      const { ec2, calls } = aws;
      await updateTags(id, olds, news, aws, "ec2");
      const content = contentOf(news);
      if (JSON.stringify(content) !== JSON.stringify(contentOf(olds))) {
        await during(
          `updating VPC Security Group Rule (${id})`,
          calls.ec2("ModifySecurityGroupRules", () => ec2.securityGroups.modify(id, content)),
        );
      }
    },

    async delete(id, _state, { ec2, calls, tags }) {
      const revoke = calls.ec2(`RevokeSecurityGroup${direction}`, () => {
        ec2.securityGroups.revoke(id);
      });
      await during(
        `deleting VPC Security Group Rule (${id})`,
        unlessGone("InvalidSecurityGroupRuleId.NotFound", revoke),
      );
      tags.forget(id);
    },
  };
}

function contentOf(properties: Properties): RuleContent {
  return {
    ipProtocol: protocolOf(properties),
    fromPort: integerOf(properties, "fromPort"),
    toPort: integerOf(properties, "toPort"),
    cidrIpv4: textOf(properties, "cidrIpv4"),
    cidrIpv6: textOf(properties, "cidrIpv6"),
    prefixListId: textOf(properties, "prefixListId"),
    referencedGroupId: textOf(properties, "referencedSecurityGroupId"),
    description: textOf(properties, "description"),
  };
}

function protocolOf(properties: Properties): string {
  const protocol = given(textOf(properties, "ipProtocol"), "ipProtocol").toLowerCase();
  return protocol === "all" ? "-1" : protocol;
}

function stateOf(rule: SecurityGroupRule, { ec2 }: Aws): Properties {
  return {
    arn: ec2Arn(ec2, `security-group-rule/${rule.securityGroupRuleId}`),
    securityGroupRuleId: rule.securityGroupRuleId,
    securityGroupId: rule.groupId,
    ipProtocol: rule.ipProtocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    cidrIpv4: rule.cidrIpv4,
    cidrIpv6: rule.cidrIpv6,
    prefixListId: rule.prefixListId,
    referencedSecurityGroupId: rule.referencedGroupId,
    description: rule.description,
  };
}

/** EC2 changes a peer to another of its kind only. */
function otherPeers(olds: Properties, news: Properties): string[] {
  const [before, after] = [olds, news].map((one) =>
    PEERS.filter((peer) => one[peer] !== undefined),
  );
  return before.join() === after.join() ? [] : [...before, ...after];
}

function checkPeers(inputs: Properties): Failure[] {
  const count = PEERS.filter((peer) => inputs[peer] !== undefined).length;
  return count === 1
    ? []
    : [
        {
          property: "",
          reason: `${count} attributes specified when one (and only one) of [${PEERS.join(",")}] is required`,
        },
      ];
}
