import type * as pulumi from "@pulumi/pulumi";
import type { AwsChecks, Surroundings } from ".";
import { adoptionProblems } from "../adoption/awsChecks";
import { Failed, type Problem } from "../checks";
import { certificatesProblems, trustStoreProblems } from "../listeners/awsChecks";
import { hostedZoneProblems } from "../listeners/domain/awsChecks";
import { webAclProblems } from "../loadBalancer/awsChecks";
import { logBucketAdvice, logBucketProblems } from "../logs/awsChecks";
import type { AwsLookups } from "../lookups";
import { locationProblems } from "../network/awsChecks";
import { furtherNetworkAdvice } from "../network/furtherNetworks";
import { internetGatewayProblems, routeAdvice } from "../network/internetAccess";
import type { Network } from "../network/location";
import { adoptedName, startOfNames } from "../plan/naming";
import { securityGroupsProblems } from "../securityGroups/awsChecks";
import { findUnreachable } from "../securityGroups/findUnreachable";
import { valueIfKnown } from "../shared/previewValues";
import type { Scope } from "../shared/scope";
import { usagesOf, quotaProblems } from "./quotas";
import { autoScalingAdvice } from "../targetGroups/targets/instanceAwsChecks";
import { targetProblems } from "./targetChecks";

/** The checks of a group against AWS. Those that need the location or the zones are left out if these are unknown. */
export function groupChecks(
  { name, args }: Scope,
  network: Network,
  securityGroupIds: pulumi.Output<string[]>,
): AwsChecks {
  const nameStart = adoptedName(args) ?? startOfNames(`${name}-alb`);
  return { problems, advice, isDeployed };

  async function problems(aws: AwsLookups, where: Surroundings): Promise<Problem[]> {
    const { location } = where;
    const located = location.then((known) =>
      known ? locationProblems(name, args, known, aws) : [],
    );
    const found = await Promise.all([
      located,
      targetProblems(args, network, aws, where),
      internetGatewayProblems(args, location, aws),
      securityGroupsProblems(args, location, aws),
      certificatesProblems(args, aws),
      trustStoreProblems(args, aws),
      quotaProblems(usagesOf(args), aws, location),
      adoptionProblems(args, location, aws),
      hostedZoneProblems(args, aws),
      logBucketProblems(args, aws),
      webAclProblems(args, aws),
    ]);
    return found.flat();
  }

  /** These are only warnings: the program may still add the missing rules and routes. */
  async function advice(aws: AwsLookups, { location }: Surroundings): Promise<Problem[]> {
    const findNetworks = () => valueIfKnown(network.networks());
    const found = await Promise.all([
      findUnreachable(args, location, securityGroupIds, aws, findNetworks),
      routeAdvice(args, location, aws),
      furtherNetworkAdvice(args, findNetworks),
      autoScalingAdvice(args, aws),
      logBucketAdvice(args, aws),
    ]);
    return found.flat();
  }

  /** Whether the load balancer existed before this deployment. */
  async function isDeployed(aws: AwsLookups): Promise<boolean | undefined> {
    const vpcId = await valueIfKnown(network.vpc);
    if (vpcId === undefined || Failed.isInstance(vpcId)) return undefined;
    return aws.hasLoadBalancerIn(nameStart, { vpcId });
  }
}
