import { given, type Shape, textOf } from "../properties";
import type { Aws, ResourceType } from "../resourceType";
import { listener } from "../types/listener";
import { listenerRule } from "../types/listenerRule";
import { loadBalancer } from "../types/loadBalancer";
import { targetGroup } from "../types/targetGroup";
import type { Properties } from "../values";
import { type ProviderFunction, ID, REGION } from "./providerFunction";

/*
 * Elastic Load Balancing's resources, looked up by ARN. The real functions find by name
 * or tags too, which is not supported.
 */

export const getLoadBalancer = byArn("LoadBalancer", loadBalancer);
export const getListener = byArn("Listener", listener);
export const getListenerRule = byArn("ListenerRule", listenerRule);
export const getTargetGroup = byArn(
  "TargetGroup",
  targetGroup,
  { loadBalancerArns: { kind: "set" } },
  (arn, { elb }) => ({
    loadBalancerArns: elb.loadBalancersOf(arn).map(({ loadBalancerArn }) => loadBalancerArn),
  }),
);

export const getTrustStore: ProviderFunction = {
  token: "aws:lb/getTrustStore:getTrustStore",
  inputs: { arn: { kind: "string", required: true } },
  outputs: { ...ID, name: { kind: "string" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const arn = given(textOf(args, "arn"), "arn");
    const found = await calls.elb("DescribeTrustStores", () => ec2.findTrustStore(arn));
    if (found === undefined) throw new Error("no matching ELBv2 Trust Store found");
    return { arn, id: arn, name: arn.split("/")[1], region: ec2.region };
  },
};

function byArn(
  what: string,
  type: ResourceType,
  further: Shape = {},
  furtherOf: (arn: string, aws: Aws) => Properties = () => ({}),
): ProviderFunction {
  return {
    token: `aws:lb/get${what}:get${what}`,
    inputs: { arn: { kind: "string", required: true } },
    outputs: { ...ID, ...type.inputs, ...type.outputs, ...further },
    async invoke(args, aws) {
      const arn = given(textOf(args, "arn"), "arn");
      const found = await type.read(arn, {}, aws);
      if (found === undefined) {
        throw new Error(
          `reading ELBv2 ${what.replace(/(?=[A-Z])/g, " ").trim()}s: couldn't find resource`,
        );
      }
      return { ...found, ...furtherOf(arn, aws), id: arn };
    },
  };
}
