import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets";
import { getVpc } from "@pulumi/aws/ec2/getVpc";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import type { Gate } from "./gate";
import { isMocked, numberAt, textAt, textsAt, textsOfEach } from "./lookups/answers";
import { findOrMissing, isMissing, type Lookups, type Missing } from "./lookups/lookups";
import { Failed, type Problem } from "./rules";
import { regionsOf } from "./validation/regions";

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

/** A value that is looked up, or why it can't be. */
export type LookedUp<T> = pulumi.Output<T | Failed>;

/** Where the load balancer stands; what is a function asks AWS when it is called. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  /** The VPC, for checks, which go on when it can't be looked up. */
  readonly vpc: LookedUp<string>;
  /** The subnets, for checks; those of which AWS does not tell are left out. */
  readonly subnets: () => pulumi.Output<Subnet[]>;
  /** All networks of the VPC, for checks; none where AWS does not tell. */
  readonly networks: () => pulumi.Output<string[]>;
  /** The VPC's IPv4 networks, its primary one first; a unit test's mocks may tell none. */
  readonly cidrBlocks: () => pulumi.Output<string[]>;
  /** The first of the VPC's IPv6 networks; a unit test's mocks may tell none. */
  readonly ipv6CidrBlock: () => pulumi.Output<string | undefined>;
}

/** The VPC and the subnets that the arguments name, or those in the zones that they name. */
export function findNetwork(
  args: LoadBalancedGroupArgs,
  lookups: Lookups,
  gate: Gate,
  parent: pulumi.Resource,
): Network {
  const zones = args.availabilityZones ?? [];
  const subnet = once((id) => findOrMissing(() => getSubnet({ id }, { parent })));
  const details = once((id) => findOrMissing(() => getVpc({ id }, { parent })));
  const vpc: LookedUp<string> =
    args.vpcId !== undefined
      ? pulumi.output(args.vpcId)
      : args.subnetIds === undefined
        ? pulumi.output(defaultVpc(lookups, parent))
        : firstOf(args.subnetIds).apply((id) => vpcOfSubnet(id, lookups, subnet));
  const subnetIds: LookedUp<string[]> =
    args.subnetIds === undefined
      ? vpc.apply(async (id) =>
          Failed.isInstance(id) ? id : subnetsInZones(zones, id, lookups, parent),
        )
      : pulumi.output(args.subnetIds);
  return {
    vpcId: gate.needed(vpc),
    subnetIds: gate.needed(subnetIds),
    vpc,
    subnets: () =>
      vpc.apply((vpcId) =>
        subnetIds.apply(async (ids) => {
          if (Failed.isInstance(vpcId) || Failed.isInstance(ids)) return [];
          const known = await described(ids, lookups, subnet);
          if (args.subnetIds !== undefined) return known;
          // Subnets that were looked up lie where they were looked for, whatever else is told of them.
          return ids.map((id, index): Subnet => {
            const told = known.find((one) => one.id === id);
            return { ...told, id, vpcId, availabilityZone: zones[index] };
          });
        }),
      ),
    networks: () =>
      vpc.apply(async (id) => {
        if (Failed.isInstance(id)) return [];
        const answer = await lookups.wanted("ec2:DescribeVpcs", () => details(id));
        return [...ipv4NetworksOf(answer), ...ipv6NetworksOf(answer)];
      }),
    cidrBlocks: () =>
      gate.needed(
        vpc.apply(async (id) => {
          if (Failed.isInstance(id)) return id;
          return neededOfVpc(id, lookups, details, (answer) => {
            const networks = ipv4NetworksOf(answer);
            return networks.length > 0 || isMocked() ? networks : undefined;
          });
        }),
      ),
    ipv6CidrBlock: () =>
      gate.needed(
        vpc.apply(async (id) => {
          if (Failed.isInstance(id)) return id;
          const networks = await neededOfVpc(id, lookups, details, (answer) => {
            const all = ipv6NetworksOf(answer);
            return all.length > 0 || isMocked() ? all : withoutIpv6(id);
          });
          return Failed.isInstance(networks) ? networks : networks.at(0);
        }),
      ),
  };
}

type Answer = object | Missing;
type Ask = (id: string) => Promise<Answer>;

/** Asks about each id once. */
function once(ask: Ask): Ask {
  const answers = new Map<string, Promise<Answer>>();
  return (id) => {
    const answer = answers.get(id) ?? ask(id);
    answers.set(id, answer);
    return answer;
  };
}

async function described(ids: readonly string[], lookups: Lookups, ask: Ask): Promise<Subnet[]> {
  const answers = ids.map((id) => describe(id, lookups, ask));
  return (await Promise.all(answers)).filter((one) => one !== undefined);
}

async function describe(id: string, lookups: Lookups, ask: Ask): Promise<Subnet | undefined> {
  const answer = await lookups.wanted("ec2:DescribeSubnets", () => ask(id));
  if (answer === undefined) return undefined;
  if (isMissing(answer)) return { id, missing: true };
  return {
    id,
    vpcId: textAt(answer, "vpcId"),
    availabilityZone: textAt(answer, "availabilityZone"),
    cidrBlock: textAt(answer, "cidrBlock"),
    ipv6CidrBlock: textAt(answer, "ipv6CidrBlock"),
    availableIpAddressCount: numberAt(answer, "availableIpAddressCount"),
  };
}

/** Looked up by the first subnet alone, so that another one which is not known yet does not hide it. */
function firstOf(ids: pulumi.Input<pulumi.Input<string>[]>): pulumi.Output<string> {
  return Array.isArray(ids) ? pulumi.output(ids[0]) : pulumi.output(ids).apply(([first]) => first);
}

function vpcOfSubnet(id: string, lookups: Lookups, ask: Ask): Promise<string | Failed> {
  const purpose = { propertyPath: "vpcId", what: `the VPC of ${id}`, instead: "pass vpcId" };
  return lookups.needed(
    "ec2:DescribeSubnets",
    purpose,
    () => ask(id),
    (answer) => {
      if (isMissing(answer)) return new Failed([missingSubnet(id)]);
      // Then the subnet stands for its VPC.
      return textAt(answer, "vpcId") ?? (isMocked() ? id : undefined);
    },
  );
}

export function missingSubnet(id: string): Problem {
  const reason =
    `subnetIds: there is no ${id} in this account and region; ` +
    "check the id, the credentials and aws:region";
  return { propertyPath: "subnetIds", reason };
}

function defaultVpc(lookups: Lookups, parent: pulumi.Resource): Promise<string | Failed> {
  const purpose = {
    propertyPath: "vpcId",
    what: "the default VPC",
    instead: "pass vpcId",
  };
  return lookups.needed(
    "ec2:DescribeVpcs",
    purpose,
    () => findOrMissing(() => getVpc({ default: true }, { parent })),
    (answer) => {
      if (!isMissing(answer)) return textAt(answer, "id") ?? (isMocked() ? "default" : undefined);
      const reason =
        "vpcId is required, since this account has no default VPC in the region; " +
        "name the VPC, or the subnets in subnetIds";
      return new Failed([{ propertyPath: "vpcId", reason }]);
    },
  );
}

function ipv4NetworksOf(vpc: Answer | undefined): string[] {
  const associated = textsOfEach(vpc, "cidrBlockAssociations", "cidrBlock");
  const primary = textAt(vpc, "cidrBlock");
  return primary === undefined ? [] : [...new Set([primary, ...associated])];
}

function ipv6NetworksOf(vpc: Answer | undefined): string[] {
  return textsOfEach(vpc, "ipv6CidrBlockAssociations", "ipv6CidrBlock");
}

function neededOfVpc(
  id: string,
  lookups: Lookups,
  ask: Ask,
  read: (answer: Answer) => string[] | Failed | undefined,
): Promise<string[] | Failed> {
  const purpose = { propertyPath: "vpcId", what: `the networks of ${id}` };
  return lookups.needed(
    "ec2:DescribeVpcs",
    purpose,
    () => ask(id),
    (answer) => {
      if (!isMissing(answer)) return read(answer);
      const reason =
        `vpcId: there is no ${id} in this account and region; ` +
        "check the id, the credentials and aws:region";
      return new Failed([{ propertyPath: "vpcId", reason }]);
    },
  );
}

function withoutIpv6(id: string): Failed {
  const reason =
    `vpcId: ${id} has no IPv6 block, which security group rules for IPv6 need; associate one with ` +
    "the VPC, or set ipAddressType to ipv4";
  return new Failed([{ propertyPath: "vpcId", reason }]);
}

/** One subnet of each zone; every zone that has none is reported at once. */
async function subnetsInZones(
  zones: readonly string[],
  vpcId: string,
  lookups: Lookups,
  parent: pulumi.Resource,
): Promise<string[] | Failed> {
  const found = await Promise.all(zones.map((zone) => subnetInZone(zone, vpcId, lookups, parent)));
  const failures = found.filter((one) => Failed.isInstance(one));
  if (failures.length > 0) return new Failed(failures.flatMap(({ problems }) => problems));
  return found.filter((one) => typeof one === "string");
}

/** The one subnet of a zone, or its default subnet where there are several. */
async function subnetInZone(
  zone: string,
  vpcId: string,
  lookups: Lookups,
  parent: pulumi.Resource,
): Promise<string | Failed> {
  const purpose = {
    propertyPath: "availabilityZones",
    what: `the subnet of ${zone} in ${vpcId}`,
    instead: "name one for each zone in subnetIds",
  };
  const find = (...also: Filter[]) => {
    const filters = [
      { name: "vpc-id", values: [vpcId] },
      { name: "availability-zone", values: [zone] },
      ...also,
    ];
    return lookups.needed(
      "ec2:DescribeSubnets",
      purpose,
      () => getSubnets({ filters }, { parent }),
      // Then the zone stands for its subnet.
      (answer) => textsAt(answer, "ids") ?? (isMocked() ? [zone] : undefined),
    );
  };
  const ids = await find();
  if (Failed.isInstance(ids)) return ids;
  const choice = ids.length > 1 ? await find(DEFAULT_FOR_ZONE) : ids;
  if (Failed.isInstance(choice)) return choice;
  if (choice.length === 1) return choice[0];
  const fault =
    ids.length === 0
      ? await withoutSubnet(zone, vpcId, lookups, parent)
      : `the zone ${zone} has ${ids.length} subnets in ${vpcId}, none of them its default ` +
        `(${ids.join(", ")}); name one for each zone in subnetIds instead`;
  return new Failed([{ propertyPath: "availabilityZones", reason: `availabilityZones: ${fault}` }]);
}

/** Why a zone has no subnet: a zone of another region has none, nor has one that does not exist. */
async function withoutSubnet(
  zone: string,
  vpcId: string,
  lookups: Lookups,
  parent: pulumi.Resource,
): Promise<string> {
  const action = "ec2:DescribeAvailabilityZones";
  const answer = await lookups.wanted(action, () => getAvailabilityZones({}, { parent }));
  const zones = textsAt(answer, "names") ?? [];
  const region = regionsOf(zones).at(0);
  const own = regionsOf([zone]).at(0);
  if (region === undefined || own === undefined || zones.includes(zone)) {
    return (
      `the zone ${zone} has no subnet in ${vpcId}; make one there, choose a zone that has one, or ` +
      "pass subnets that this program makes as subnetIds"
    );
  }
  if (own !== region) {
    return (
      `the zone ${zone} lies in another region than ${region}, where AWS is asked; set aws:region to ` +
      `${own}, or choose zones of ${region}: ${zones.join(", ")}`
    );
  }
  return `there is no zone ${zone} for this account; choose among ${zones.join(", ")}`;
}

interface Filter {
  readonly name: string;
  readonly values: string[];
}

const DEFAULT_FOR_ZONE: Filter = { name: "default-for-az", values: ["true"] };
