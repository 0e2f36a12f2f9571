/** A small model of an account, as far as a group asks about it. */
export interface Account {
  readonly vpcs: readonly {
    id: string;
    isDefault?: boolean;
    cidrBlocks: string[];
    ipv6CidrBlocks?: string[];
  }[];
  readonly subnets: readonly SubnetModel[];
  readonly instances: Readonly<Record<string, InstanceModel>>;
  readonly zones: readonly string[];
  /** The actions that the credentials lack. */
  readonly denied?: readonly string[];
}

interface SubnetModel {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly defaultForAz?: boolean;
}

interface InstanceModel {
  readonly zone: string;
  readonly vpcId?: string;
  readonly state?: string;
}

export const DEFAULT_VPC = "vpc-default";

/** A default VPC with a subnet in each of three zones, and two servers. */
export const ACCOUNT: Account = {
  vpcs: [
    {
      id: DEFAULT_VPC,
      isDefault: true,
      cidrBlocks: ["172.31.0.0/16"],
      ipv6CidrBlocks: ["2001:db8::/56"],
    },
  ],
  subnets: ["a", "b", "c"].map((letter) => ({
    id: `subnet-${letter}`,
    vpcId: DEFAULT_VPC,
    zone: `us-west-2${letter}`,
    defaultForAz: true,
  })),
  instances: { "i-1": { zone: "us-west-2a" }, "i-2": { zone: "us-west-2b" } },
  zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
};

/** How an invoke is answered. */
export type Answer = (token: string, inputs: Readonly<Record<string, unknown>>) => object;

/** What AWS's provider answers for an account; a function that the group does not know is an error. */
export function answersOf(account: Account): Answer {
  const answers: Record<string, { action: string; answer(inputs: Inputs): object }> = {
    "aws:ec2/getVpc:getVpc": { action: "ec2:DescribeVpcs", answer: (i) => vpc(account, i) },
    "aws:ec2/getSubnet:getSubnet": {
      action: "ec2:DescribeSubnets",
      answer: (i) => subnet(account, i),
    },
    "aws:ec2/getSubnets:getSubnets": {
      action: "ec2:DescribeSubnets",
      answer: (i) => ({ ids: subnets(account, i) }),
    },
    "aws:ec2/getInstances:getInstances": {
      action: "ec2:DescribeInstances",
      answer: (i) => ({ ids: instances(account, i) }),
    },
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
      action: "ec2:DescribeAvailabilityZones",
      answer: () => ({ names: account.zones }),
    },
  };
  return (token, inputs) => {
    const known = Object.hasOwn(answers, token) ? answers[token] : undefined;
    if (known === undefined) throw refusal(`unknown function ${token}`);
    if (account.denied?.includes(known.action) === true) {
      throw refusal(`operation error: UnauthorizedOperation: not authorized for ${known.action}`);
    }
    return known.answer(inputs);
  };
}

interface Inputs {
  readonly id?: string;
  readonly default?: boolean;
  readonly filters?: { name: string; values: string[] }[];
  readonly instanceStateNames?: string[];
}

function vpc({ vpcs }: Account, { id, default: isDefault }: Inputs): object {
  const found = vpcs.find((one) => (isDefault === true ? one.isDefault === true : one.id === id));
  if (found === undefined) throw refusal("no matching EC2 VPC found");
  return {
    id: found.id,
    cidrBlock: found.cidrBlocks[0],
    cidrBlockAssociations: found.cidrBlocks.map((cidrBlock) => ({ cidrBlock })),
    ipv6CidrBlockAssociations: found.ipv6CidrBlocks?.map((ipv6CidrBlock) => ({ ipv6CidrBlock })),
  };
}

function subnet(account: Account, { id }: Inputs): object {
  const found = account.subnets.find((one) => one.id === id);
  if (found === undefined) throw refusal("InvalidSubnetID.NotFound: no such subnet");
  return { id, vpcId: found.vpcId, availabilityZone: found.zone };
}

function subnets(account: Account, inputs: Inputs): string[] {
  return account.subnets
    .filter((one) =>
      passes(inputs, {
        "vpc-id": one.vpcId,
        "availability-zone": one.zone,
        "default-for-az": String(one.defaultForAz ?? false),
      }),
    )
    .map((one) => one.id);
}

function instances(account: Account, inputs: Inputs): string[] {
  return Object.entries(account.instances)
    .filter(([id, one]) => {
      const attributes = {
        "instance-id": id,
        "vpc-id": one.vpcId ?? DEFAULT_VPC,
        "availability-zone": one.zone,
      };
      const state = one.state ?? "running";
      return passes(inputs, attributes) && inputs.instanceStateNames?.includes(state) === true;
    })
    .map(([id]) => id);
}

/** EC2 takes at most 200 values in all filters of a call. */
const MOST_FILTER_VALUES = 200;

function passes({ filters = [] }: Inputs, attributes: Readonly<Record<string, string>>): boolean {
  if (filters.flatMap(({ values }) => values).length > MOST_FILTER_VALUES) {
    throw refusal("FilterLimitExceeded: too many filter values");
  }
  return filters.every(({ name, values }) => {
    if (!Object.hasOwn(attributes, name)) throw refusal(`unknown filter ${name}`);
    return values.includes(attributes[name]);
  });
}

/** An error as the engine reports it, with its text in `details`. */
function refusal(details: string): Error {
  return Object.assign(new Error(details), { details });
}
