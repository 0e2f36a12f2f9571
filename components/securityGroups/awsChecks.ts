import { problemAt, type Problem } from "../checks";
import { TargetType, type LoadBalancedGroupArgs } from "../args";
import type { AwsLookups } from "../lookups";
import type { LoadBalancerLocation } from "../network/location";
import { earlyTexts } from "../shared/previewValues";
import { plannedGroups } from "../plan/targetGroups";

/** A security group that is named in the arguments, and where. */
export interface NamedGroup {
  readonly id: string;
  readonly propertyPath: string;
  /** Whether it may lie in another VPC, as targets outside the group's may. */
  readonly anywhere?: boolean;
}

/** What is wrong with the security groups that are named. */
export async function securityGroupsProblems(
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  aws: AwsLookups,
): Promise<Problem[]> {
  const given = await earlyTexts(args.securityGroupIds);
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
  const vpcs = await aws.vpcBySecurityGroup([...new Set(named.map(({ id }) => id))]);
  return vpcs ? securityGroupProblems(named, (await location)?.vpcId, vpcs) : [];
}

/** Which of the groups do not exist, or do not lie in the VPC, given the VPCs of those that exist. */
export function securityGroupProblems(
  named: readonly NamedGroup[],
  vpcId: string | undefined,
  homes: ReadonlyMap<string, string | undefined>,
): Problem[] {
  return named.flatMap(({ id, propertyPath, anywhere = false }) => {
    if (!homes.has(id)) {
      const text = `there is no ${id} in this account and region; check the ID, the credentials and aws:region`;
      return [problemAt("missing", propertyPath, text)];
    }
    const home = homes.get(id);
    if (anywhere || home === undefined || vpcId === undefined || home === vpcId) return [];
    const text = `${id} is in ${home}, not in the group's ${vpcId}; use a security group in ${vpcId}`;
    return [problemAt("unsuitable", propertyPath, text)];
  });
}
