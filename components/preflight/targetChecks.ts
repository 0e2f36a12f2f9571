import type { Surroundings } from ".";
import type { LoadBalancedGroupArgs } from "../args";
import type { Problem } from "../checks";
import type { AwsLookups } from "../lookups";
import type { Network } from "../network/location";
import { valueIfKnown } from "../shared/previewValues";
import { addressProblems } from "../targetGroups/targets/addressAwsChecks";
import { functionProblems } from "../targetGroups/targets/functionAwsChecks";
import {
  autoScalingProblems,
  ipv6Problems,
  serverProblems,
} from "../targetGroups/targets/instanceAwsChecks";
import { knownServers } from "../targetGroups/targets/instances";

/** The problems of the targets. */
export async function targetProblems(
  args: LoadBalancedGroupArgs,
  network: Network,
  aws: AwsLookups,
  { zones, isDeployed }: Surroundings,
): Promise<Problem[]> {
  const servers = Promise.all([zones, knownServers(args)]).then(([where, known]) =>
    where
      ? serverProblems(new Map(known.map(({ id, path }) => [id, path])), where, aws, isDeployed)
      : [],
  );
  const found = await Promise.all([
    servers,
    ipv6Problems(args, aws),
    autoScalingProblems(args, aws),
    functionProblems(args, zones),
    addressProblems(args, () => valueIfKnown(network.networks())),
  ]);
  return found.flat();
}
