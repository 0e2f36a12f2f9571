import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import type { Problem } from "../checks";
import type { AwsLookups } from "../lookups";
import { furtherNetworkAdvice } from "../network/furtherNetworks";
import { routeAdvice } from "../network/internetAccess";
import type { LoadBalancerLocation, Network } from "../network/location";
import { findUnreachable } from "../securityGroups/findUnreachable";
import { autoScalingAdvice } from "../targetGroups/targets/instanceAwsChecks";
import { valueIfKnown } from "../shared/previewValues";

/**
 * Finds what keeps requests from their targets, although AWS accepts it. These are only warnings: the program may
 * still add the missing rules and routes.
 */
export async function findAdvice(
  args: LoadBalancedGroupArgs,
  network: Network,
  location: Promise<LoadBalancerLocation | undefined>,
  securityGroupIds: pulumi.Output<string[]>,
  aws: AwsLookups,
): Promise<Problem[]> {
  const findNetworks = () => valueIfKnown(network.networks());
  const found = await Promise.all([
    findUnreachable(args, location, securityGroupIds, aws, findNetworks),
    routeAdvice(args, location, aws),
    furtherNetworkAdvice(args, findNetworks),
    autoScalingAdvice(args, aws),
  ]);
  return found.flat();
}
