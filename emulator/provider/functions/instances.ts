import { type NetworkInterface } from "../../ec2/networkInterfaces";
import { during } from "../awsCalls";
import { textOf, textsOf } from "../properties";
import { type Aws } from "../resourceType";
import { type Properties } from "../values";
import {
  type ProviderFunction,
  filter,
  FILTERS,
  filtersOf,
  ID,
  only,
  REGION,
} from "./providerFunction";

export const getInstances: ProviderFunction = {
  token: "aws:ec2/getInstances:getInstances",
  inputs: { ...FILTERS, instanceStateNames: { kind: "set" } },
  outputs: { ...ID, ids: { kind: "set" }, privateIps: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const states = textsOf(args, "instanceStateNames");
    const state = {
      name: "instance-state-name",
      values: states.length > 0 ? states : ["running"],
    };
    const found = await during(
      "reading EC2 Instances",
      calls.ec2("DescribeInstances", () => ec2.describeInstances([...filtersOf(args), state])),
    );
    return {
      id: ec2.region,
      ids: found.map(({ instanceId }) => instanceId),
      privateIps: found.map(({ privateIpAddress }) => privateIpAddress),
      publicIps: [],
      ipv6Addresses: found.flatMap(({ ipv6Address }) => ipv6Address ?? []),
      region: ec2.region,
    };
  },
};

/** Auto Scaling groups by name. Its token in Pulumi is not what it does. */
export const getAutoScalingGroups: ProviderFunction = {
  token: "aws:autoscaling/getAmiIds:getAmiIds",
  inputs: { names: { kind: "set" } },
  outputs: { ...ID, arns: { kind: "set" }, names: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, autoScaling, calls }) {
    const wanted = textsOf(args, "names");
    const found = await during(
      "reading Auto Scaling Groups",
      calls.autoScaling("DescribeAutoScalingGroups", () => autoScaling.describeGroups()),
    );
    const names = found
      .map(({ autoScalingGroupName }) => autoScalingGroupName)
      .filter((name) => wanted.length === 0 || wanted.includes(name))
      .sort();
    return { id: ec2.region, names, arns: [], region: ec2.region };
  },
};

export const getNetworkInterface: ProviderFunction = {
  token: "aws:ec2/getNetworkInterface:getNetworkInterface",
  inputs: { ...ID, ...FILTERS },
  outputs: {
    availabilityZone: { kind: "string" },
    description: { kind: "string" },
    privateIp: { kind: "string" },
    securityGroups: { kind: "set" },
    subnetId: { kind: "string" },
    vpcId: { kind: "string" },
    ...REGION,
  },
  async invoke(args, aws) {
    const kind = "EC2 Network Interface";
    const found = only(kind, await networkInterfaces(kind, args, aws));
    return {
      id: found.networkInterfaceId,
      availabilityZone: found.availabilityZone,
      description: found.description,
      privateIp: found.privateIpAddress,
      securityGroups: [...found.securityGroupIds],
      subnetId: found.subnetId,
      vpcId: found.vpcId,
      region: aws.ec2.region,
    };
  },
};

export const getNetworkInterfaces: ProviderFunction = {
  token: "aws:ec2/getNetworkInterfaces:getNetworkInterfaces",
  inputs: FILTERS,
  outputs: { ...ID, ids: { kind: "set" }, ...REGION },
  async invoke(args, aws) {
    const found = await networkInterfaces("EC2 Network Interfaces", args, aws);
    const { region } = aws.ec2;
    return { id: region, ids: found.map(({ networkInterfaceId }) => networkInterfaceId), region };
  },
};

function networkInterfaces(
  what: string,
  args: Properties,
  { ec2, calls }: Aws,
): Promise<NetworkInterface[]> {
  const filters = [...filtersOf(args), ...filter("network-interface-id", textOf(args, "id"))];
  return during(
    `reading ${what}`,
    calls.ec2("DescribeNetworkInterfaces", () => ec2.describeNetworkInterfaces(filters)),
  );
}
