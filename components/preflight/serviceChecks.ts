import * as pulumi from "@pulumi/pulumi";
import type { AwsChecks, Surroundings } from ".";
import type { LoadBalancedServiceArgs } from "../args";
import { Failed, type Problem } from "../checks";
import { certificateProblems } from "../listeners/awsChecks";
import {
  findPlacedRules,
  isFormerName,
  isServiceDeployed,
  priorityProblems,
  protocolProblems,
} from "../listeners/joined/awsChecks";
import type { JoinedListener } from "../listeners/joined/find";
import type { AwsLookups } from "../lookups";
import { ownerOf } from "../plan/owner";
import type { Network } from "../network/location";
import {
  openedGroupProblems,
  repeatedRuleProblems,
  securityGroupsProblems,
} from "../securityGroups/awsChecks";
import { findUnreachableTargets } from "../securityGroups/findUnreachable";
import { earlyText, valueIfKnown } from "../shared/previewValues";
import { quotaProblems, serviceUsages } from "./quotas";
import { autoScalingAdvice } from "../targetGroups/targets/instanceAwsChecks";
import { targetProblems } from "./targetChecks";

/** The checks of a service against AWS. */
export function serviceChecks(
  name: string,
  args: LoadBalancedServiceArgs,
  network: Network,
  listener: JoinedListener,
): AwsChecks {
  let placed: ReturnType<typeof findPlacedRules> | undefined;
  return { problems, advice, isDeployed };

  async function problems(aws: AwsLookups, where: Surroundings): Promise<Problem[]> {
    const certificates = Object.entries(args.certificateArns ?? {}).map(async ([key, arn]) =>
      certificateProblems(`certificateArns.${key}`, await earlyText(arn), aws),
    );
    const found = await Promise.all([
      ofListener(),
      rulesInPlace(aws).then((rules) => priorityProblems(name, rules)),
      targetProblems(args, network, aws, where),
      securityGroupsProblems(args, where.location, aws),
      loadBalancerGroups().then(([first]) => repeatedRules(first, aws)),
      openedGroup(aws),
      quotaProblems(serviceUsages(args), aws, where.location),
      ...certificates,
    ]);
    return found.flat();
  }

  async function repeatedRules(first: string | undefined, aws: AwsLookups): Promise<Problem[]> {
    return repeatedRuleProblems(ownerOf(name), args, first, aws, (owner) =>
      isFormerName(owner, args, aws),
    );
  }

  async function openedGroup(aws: AwsLookups): Promise<Problem[]> {
    const { loadBalancerSecurityGroupId: own } = args;
    const [id, found] = await Promise.all([
      valueIfKnown(pulumi.output(own)),
      valueIfKnown(listener.found),
    ]);
    if (id === undefined || found === undefined || Failed.isInstance(found)) return [];
    return openedGroupProblems(id, found.securityGroupIds, aws);
  }

  async function ofListener(): Promise<Problem[]> {
    const protocol = await valueIfKnown(listener.protocol);
    return Failed.isInstance(protocol) ? [] : protocolProblems(args, protocol);
  }

  async function advice(aws: AwsLookups, { location }: Surroundings): Promise<Problem[]> {
    const found = await Promise.all([
      findUnreachableTargets(args, location, await loadBalancerGroups(), aws),
      autoScalingAdvice(args, aws),
    ]);
    return found.flat();
  }

  /** The security groups of the load balancer, or the one in the arguments; none if they are unknown. */
  async function loadBalancerGroups(): Promise<string[]> {
    const { loadBalancerSecurityGroupId: own } = args;
    if (own !== undefined) {
      const id = await valueIfKnown(pulumi.output(own));
      return id === undefined ? [] : [id];
    }
    const found = await valueIfKnown(listener.found);
    return found === undefined || Failed.isInstance(found) ? [] : found.securityGroupIds;
  }

  async function isDeployed(aws: AwsLookups): Promise<boolean | undefined> {
    return isServiceDeployed(name, await rulesInPlace(aws));
  }

  function rulesInPlace(aws: AwsLookups) {
    return (placed ??= findPlacedRules(ownerOf(name), args, aws));
  }
}
