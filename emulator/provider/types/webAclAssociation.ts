import { during, unlessGone } from "../awsCalls";
import { given, type Shape, textOf } from "../properties";
import { type ResourceType } from "../resourceType";

const INPUTS: Shape = {
  resourceArn: { kind: "string", required: true, forceNew: true },
  webAclArn: { kind: "string", required: true, forceNew: true },
};

const GONE = "WAFNonexistentItemException";

export const webAclAssociation: ResourceType = {
  token: "aws:wafv2/webAclAssociation:WebAclAssociation",
  inputs: INPUTS,
  outputs: { region: { kind: "string" } },

  async create(inputs, { ec2, calls }) {
    const webAclArn = given(textOf(inputs, "webAclArn"), "webAclArn");
    const resourceArn = given(textOf(inputs, "resourceArn"), "resourceArn");
    const id = `${webAclArn},${resourceArn}`;
    const associate = () =>
      calls.waf("AssociateWebACL", () => {
        ec2.webAcls.associate(webAclArn, resourceArn);
      });
    await during(
      `creating WAFv2 WebACL Association (${id})`,
      calls.repeated("WAFUnavailableEntityException", associate),
    );
    return { id };
  },

  async read(id, _state, { ec2, calls }) {
    const resourceArn = resourceOf(id);
    const found = await calls.waf("GetWebACLForResource", () => ec2.webAcls.find(resourceArn));
    return found && { resourceArn, webAclArn: found.arn, region: ec2.region };
  },

  update: () => Promise.resolve(),

  async delete(id, _state, { ec2, calls }) {
    const disassociate = calls.waf("DisassociateWebACL", () => {
      ec2.webAcls.disassociate(resourceOf(id));
    });
    await during(`deleting WAFv2 WebACL Association (${id})`, unlessGone(GONE, disassociate));
  },
};

const resourceOf = (id: string) => id.split(",")[1] ?? "";
