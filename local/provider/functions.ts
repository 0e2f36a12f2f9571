import { Filter } from "../filters";
import { during } from "./awsCalls";
import { blocksOf, flagOf, Shape, textOf, textsOf } from "./properties";
import { Aws } from "./resourceType";
import { ec2Arn } from "./types/arns";
import { Properties } from "./values";

export interface CloudFunction {
  readonly token: string;
  readonly inputs: Shape;
  readonly outputs: Shape;
  invoke(args: Properties, aws: Aws): Promise<Properties>;
}

const FILTERS: Shape = {
  filters: {
    kind: "blocks",
    properties: {
      name: { kind: "string", required: true },
      values: { kind: "set", required: true },
    },
  },
};

const ID: Shape = { id: { kind: "string" } };
const REGION: Shape = { region: { kind: "string" } };

const getVpc: CloudFunction = {
  token: "aws:ec2/getVpc:getVpc",
  inputs: { ...ID, default: { kind: "boolean" }, ...FILTERS },
  outputs: {
    arn: { kind: "string" },
    cidrBlock: { kind: "string" },
    ownerId: { kind: "string" },
    state: { kind: "string" },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const filters = [...filtersOf(args), ...filter("vpc-id", textOf(args, "id"))];
    if (flagOf(args, "default")) {
      filters.push({ name: "is-default", values: ["true"] });
    }
    const found = await during(
      "reading EC2 VPC",
      calls.ec2("DescribeVpcs", () => ec2.describeVpcs(filters)),
    );
    const { vpcId, cidrBlock, isDefault } = only("EC2 VPC", found);
    return {
      id: vpcId,
      cidrBlock,
      default: isDefault,
      arn: ec2Arn(ec2, `vpc/${vpcId}`),
      ownerId: ec2.accountId,
      state: "available",
      region: ec2.region,
    };
  },
};

const getSubnet: CloudFunction = {
  token: "aws:ec2/getSubnet:getSubnet",
  inputs: ID,
  outputs: {
    arn: { kind: "string" },
    availabilityZone: { kind: "string" },
    availableIpAddressCount: { kind: "integer" },
    cidrBlock: { kind: "string" },
    defaultForAz: { kind: "boolean" },
    ownerId: { kind: "string" },
    state: { kind: "string" },
    vpcId: { kind: "string" },
    ...REGION,
  },
  async invoke(args, { ec2, calls }) {
    const filters = filter("subnet-id", textOf(args, "id"));
    const found = await during(
      "reading EC2 Subnet",
      calls.ec2("DescribeSubnets", () => ec2.describeSubnets(filters)),
    );
    const { subnetId, ...subnet } = only("EC2 Subnet", found);
    return {
      ...subnet,
      id: subnetId,
      arn: ec2Arn(ec2, `subnet/${subnetId}`),
      ownerId: ec2.accountId,
      state: "available",
      region: ec2.region,
    };
  },
};

const getSubnets: CloudFunction = {
  token: "aws:ec2/getSubnets:getSubnets",
  inputs: FILTERS,
  outputs: { ...ID, ids: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const found = await during(
      "reading EC2 Subnets",
      calls.ec2("DescribeSubnets", () => ec2.describeSubnets(filtersOf(args))),
    );
    const { region } = ec2;
    return { id: region, ids: found.map(({ subnetId }) => subnetId), region };
  },
};

const getInstances: CloudFunction = {
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
      ipv6Addresses: [],
      region: ec2.region,
    };
  },
};

const getAvailabilityZones: CloudFunction = {
  token: "aws:index/getAvailabilityZones:getAvailabilityZones",
  inputs: {
    state: { kind: "string", values: ["available", "information", "impaired", "unavailable"] },
  },
  outputs: { ...ID, names: { kind: "set" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const zones = await calls.ec2("DescribeAvailabilityZones", () => ec2.availabilityZones());
    const isAsked = (textOf(args, "state") ?? "available") === "available";
    return { id: ec2.region, names: isAsked ? zones : [], region: ec2.region };
  },
};

/** Every function that the local cloud plays. */
export const FUNCTIONS: readonly CloudFunction[] = [
  getVpc,
  getSubnets,
  getSubnet,
  getInstances,
  getAvailabilityZones,
];

export function cloudFunction(token: string): CloudFunction {
  const found = FUNCTIONS.find((one) => one.token === token);
  if (found === undefined) {
    const played = FUNCTIONS.map((one) => one.token).join(", ");
    throw new Error(`the local cloud does not play ${token}; it plays: ${played}`);
  }
  return found;
}

function filtersOf(args: Properties): Filter[] {
  return blocksOf(args, "filters").map((block) => ({
    name: textOf(block, "name") ?? "",
    values: textsOf(block, "values"),
  }));
}

function filter(name: string, value: string | undefined): Filter[] {
  return value === undefined ? [] : [{ name, values: [value] }];
}

/** The real provider's words, also for an id that does not exist: it drops AWS's own error. */
function only<T>(kind: string, found: readonly T[]): T {
  if (found.length === 1) {
    return found[0];
  }
  throw new Error(
    found.length === 0
      ? `no matching ${kind} found`
      : `multiple ${kind}s matched; use additional constraints to reduce matches to a single ${kind}`,
  );
}
