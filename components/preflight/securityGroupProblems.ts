import type { Problem } from "../rules";

/** A security group that is named in the arguments, and where. */
export interface NamedGroup {
  readonly id: string;
  readonly propertyPath: string;
  /** Whether it may lie in another VPC, as targets outside the group's may. */
  readonly anywhere?: boolean;
}

/** Which of the groups do not exist, or do not lie in the VPC, given the VPCs of those that exist. */
export function securityGroupProblems(
  named: readonly NamedGroup[],
  vpcId: string | undefined,
  homes: ReadonlyMap<string, string | undefined>,
): Problem[] {
  return named.flatMap(({ id, propertyPath, anywhere = false }) => {
    const problem = (reason: string) => [{ propertyPath, reason: `${propertyPath}: ${reason}` }];
    if (!homes.has(id)) {
      return problem(
        `there is no ${id} in this account and region; check the id, the credentials and aws:region`,
      );
    }
    const home = homes.get(id);
    if (anywhere || home === undefined || vpcId === undefined || home === vpcId) return [];
    return problem(`${id} lies in ${home}, not in the group's ${vpcId}; name a group of ${vpcId}`);
  });
}
