import { missingSubnet } from "./subnets";
import { adviceAt, problemAt, type Problem } from "../checks";
import { IpAddressType, type LoadBalancedGroupArgs } from "../args";
import { adoptedName, startOfNames } from "../plan/naming";
import type { AwsLookups } from "../lookups";
import { needsSecondZone } from "../plan/regions";
import type { LoadBalancerLocation, Subnet } from "./location";

const MAX_NETMASK_LENGTH = 27;
const MIN_FREE_ADDRESSES = 8;

/** Subnets that were looked up are reported under the zones that they were looked up in. */
type SubnetsPath = "subnetIds" | "availabilityZones";

/** Whether a subnet has too few free addresses for a new load balancer. */
const hasTooFewAddresses = ({
  availableIpAddressCount: free = MIN_FREE_ADDRESSES,
}: Subnet): boolean => free < MIN_FREE_ADDRESSES;

/** The problems of the load balancer's VPC and subnets. */
export async function locationProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  { vpcId, subnets }: LoadBalancerLocation,
  aws: AwsLookups,
): Promise<Problem[]> {
  const { ipAddressType = IpAddressType.Ipv4 } = args;
  const path = args.subnetIds === undefined ? "availabilityZones" : "subnetIds";
  const nameStart = adoptedName(args) ?? startOfNames(`${name}-alb`);
  const tooFull = await subnetsTooFull(nameStart, subnets, aws);
  const single = ipAddressType === IpAddressType.Ipv4 ? [] : subnetsWithoutIpv6(subnets, path);
  return [
    ...subnetProblems(vpcId, subnets, tooFull, path),
    ...smallSubnets(subnets, path),
    ...single,
  ];
}

/** The subnets without enough free addresses, except those where the load balancer exists already. */
async function subnetsTooFull(
  nameStart: string,
  subnets: readonly Subnet[],
  aws: AwsLookups,
): Promise<Subnet[]> {
  const checked = subnets.filter(hasTooFewAddresses).map(async (subnet) => {
    const isThere = await aws.hasLoadBalancerIn(nameStart, { subnetId: subnet.id });
    return isThere === false ? [subnet] : [];
  });
  return (await Promise.all(checked)).flat();
}

/**
 * The problems of the subnets. A load balancer has one subnet in each zone, all in one VPC. `tooFull` are the
 * subnets with too few free addresses.
 */
export function subnetProblems(
  vpcId: string,
  subnets: readonly Subnet[],
  tooFull: readonly Subnet[],
  propertyPath: SubnetsPath,
): Problem[] {
  const problems = subnets.filter(({ missing }) => missing).map(({ id }) => missingSubnet(id));
  const report = (text: string) => {
    problems.push(problemAt("unsuitable", propertyPath, text));
  };
  const byZone = new Map<string, string>();
  for (const subnet of subnets) {
    const { id, vpcId: own, availabilityZone: zone } = subnet;
    if (own !== undefined && own !== vpcId) {
      report(`${id} is in ${own}, but the load balancer is in ${vpcId}; use a subnet in ${vpcId}`);
    }
    if (tooFull.includes(subnet)) report(fewAddresses(subnet));
    if (zone === undefined) continue;
    const other = byZone.get(zone);
    if (other === undefined) byZone.set(zone, id);
    else report(`${other} and ${id} are both in ${zone}; use only one of them`);
  }
  const known = subnets.every(({ availabilityZone }) => availabilityZone !== undefined);
  const standsAlone = subnets.length === 1 && !subnets.some(needsSecondSubnet);
  if (known && subnets.length > 0 && byZone.size < 2 && !standsAlone) {
    report(`all subnets are in ${[...byZone.keys()].join()}; add a subnet in another zone`);
  }
  return problems;
}

/** A load balancer may be in a single subnet of a Local Zone, of a Wavelength Zone or on an Outpost. */
function needsSecondSubnet({ availabilityZone: zone = "", outpostArn }: Subnet): boolean {
  return outpostArn === undefined && needsSecondZone(zone);
}

/** The problems of subnets without IPv6 addresses, which a dualstack load balancer needs. */
function subnetsWithoutIpv6(subnets: readonly Subnet[], propertyPath: SubnetsPath): Problem[] {
  return subnets
    .filter(({ cidrBlock, ipv6CidrBlock }) => cidrBlock !== undefined && !ipv6CidrBlock)
    .map(({ id }) =>
      problemAt(
        "unsuitable",
        propertyPath,
        `${id} has no IPv6 CIDR block, which a dualstack load balancer needs; associate one with it, or ` +
          "set ipAddressType to ipv4",
      ),
    );
}

function fewAddresses({ id, availabilityZone, availableIpAddressCount: free = 0 }: Subnet): string {
  return (
    `${id} has ${free} free IP addresses, but a load balancer needs ${MIN_FREE_ADDRESSES}; free some, or list ` +
    "one subnet for each zone in subnetIds (without availabilityZones), with another one for " +
    (availabilityZone ?? "this zone")
  );
}

/** Which subnets are smaller than AWS recommends: without free addresses the load balancer can't grow. */
function smallSubnets(subnets: readonly Subnet[], propertyPath: SubnetsPath): Problem[] {
  return subnets
    .filter(({ cidrBlock }) => Number(cidrBlock?.split("/")[1]) > MAX_NETMASK_LENGTH)
    .map(({ id, cidrBlock = "" }) =>
      adviceAt(
        "unsuitable",
        propertyPath,
        `${id} has the CIDR block ${cidrBlock}, but AWS recommends /${MAX_NETMASK_LENGTH} or larger, so that the load ` +
          `balancer can grow; if you can, ${propertyPath === "subnetIds" ? "use a larger subnet" : "list larger subnets in subnetIds (without availabilityZones)"}`,
      ),
    );
}
