import { isDeepStrictEqual } from "node:util";
import type { SecurityGroupRule } from "../../aws";
import type { SecurityGroup } from "../../sampleAccount";
import type { RuleContent } from "../../ec2/securityGroups";
import { during } from "../awsCalls";
import {
  type BlockProperty,
  blocksOf,
  integerOf,
  type Shape,
  textOf,
  textsOf,
} from "../properties";
import type { Aws } from "../resourceType";
import type { Properties } from "../values";

/*
 * Rules that are written into their security group. Leaving them out is no change, as it is none to the
 * real provider.
 */

const RULES: BlockProperty = {
  kind: "blocks",
  computed: true,
  properties: {
    protocol: { kind: "string", required: true },
    fromPort: { kind: "integer", required: true },
    toPort: { kind: "integer", required: true },
    cidrBlocks: { kind: "set" },
    ipv6CidrBlocks: { kind: "set" },
    securityGroups: { kind: "set" },
    description: { kind: "string" },
  },
};

export const INLINE_RULES: Shape = { ingress: RULES, egress: RULES };

const DIRECTIONS = { ingress: "Ingress", egress: "Egress" } as const;

/** Makes the group's rules those of the inputs, one call for each rule that goes or comes. */
export async function updateInlineRules(
  groupId: string,
  olds: Properties,
  news: Properties,
  { ec2, calls }: Aws,
): Promise<void> {
  for (const [key, direction] of Object.entries(DIRECTIONS)) {
    if (news[key] === undefined) continue;
    const isEgress = direction === "Egress";
    const before = blocksOf(olds, key).flatMap(contentsOf);
    const after = blocksOf(news, key).flatMap(contentsOf);
    for (const { securityGroupRuleId, ...rule } of [...ec2.securityGroup(groupId).rules]) {
      if (rule.isEgress !== isEgress || !has(before, rule) || has(after, rule)) continue;
      const revoke = calls.ec2(`RevokeSecurityGroup${direction}`, () => {
        ec2.securityGroups.revoke(securityGroupRuleId);
      });
      await during(`updating Security Group (${groupId}) rules`, revoke);
    }
    for (const content of after.filter((rule) => !has(before, rule))) {
      const authorize = calls.ec2(`AuthorizeSecurityGroup${direction}`, () =>
        ec2.securityGroups.authorize(groupId, isEgress, content),
      );
      await during(`updating Security Group (${groupId}) rules`, authorize);
    }
  }
}

/** The rules as a state has them that was made with such rules, or that knows nothing yet: an import's. */
export function inlineRulesState(group: SecurityGroup, state: Properties): Properties {
  const rules: Properties = {};
  for (const [key, direction] of Object.entries(DIRECTIONS)) {
    if (state[key] === undefined && Object.keys(state).length > 0) continue;
    const existing = group.rules.filter(({ isEgress }) => isEgress === (direction === "Egress"));
    const kept = blocksOf(state, key).filter((block) =>
      contentsOf(block).every((content) => has(existing, content)),
    );
    const known = kept.flatMap(contentsOf);
    const others = existing.filter((rule) => !has(known, rule));
    rules[key] = [...kept, ...others.map(blockOf)];
  }
  return rules;
}

/** EC2 has a rule for each peer. */
function contentsOf(block: Properties): RuleContent[] {
  const ipProtocol = textOf(block, "protocol") ?? "-1";
  const ports = { fromPort: integerOf(block, "fromPort"), toPort: integerOf(block, "toPort") };
  const content = {
    ipProtocol,
    ...(ipProtocol === "-1" ? {} : ports),
    description: textOf(block, "description"),
  };
  return [
    ...textsOf(block, "cidrBlocks").map((cidrIpv4) => ({ ...content, cidrIpv4 })),
    ...textsOf(block, "ipv6CidrBlocks").map((cidrIpv6) => ({ ...content, cidrIpv6 })),
    ...textsOf(block, "securityGroups").map((referencedGroupId) => ({
      ...content,
      referencedGroupId,
    })),
  ];
}

function blockOf(rule: SecurityGroupRule): Properties {
  const { cidrIpv4, cidrIpv6, referencedGroupId, description } = rule;
  return {
    protocol: rule.ipProtocol,
    fromPort: rule.fromPort ?? 0,
    toPort: rule.toPort ?? 0,
    cidrBlocks: cidrIpv4 === undefined ? undefined : [cidrIpv4],
    ipv6CidrBlocks: cidrIpv6 === undefined ? undefined : [cidrIpv6],
    securityGroups: referencedGroupId === undefined ? undefined : [referencedGroupId],
    description,
  };
}

function has(rules: readonly RuleContent[], rule: RuleContent): boolean {
  const identity = identityOf(rule);
  return rules.some((one) => isDeepStrictEqual(identityOf(one), identity));
}

const identityOf = (rule: RuleContent) => [
  rule.ipProtocol,
  rule.fromPort,
  rule.toPort,
  rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.referencedGroupId,
];
