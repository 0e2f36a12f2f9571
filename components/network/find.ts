import { getSubnet } from "@pulumi/aws/ec2/getSubnet";
import { getVpc } from "@pulumi/aws/ec2/getVpc";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import type { Gate } from "../gate/gate";
import { isMocked, numberAt, textAt, textsOfEach } from "../lookups/answers";
import { valueAt } from "../shared/guards";
import { findOrMissing, isMissing, type Lookups, type Missing } from "../lookups/lookups";
import { Failed, problemAt, type LookedUp } from "../checks";
import type { Network, Subnet } from "./location";
import { missingSubnet, subnetsInZones } from "./subnets";

/** The VPC and the subnets: those in the arguments, or the subnets of the zones in the arguments. */
export function findNetwork(args: LoadBalancedGroupArgs, lookups: Lookups, gate: Gate): Network {
  const zones = args.availabilityZones ?? [];
  const subnet = subnetCall(lookups);
  const vpc: LookedUp<string> =
    args.vpcId !== undefined
      ? pulumi.output(args.vpcId)
      : args.subnetIds === undefined
        ? pulumi.output(defaultVpc(args, lookups))
        : firstOf(args.subnetIds).apply((id) => vpcOfSubnet(id, lookups, subnet));
  const subnetIds: LookedUp<string[]> =
    args.subnetIds === undefined
      ? vpc.apply(async (id) => (Failed.isInstance(id) ? id : subnetsInZones(zones, id, lookups)))
      : pulumi.output(args.subnetIds);
  const zonesOfSubnets = args.subnetIds === undefined ? zones : undefined;
  return networkOf({ vpc, subnetIds, zones: zonesOfSubnets }, lookups, gate, subnet);
}

/** Where a load balancer is: its VPC, its subnets, and the zones if the subnets were looked up by them. */
interface Place {
  readonly vpc: LookedUp<string>;
  readonly subnetIds: LookedUp<string[]>;
  readonly zones?: readonly string[];
}

/** The network of a load balancer in a VPC and in subnets, either of which may still be unknown. */
export function networkOf(
  { vpc, subnetIds, zones }: Place,
  lookups: Lookups,
  gate: Gate,
  subnet = subnetCall(lookups),
): Network {
  const details = oncePerId((id) => findOrMissing(() => getVpc({ id }, lookups.options)));
  return {
    vpcId: gate.required(vpc),
    subnetIds: gate.required(subnetIds),
    vpc,
    subnets: () =>
      vpc.apply((vpcId) =>
        subnetIds.apply(async (ids) => {
          if (Failed.isInstance(vpcId) || Failed.isInstance(ids)) return [];
          const known = await findSubnets(ids, lookups, subnet);
          if (zones === undefined) return known;
          // The VPC and the zone of these subnets are known, because they were looked up by them.
          return ids.map((id, index): Subnet => {
            const told = known.find((one) => one.id === id);
            return { ...told, id, vpcId, availabilityZone: zones[index] };
          });
        }),
      ),
    networks: () =>
      vpc.apply(async (id) => {
        if (Failed.isInstance(id)) return [];
        const answer = await lookups.optional("vpc", () => details(id));
        return [...ipv4NetworksOf(answer), ...ipv6NetworksOf(answer)];
      }),
    cidrBlocks: () =>
      gate.required(
        vpc.apply(async (id) => {
          if (Failed.isInstance(id)) return id;
          return requiredOfVpc(id, lookups, details, (answer) => {
            const networks = ipv4NetworksOf(answer);
            return networks.length > 0 || isMocked() ? networks : undefined;
          });
        }),
      ),
    ipv6CidrBlock: () =>
      gate.required(
        vpc.apply(async (id) => {
          if (Failed.isInstance(id)) return id;
          const networks = await requiredOfVpc(id, lookups, details, (answer) => {
            const all = ipv6NetworksOf(answer);
            return all.length > 0 || isMocked() ? all : withoutIpv6(id);
          });
          return Failed.isInstance(networks) ? networks : networks.at(0);
        }),
      ),
  };
}

type Answer = object | Missing;
type Call = (id: string) => Promise<Answer>;

const subnetCall = (lookups: Lookups): Call =>
  oncePerId((id) => findOrMissing(() => getSubnet({ id }, lookups.options)));

/** Makes the call only once for each ID. */
function oncePerId(call: Call): Call {
  const answers = new Map<string, Promise<Answer>>();
  return (id) => {
    const answer = answers.get(id) ?? call(id);
    answers.set(id, answer);
    return answer;
  };
}

async function findSubnets(
  ids: readonly string[],
  lookups: Lookups,
  call: Call,
): Promise<Subnet[]> {
  const answers = ids.map((id) => findSubnet(id, lookups, call));
  return (await Promise.all(answers)).filter((one) => one !== undefined);
}

async function findSubnet(id: string, lookups: Lookups, call: Call): Promise<Subnet | undefined> {
  const answer = await lookups.optional("subnets", () => call(id));
  if (answer === undefined) return undefined;
  if (isMissing(answer)) return { id, missing: true };
  return {
    id,
    vpcId: textAt(answer, "vpcId"),
    availabilityZone: textAt(answer, "availabilityZone"),
    cidrBlock: textAt(answer, "cidrBlock"),
    ipv6CidrBlock: textAt(answer, "ipv6CidrBlock"),
    availableIpAddressCount: numberAt(answer, "availableIpAddressCount"),
    outpostArn: textAt(answer, "outpostArn"),
  };
}

/** The first subnet, which decides the VPC. The others may still be unknown. */
function firstOf(ids: pulumi.Input<pulumi.Input<string>[]>): pulumi.Output<string> {
  return Array.isArray(ids) ? pulumi.output(ids[0]) : pulumi.output(ids).apply(([first]) => first);
}

function vpcOfSubnet(id: string, lookups: Lookups, call: Call): Promise<string | Failed> {
  const purpose = { propertyPath: "vpcId", what: `the VPC of ${id}`, instead: "set vpcId" };
  return lookups.required(
    "subnets",
    purpose,
    () => call(id),
    (answer) => {
      if (isMissing(answer)) return new Failed([missingSubnet(id)]);
      // With mocks, the ID of the subnet is used as that of the VPC.
      return textAt(answer, "vpcId") ?? (isMocked() ? id : undefined);
    },
  );
}

function defaultVpc(
  { securityGroupIds }: LoadBalancedGroupArgs,
  lookups: Lookups,
): Promise<string | Failed> {
  const purpose = {
    propertyPath: "vpcId",
    what: "the default VPC",
    // The rules of a new security group need the networks of the VPC, for which the same call is made.
    instead: securityGroupIds === undefined ? "set vpcId and securityGroupIds" : "set vpcId",
  };
  return lookups.required(
    "vpc",
    purpose,
    () => findOrMissing(() => getVpc({ default: true }, lookups.options)),
    (answer) => {
      if (!isMissing(answer)) return textAt(answer, "id") ?? (isMocked() ? "default" : undefined);
      const reason =
        "vpcId is required, because this account has no default VPC in the region; " +
        "set vpcId, or subnetIds instead of availabilityZones";
      return new Failed([{ code: "required", propertyPath: "vpcId", reason }]);
    },
  );
}

function ipv4NetworksOf(vpc: Answer | undefined): string[] {
  const associated = textsOfEach(associatedWith(vpc, "cidrBlockAssociations"), "cidrBlock");
  const primary = textAt(vpc, "cidrBlock");
  return primary === undefined ? [] : [...new Set([primary, ...associated])];
}

function ipv6NetworksOf(vpc: Answer | undefined): string[] {
  return textsOfEach(associatedWith(vpc, "ipv6CidrBlockAssociations"), "ipv6CidrBlock");
}

/** The associations of CIDR blocks with a VPC, without those that are ending or have failed. */
function associatedWith(vpc: Answer | undefined, list: string): unknown[] {
  const associations = valueAt(vpc, list);
  if (!Array.isArray(associations)) return [];
  return associations.filter((one) => {
    const state = textAt(one, "state") ?? ASSOCIATED[0];
    return ASSOCIATED.includes(state);
  });
}

const ASSOCIATED = ["associated", "associating"];

function requiredOfVpc(
  id: string,
  lookups: Lookups,
  call: Call,
  read: (answer: Answer) => string[] | Failed | undefined,
): Promise<string[] | Failed> {
  const purpose = { propertyPath: "vpcId", what: `the CIDR blocks of ${id}` };
  return lookups.required(
    "vpc",
    purpose,
    () => call(id),
    (answer) => {
      if (!isMissing(answer)) return read(answer);
      const text =
        `there is no ${id} in this account and region; ` +
        "check the ID, the credentials and aws:region";
      return new Failed([problemAt("missing", "vpcId", text)]);
    },
  );
}

function withoutIpv6(id: string): Failed {
  const text =
    `${id} has no IPv6 CIDR block, which the security group rules for IPv6 clients or targets in the VPC need; ` +
    "associate one with the VPC, or set every ipAddressType to ipv4, also in target groups";
  return new Failed([problemAt("unsuitable", "vpcId", text)]);
}
