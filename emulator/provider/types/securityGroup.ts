import { type SecurityGroup } from "../../sampleAccount";
import { physicalName } from "../autoname";
import { during, unlessGone } from "../awsCalls";
import { COMPUTED_TAGS, flagOf, type Shape, TAGS, textOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { ec2Arn } from "../../ec2/ids";
import { INLINE_RULES, inlineRulesState, updateInlineRules } from "./inlineRules";
import { createTagged, tagState, updateTags } from "./tagged";

const INPUTS: Shape = {
  name: { kind: "string", computed: true, forceNew: true, fault: nameFault },
  namePrefix: { kind: "string", computed: true, forceNew: true },
  description: {
    kind: "string",
    default: "Managed by Pulumi",
    forceNew: true,
    fault: descriptionFault,
  },
  vpcId: { kind: "string", computed: true, forceNew: true },
  revokeRulesOnDelete: { kind: "boolean", default: false },
  ...INLINE_RULES,
  ...TAGS,
};

export const securityGroup: ResourceType = {
  token: "aws:ec2/securityGroup:SecurityGroup",
  inputs: INPUTS,
  outputs: { arn: { kind: "string" }, ownerId: { kind: "string" }, ...COMPUTED_TAGS },
  longestName: 255,

  async create(inputs, aws) {
    const { ec2, calls } = aws;
    const groupName = physicalName(inputs);
    const description = textOf(inputs, "description") ?? "";
    const vpcId = textOf(inputs, "vpcId");
    const create = createTagged(
      aws,
      inputs,
      () => ec2.createSecurityGroup({ groupName, description, vpcId }),
      (group) => group.groupId,
    );
    const { groupId } = await during(
      `creating Security Group (${groupName})`,
      calls.ec2("CreateSecurityGroup", create),
    );
    const finish = async () => {
      await revokeAll(groupId, "revoking default egress", aws);
      await updateInlineRules(groupId, {}, inputs, aws);
    };
    return { id: groupId, finish };
  },

  async read(id, state, aws) {
    const { ec2, calls } = aws;
    const found = await unlessGone(
      "InvalidGroup.NotFound",
      calls.ec2("DescribeSecurityGroups", () => ec2.securityGroup(id)),
    );
    const revokeRulesOnDelete = flagOf(state, "revokeRulesOnDelete");
    return (
      found && {
        ...stateOf(found, aws),
        ...inlineRulesState(found, state),
        revokeRulesOnDelete,
        ...tagState(id, aws),
      }
    );
  },

  async update(id, olds, news, aws) {
    await updateTags(id, olds, news, aws, "ec2");
    await updateInlineRules(id, olds, news, aws);
  },

  async delete(id, state, aws) {
    const { ec2, calls, tags } = aws;
    if (flagOf(state, "revokeRulesOnDelete")) {
      await revokeAll(id, "revoking rules", aws);
    }
    const remove = () =>
      calls.ec2("DeleteSecurityGroup", () => {
        ec2.securityGroups.delete(id);
      });
    await during(
      `deleting Security Group (${id})`,
      unlessGone("InvalidGroup.NotFound", calls.repeated("DependencyViolation", remove)),
    );
    tags.forget(id);
  },
};

/** A new group has AWS's rule that lets everything out; the real provider takes it away at once. */
async function revokeAll(id: string, action: string, { ec2, calls }: Aws): Promise<void> {
  for (const { securityGroupRuleId, isEgress } of [...ec2.securityGroup(id).rules]) {
    const operation = isEgress ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress";
    const revoke = calls.ec2(operation, () => {
      ec2.securityGroups.revoke(securityGroupRuleId);
    });
    await during(`${action} of Security Group (${id})`, revoke);
  }
}

function stateOf(group: SecurityGroup, { ec2 }: Aws): Properties {
  return {
    arn: ec2Arn(ec2, `security-group/${group.groupId}`),
    ownerId: ec2.accountId,
    name: group.groupName,
    description: group.description,
    vpcId: group.vpcId,
  };
}

function nameFault(name: string): string | undefined {
  if (name.toLowerCase().startsWith("sg-")) {
    return `not to begin with "sg-", got ${name}`;
  }
  return name.length > 255 ? "to have at most 255 characters" : undefined;
}

function descriptionFault(description: string): string | undefined {
  const isPlayed = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(description);
  return isPlayed ? undefined : `to have 1 to 255 of EC2's characters, got ${description}`;
}
