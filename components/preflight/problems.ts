import { adoptedName } from "../adoption";
import { IpAddressType, TargetType, type LoadBalancedGroupArgs } from "../args";
import { knownBefore, listKnownBefore } from "../known";
import { startOfNames } from "../naming";
import type { Subnet } from "../network";
import type { Problem } from "../rules";
import { plannedGroups } from "../targetGroups";
import { adoptionProblems } from "./adoption";
import { certificateProblems } from "./certificates";
import { functionProblems } from "./functions";
import { hostedZoneProblems } from "./hostedZones";
import { ipv6Problems } from "./ipv6Servers";
import { serverProblems, type Span } from "./placement";
import type { AwsLookups } from "../lookups";
import { demandsOf, quotaProblems } from "./quotas";
import { securityGroupProblems, type NamedGroup } from "./securityGroupProblems";
import { knownServers } from "./servers";
import { isCrowded, subnetProblems, subnetsWithoutIpv6 } from "./subnetProblems";
import { trustStoreProblems } from "./trustStores";

/** Where the load balancer stands. */
export interface Place {
  readonly vpcId: string;
  readonly subnets: Subnet[];
}

/** All that AWS knows to be wrong; without a place or a span, unknown at preview, all the rest. */
export async function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  place: Promise<Place | undefined>,
  span: Promise<Span | undefined>,
  ask: AwsLookups,
): Promise<Problem[]> {
  const placed = place.then((known) => (known ? placeProblems(name, args, known, ask) : []));
  const servers = Promise.all([span, knownServers(args)]).then(([where, known]) =>
    where ? serverProblems(new Map(known.map(({ id, path }) => [id, path])), where, ask) : [],
  );
  const found = await Promise.all([
    placed,
    servers,
    securityGroups(args, place, ask),
    certificates(args, ask),
    trustStoreProblems(args, ask),
    quotaProblems(demandsOf(args), ask),
    adoptionProblems(args, place, ask),
    ipv6Problems(args, ask),
    functionProblems(args, span),
    hostedZoneProblems(args.domain, ask),
  ]);
  return found.flat();
}

async function placeProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  { vpcId, subnets }: Place,
  ask: AwsLookups,
): Promise<Problem[]> {
  const { ipAddressType = IpAddressType.Ipv4 } = args;
  const path = args.subnetIds === undefined ? "availabilityZones" : "subnetIds";
  const nameStart = adoptedName(args) ?? startOfNames(`${name}-alb`);
  const crowded = await crowdedFor(nameStart, subnets, ask);
  const single = ipAddressType === IpAddressType.Ipv4 ? [] : subnetsWithoutIpv6(subnets, path);
  return [...subnetProblems(vpcId, subnets, crowded, path), ...single];
}

async function certificates(args: LoadBalancedGroupArgs, ask: AwsLookups): Promise<Problem[]> {
  const { certificateArn, additionalCertificateArns = {} } = args;
  const named = Object.entries(additionalCertificateArns).map(
    ([key, arn]) => [`additionalCertificateArns.${key}`, arn] as const,
  );
  const judged = [["certificateArn", certificateArn] as const, ...named].map(async ([path, arn]) =>
    certificateProblems(path, await knownBefore(arn), ask),
  );
  return (await Promise.all(judged)).flat();
}

/** The subnets without enough addresses for a load balancer, unless it stands there already. */
async function crowdedFor(
  nameStart: string,
  subnets: readonly Subnet[],
  ask: AwsLookups,
): Promise<Subnet[]> {
  const judged = subnets.filter(isCrowded).map(async (subnet) => {
    const stands = await ask.stands(nameStart, subnet.id);
    return stands === false ? [subnet] : [];
  });
  return (await Promise.all(judged)).flat();
}

async function securityGroups(
  args: LoadBalancedGroupArgs,
  place: Promise<Place | undefined>,
  ask: AwsLookups,
): Promise<Problem[]> {
  const given = await listKnownBefore(args.securityGroupIds);
  // Targets outside the VPC have their security groups outside of it too.
  const anywhere = plannedGroups(args).some(
    ({ settings }) => settings.targetType === TargetType.Ip,
  );
  const named: NamedGroup[] = [
    ...given.flatMap((id, index) =>
      id === undefined ? [] : [{ id, propertyPath: `securityGroupIds[${index}]` }],
    ),
    ...(args.targetSecurityGroupIds ?? []).map((id, index) => ({
      id,
      propertyPath: `targetSecurityGroupIds[${index}]`,
      anywhere,
    })),
  ];
  if (named.length === 0) return [];
  const homes = await ask.homes([...new Set(named.map(({ id }) => id))]);
  return homes ? securityGroupProblems(named, (await place)?.vpcId, homes) : [];
}
