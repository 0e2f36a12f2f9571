import { IpAddressType, type LoadBalancedGroupArgs } from "../args";
import { adviceAt, problemAt, type Problem } from "../checks";
import type { AwsLookups } from "../lookups";
import type { NetworkLookups, Route } from "../lookups/network";
import { callsIdentityProviders } from "../plan/identityProviders";
import { needsSecondZone } from "../plan/regions";
import { earlyText, earlyTexts } from "../shared/previewValues";
import type { LoadBalancerLocation, Subnet } from "./location";

/** AWS refuses an internet-facing load balancer in a VPC without an internet gateway. */
export async function internetGatewayProblems(
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  aws: Pick<NetworkLookups, "hasInternetGateway">,
): Promise<Problem[]> {
  // A network that this program creates may get its internet gateway at the same time.
  if (args.internal === true || !(await isKnownEarly(args))) return [];
  const known = await location;
  if (known === undefined || !isInRegion(known.subnets)) return [];
  if ((await aws.hasInternetGateway(known.vpcId)) !== false) return [];
  const path = args.vpcId === undefined && args.subnetIds !== undefined ? "subnetIds" : "vpcId";
  const text =
    `${known.vpcId} has no internet gateway, which an internet-facing load balancer needs; attach one, or set ` +
    "internal to true; if this program creates the gateway, add it to the group's option dependsOn";
  return [problemAt("unsuitable", path, text)];
}

/** Whether the VPC and the subnets are known before anything is created. */
async function isKnownEarly({ vpcId, subnetIds }: LoadBalancedGroupArgs): Promise<boolean> {
  if (vpcId !== undefined && (await earlyText(vpcId)) === undefined) return false;
  const ids = await earlyTexts(subnetIds);
  return subnetIds === undefined || (ids.length > 0 && !ids.includes(undefined));
}

/** Local Zones, Wavelength Zones and Outposts may have gateways of other kinds. */
const isInRegion = (subnets: readonly Subnet[]) =>
  subnets.every(
    ({ availabilityZone: zone, outpostArn }) =>
      outpostArn === undefined && zone !== undefined && needsSecondZone(zone),
  );

/**
 * Which subnets have no route that clients on the internet, or calls of identity providers, need. These are only
 * warnings: AWS accepts such subnets, and the program may still add the routes.
 */
export async function routeAdvice(
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  aws: Pick<AwsLookups, "routes">,
): Promise<Problem[]> {
  const { internal = false, ipAddressType = IpAddressType.Ipv4 } = args;
  const isPublic = !internal;
  const hasPublicIpv4 = isPublic && ipAddressType !== IpAddressType.DualstackWithoutPublicIpv4;
  const calls = callsIdentityProviders(args) && !hasPublicIpv4;
  const known = isPublic || calls ? await location : undefined;
  if (known === undefined || !isInRegion(known.subnets)) return [];
  const path = args.subnetIds === undefined ? "availabilityZones" : "subnetIds";
  const found = known.subnets.map(async ({ id }) => {
    const routes = await aws.routes(id, known.vpcId);
    if (routes === undefined) return [];
    return [
      ...(isPublic && !routes.some(leadsFromInternet)
        ? [adviceAt("unsuitable", path, notPublic(id, path))]
        : []),
      ...(calls && !routes.some(leadsOut)
        ? [adviceAt("unsuitable", path, noProvider(id, path))]
        : []),
    ];
  });
  return (await Promise.all(found)).flat();
}

/** Requests may also come through a firewall or an appliance, which the route then leads to. */
const leadsFromInternet = ({ through = "" }: Route) => /^(igw|vpce|eni|i)-/.test(through);

/** Without a public IPv4 address, an internet gateway is of no use. Identity providers are called over IPv4. */
const leadsOut = ({ destination = "", through = "" }: Route) =>
  (destination === "0.0.0.0/0" || destination.startsWith("pl-")) && !through.startsWith("igw-");

type SubnetArgument = "availabilityZones" | "subnetIds";

/** Who lists zones has not chosen the subnets. */
const listed = (subnets: string, path: SubnetArgument) =>
  path === "subnetIds"
    ? `list ${subnets} instead`
    : `list ${subnets} in subnetIds (without availabilityZones)`;

const notPublic = (id: string, path: SubnetArgument) =>
  `${id} has no route to an internet gateway, so clients on the internet can't reach the load balancer there; ` +
  `${listed("public subnets", path)}, add the route, or set internal to true`;

const noProvider = (id: string, path: SubnetArgument) =>
  `${id} has no route to the internet through a NAT gateway, so a load balancer without public IPv4 addresses can't ` +
  "reach the identity provider of logins and tokens; let its route for 0.0.0.0/0 lead to a NAT gateway, or " +
  listed("subnets with such a route", path);
