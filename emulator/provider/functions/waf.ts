import { given, textOf } from "../properties";
import { type ProviderFunction, ID, REGION } from "./providerFunction";

/** A web ACL, by its name. The real function also finds that of a resource, which is not supported. */
export const getWebAcl: ProviderFunction = {
  token: "aws:wafv2/getWebAcl:getWebAcl",
  inputs: {
    name: { kind: "string", required: true },
    scope: { kind: "string", required: true, values: ["REGIONAL"] },
  },
  outputs: { ...ID, arn: { kind: "string" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const name = given(textOf(args, "name"), "name");
    const arn = await calls.waf("ListWebACLs", () => ec2.webAcls.named(name));
    if (arn === undefined) throw new Error(`WAFv2 WebACL not found for name: ${name}`);
    await calls.waf("GetWebACL", () => arn);
    return { name, scope: "REGIONAL", arn, id: arn.split("/")[3], region: ec2.region };
  },
};
