import type { LoadBalancedGroupArgs } from "../args";
import type { Problem } from "../checks";
import { adoptionProblems } from "../adoption/awsChecks";
import { certificatesProblems, trustStoreProblems } from "../listeners/awsChecks";
import { functionProblems } from "../targetGroups/targets/functionAwsChecks";
import { hostedZoneProblems } from "../listeners/domain/awsChecks";
import { ipv6Problems } from "../targetGroups/targets/ipv6AwsChecks";
import { serverProblems } from "../targetGroups/targets/instanceAwsChecks";
import type { AwsLookups } from "../lookups";
import { demandsOf, quotaProblems } from "./quotas";
import { securityGroupsProblems } from "../securityGroups/awsChecks";
import { knownServers } from "../targetGroups/targets/instances";
import { locationProblems } from "../network/awsChecks";
import type { LoadBalancerLocation, SpannedZones } from "../network/location";

/** All that AWS knows to be wrong; without a place or a span, unknown at preview, all the rest. */
export async function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  place: Promise<LoadBalancerLocation | undefined>,
  span: Promise<SpannedZones | undefined>,
  aws: AwsLookups,
): Promise<Problem[]> {
  const placed = place.then((known) => (known ? locationProblems(name, args, known, aws) : []));
  const servers = Promise.all([span, knownServers(args)]).then(([where, known]) =>
    where ? serverProblems(new Map(known.map(({ id, path }) => [id, path])), where, aws) : [],
  );
  const found = await Promise.all([
    placed,
    servers,
    securityGroupsProblems(args, place, aws),
    certificatesProblems(args, aws),
    trustStoreProblems(args, aws),
    quotaProblems(demandsOf(args), aws),
    adoptionProblems(args, place, aws),
    ipv6Problems(args, aws),
    functionProblems(args, span),
    hostedZoneProblems(args.domain, aws),
  ]);
  return found.flat();
}
