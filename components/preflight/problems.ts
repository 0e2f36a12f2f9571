import type { LoadBalancedGroupArgs } from "../args";
import type { Problem } from "../checks";
import { adoptionProblems } from "../adoption/awsChecks";
import { certificatesProblems, trustStoreProblems } from "../listeners/awsChecks";
import { functionProblems } from "../targetGroups/targets/functionAwsChecks";
import { hostedZoneProblems } from "../listeners/domain/awsChecks";
import {
  autoScalingProblems,
  ipv6Problems,
  serverProblems,
} from "../targetGroups/targets/instanceAwsChecks";
import type { AwsLookups } from "../lookups";
import { usagesOf, quotaProblems } from "./quotas";
import { securityGroupsProblems } from "../securityGroups/awsChecks";
import { knownServers } from "../targetGroups/targets/instances";
import { internetGatewayProblems } from "../network/internetAccess";
import { locationProblems } from "../network/awsChecks";
import type { LoadBalancerLocation, LoadBalancerZones } from "../network/location";

/** Runs all checks against AWS. Checks that need the location or the zones are left out if these are unknown. */
export async function findProblems(
  name: string,
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  zones: Promise<LoadBalancerZones | undefined>,
  aws: AwsLookups,
  isDeployed: () => Promise<boolean | undefined>,
): Promise<Problem[]> {
  const located = location.then((known) => (known ? locationProblems(name, args, known, aws) : []));
  const servers = Promise.all([zones, knownServers(args)]).then(([where, known]) =>
    where
      ? serverProblems(new Map(known.map(({ id, path }) => [id, path])), where, aws, isDeployed)
      : [],
  );
  const found = await Promise.all([
    located,
    servers,
    internetGatewayProblems(args, location, aws),
    securityGroupsProblems(args, location, aws),
    certificatesProblems(args, aws),
    trustStoreProblems(args, aws),
    quotaProblems(usagesOf(args), aws, location),
    adoptionProblems(args, location, aws),
    ipv6Problems(args, aws),
    autoScalingProblems(args, aws),
    functionProblems(args, zones),
    hostedZoneProblems(args.domain, aws),
  ]);
  return found.flat();
}
