import { given, integerOf, type Shape, textOf } from "../properties";
import type { Aws, ResourceType } from "../resourceType";
import { listener } from "../types/listener";
import { listenerRule } from "../types/listenerRule";
import { loadBalancer } from "../types/loadBalancer";
import { targetGroup } from "../types/targetGroup";
import type { Properties } from "../values";
import { type ProviderFunction, ID, REGION } from "./providerFunction";

/*
 * Elastic Load Balancing's resources, looked up by ARN or by what else makes each unique. The real functions
 * find by tags too, which is not supported.
 */

export const getLoadBalancer = lookup("LoadBalancer", loadBalancer, {
  keys: { name: { kind: "string" } },
  find: (args, { elb }) => elb.findLoadBalancer(given(textOf(args, "name"), "name")),
});

export const getListener = lookup("Listener", listener, {
  keys: { loadBalancerArn: { kind: "string" }, port: { kind: "integer" } },
  find: (args, { elb }) =>
    elb.findListener(
      given(textOf(args, "loadBalancerArn"), "loadBalancerArn"),
      given(integerOf(args, "port"), "port"),
    ),
});

export const getListenerRule = lookup("ListenerRule", listenerRule, {
  keys: { listenerArn: { kind: "string" }, priority: { kind: "integer" } },
  find: (args, { elb }) =>
    elb.findRule(
      given(textOf(args, "listenerArn"), "listenerArn"),
      given(integerOf(args, "priority"), "priority"),
    ),
});

export const getTargetGroup = lookup(
  "TargetGroup",
  targetGroup,
  {
    keys: { name: { kind: "string" } },
    find: (args, { elb }) => elb.findTargetGroup(given(textOf(args, "name"), "name")),
  },
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

/** What else than the ARN finds a resource. */
interface Key {
  readonly keys: Shape;
  readonly find: (args: Properties, aws: Aws) => string | undefined;
}

function lookup(
  what: string,
  type: ResourceType,
  { keys, find }: Key,
  further: Shape = {},
  furtherOf: (arn: string, aws: Aws) => Properties = () => ({}),
): ProviderFunction {
  const words = what.replace(/(?=[A-Z])/g, " ").trim();
  const describe = `Describe${what === "ListenerRule" ? "Rule" : what}s`;
  return {
    token: `aws:lb/get${what}:get${what}`,
    inputs: { arn: { kind: "string" }, ...keys },
    outputs: { ...ID, ...type.inputs, ...type.outputs, ...further },
    async invoke(args, aws) {
      const { calls } = aws;
      const arn = textOf(args, "arn") ?? (await calls.elb(describe, () => find(args, aws)));
      const found = arn === undefined ? undefined : await type.read(arn, {}, aws);
      if (arn === undefined || found === undefined) {
        throw new Error(`reading ELBv2 ${words}s: couldn't find resource`);
      }
      return { ...found, ...furtherOf(arn, aws), arn, id: arn };
    },
  };
}
