import { type GetSubnetResult, getSubnet } from "@pulumi/aws/ec2/getSubnet";
import { type GetSubnetsResult, getSubnets } from "@pulumi/aws/ec2/getSubnets";
import { type GetVpcResult, getVpc } from "@pulumi/aws/ec2/getVpc";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import { refusal, type Problem } from "./rules";

/*
 * In a unit test a mock runtime answers the questions asked here, often with nothing in its answers.
 * So results are taken as partial ones, and what is missing is passed on as missing.
 */

/** What is known of a subnet; nothing but its id where AWS does not know it. */
export interface Subnet {
  readonly id: string;
  readonly missing?: boolean;
  readonly vpcId?: string;
  readonly availabilityZone?: string;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly availableIpAddressCount?: number;
}

/** Gives an answer, or nothing where the action that it needs is not permitted. */
export type Allowed = <T>(action: string, answer: Promise<T>) => Promise<T | undefined>;

/** Where the load balancer stands; what is a function asks AWS when it is called. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly subnets: (allowed: Allowed) => pulumi.Output<Subnet[]>;
  /** All networks of the VPC; none where they may not be asked for, or a mock answers. */
  readonly networks: (allowed: Allowed) => pulumi.Output<string[]>;
  /** The VPC's IPv4 networks, its primary one first. */
  readonly cidrBlocks: () => pulumi.Output<string[]>;
  /** The first of the VPC's IPv6 networks. */
  readonly ipv6CidrBlock: () => pulumi.Output<string | undefined>;
}

/** The VPC and the subnets that the arguments name, or those in the zones that they name. */
export function findNetwork(
  name: string,
  args: LoadBalancedGroupArgs,
  parent: pulumi.Resource,
): Network {
  const zones = args.availabilityZones ?? [];
  const describe = describing(parent);
  const vpcId = pulumi.output(
    args.vpcId ?? vpcOfFirstSubnet(name, args, describe) ?? defaultVpc(name, parent),
  );
  const subnetIds = pulumi.output(
    args.subnetIds ?? vpcId.apply((vpc) => subnetsInZones(name, zones, vpc, parent)),
  );
  let found: Promise<Partial<GetVpcResult>> | undefined;
  const vpc = (id: string) => (found ??= foundVpc(name, id, parent));
  return {
    vpcId,
    subnetIds,
    subnets: (allowed) =>
      args.subnetIds === undefined
        ? pulumi
            .all([vpcId, subnetIds])
            .apply(([vpc, ids]) => lookedUp(vpc, ids, zones, allowed, describe))
        : subnetIds.apply((ids) => described(ids, allowed, describe)),
    networks: (allowed) =>
      vpcId.apply(async (id) => {
        const known = await allowed("ec2:DescribeVpcs", vpc(id));
        return known === undefined ? [] : [...cidrBlocksOf(known), ...ipv6CidrBlocksOf(known)];
      }),
    cidrBlocks: () => vpcId.apply(vpc).apply(cidrBlocksOf),
    ipv6CidrBlock: () =>
      vpcId.apply(vpc).apply((known): string | undefined => ipv6CidrBlocksOf(known)[0]),
  };
}

type Describe = (id: string) => Promise<Subnet>;

/** Subnets that were looked up lie where they were looked for, whatever else is permitted to be known. */
async function lookedUp(
  vpcId: string,
  ids: string[],
  zones: string[],
  allowed: Allowed,
  describe: Describe,
): Promise<Subnet[]> {
  const known = await described(ids, allowed, describe);
  return ids.map((id, index) => {
    const details = known.find((one) => one.id === id);
    return { ...details, id, vpcId, availabilityZone: zones[index] };
  });
}

async function described(ids: string[], allowed: Allowed, describe: Describe): Promise<Subnet[]> {
  const answers = ids.map((id) => allowed("ec2:DescribeSubnets", describe(id)));
  return (await Promise.all(answers)).filter((subnet) => subnet !== undefined);
}

/** Asks about each subnet once. */
function describing(parent: pulumi.Resource): Describe {
  const known = new Map<string, Promise<Subnet>>();
  return (id) => {
    const answer = known.get(id) ?? describe(id, parent);
    known.set(id, answer);
    return answer;
  };
}

async function describe(id: string, parent: pulumi.Resource): Promise<Subnet> {
  try {
    const subnet: Partial<GetSubnetResult> = await getSubnet({ id }, { parent });
    const { vpcId, availabilityZone, cidrBlock, ipv6CidrBlock, availableIpAddressCount } = subnet;
    return { id, vpcId, availabilityZone, cidrBlock, ipv6CidrBlock, availableIpAddressCount };
  } catch (error) {
    if (!/NotFound|no matching/i.test(String(error))) throw error;
    return { id, missing: true };
  }
}

/** Looked up by the first subnet alone, so that another one which is not known yet does not hide it. */
function vpcOfFirstSubnet(
  name: string,
  { subnetIds }: LoadBalancedGroupArgs,
  describe: Describe,
): pulumi.Output<string> | undefined {
  if (subnetIds === undefined) return undefined;
  const first = Array.isArray(subnetIds)
    ? pulumi.output(subnetIds[0])
    : pulumi.output(subnetIds).apply((ids) => ids[0]);
  return first.apply(async (id) => {
    const { missing = false, vpcId } = await describe(id);
    if (missing) throw refusal(name, [missingSubnet(id)]);
    // Only a mock answers without a VPC; then the subnet stands for it.
    return vpcId ?? id;
  });
}

export function missingSubnet(id: string): Problem {
  const reason =
    `subnetIds: there is no ${id} in this account and region; ` +
    "check the id, the credentials and aws:region";
  return { propertyPath: "subnetIds", reason };
}

async function defaultVpc(name: string, parent: pulumi.Resource): Promise<string> {
  try {
    return (await getVpc({ default: true }, { parent })).id;
  } catch (error) {
    if (!/no matching/i.test(String(error))) throw error;
    const reason =
      "vpcId is required, since this account has no default VPC in the region; " +
      "name the VPC, or the subnets in subnetIds";
    throw refusal(name, [{ propertyPath: "vpcId", reason }]);
  }
}

function cidrBlocksOf(vpc: Partial<GetVpcResult>): string[] {
  const { cidrBlock, cidrBlockAssociations = [] } = vpc;
  const associated = cidrBlockAssociations.map((association) => association.cidrBlock);
  return cidrBlock === undefined ? [] : [...new Set([cidrBlock, ...associated])];
}

function ipv6CidrBlocksOf({ ipv6CidrBlockAssociations = [] }: Partial<GetVpcResult>): string[] {
  return ipv6CidrBlockAssociations.map(({ ipv6CidrBlock }) => ipv6CidrBlock);
}

async function foundVpc(
  name: string,
  id: string,
  parent: pulumi.Resource,
): Promise<Partial<GetVpcResult>> {
  try {
    return await getVpc({ id }, { parent });
  } catch (error) {
    if (!/NotFound|no matching/i.test(String(error))) throw error;
    const reason =
      `vpcId: there is no ${id} in this account and region; ` +
      "check the id, the credentials and aws:region";
    throw refusal(name, [{ propertyPath: "vpcId", reason }]);
  }
}

/** One subnet of each zone; every zone that has none is reported at once. */
async function subnetsInZones(
  name: string,
  zones: string[],
  vpcId: string,
  parent: pulumi.Resource,
): Promise<string[]> {
  const problems: Problem[] = [];
  const found = await Promise.all(
    zones.map((zone) =>
      subnetInZone(zone, vpcId, parent, (fault) => {
        const reason = `availabilityZones: the zone ${zone} ${fault}`;
        problems.push({ propertyPath: "availabilityZones", reason });
      }),
    ),
  );
  if (problems.length > 0) throw refusal(name, problems);
  return found.filter((id) => id !== undefined);
}

/** The one subnet of a zone, or its default subnet where there are several. */
async function subnetInZone(
  zone: string,
  vpcId: string,
  parent: pulumi.Resource,
  report: (fault: string) => void,
): Promise<string | undefined> {
  const ids = await subnetsOf(vpcId, zone, parent);
  // Only a mock answers without ids; then the zone stands for its subnet.
  if (ids === undefined) return zone;
  const choice = ids.length > 1 ? await subnetsOf(vpcId, zone, parent, DEFAULT_FOR_ZONE) : ids;
  if (choice?.length === 1) return choice.join();
  report(
    ids.length === 0
      ? `has no subnet in ${vpcId}; make one there, or choose a zone that has one`
      : `has ${ids.length} subnets in ${vpcId}, none of them its default (${ids.join(", ")}); ` +
          "name one for each zone in subnetIds instead",
  );
  return undefined;
}

const DEFAULT_FOR_ZONE = { name: "default-for-az", values: ["true"] };

async function subnetsOf(
  vpcId: string,
  zone: string,
  parent: pulumi.Resource,
  ...also: { name: string; values: string[] }[]
): Promise<string[] | undefined> {
  const filters = [
    { name: "vpc-id", values: [vpcId] },
    { name: "availability-zone", values: [zone] },
    ...also,
  ];
  const { ids }: Partial<GetSubnetsResult> = await getSubnets({ filters }, { parent });
  return ids;
}
