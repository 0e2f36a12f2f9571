import { ADOPTED_LOAD_BALANCER, missingToAdopt, withoutAdopting } from "./adopted";
import type { AdoptArgs, LoadBalancedGroupArgs } from "../args";
import type { Problem } from "../checks";
import {
  adoptedTargetGroup,
  fixedSettings,
  MAIN,
  plannedGroups,
  type PlannedGroup,
} from "../plan/targetGroups";
import type { Found, LoadBalancingLookups } from "../lookups/loadBalancing";
import type { LoadBalancerLocation } from "../network/location";

/*
 * Adopted resources are imported: the engine reads them and then updates them as its own, so the preview shows
 * all changes. If a change needs a replacement, the engine refuses it, but only after the update has begun. So
 * this is checked before.
 */

/** Why resources in `adopt` can't be adopted. */
export async function adoptionProblems(
  args: LoadBalancedGroupArgs,
  location: Promise<LoadBalancerLocation | undefined>,
  aws: LoadBalancingLookups,
): Promise<Problem[]> {
  const { adopt } = args;
  if (adopt === undefined) return [];
  const vpcId = (await location)?.vpcId;
  const problems = await Promise.all([
    loadBalancerProblems(args, adopt, vpcId, aws),
    ...plannedGroups(args).map((group) =>
      targetGroupProblems(group, adoptedTargetGroup(args, group), adopt, vpcId, aws),
    ),
    ...Object.entries(adopt.listenerArns ?? {}).map(([key, arn]) =>
      missingProblem(aws.listener(String(arn)), `adopt.listenerArns.${key}`, "listener"),
    ),
    ...Object.entries(adopt.ruleArns ?? {}).map(([key, arn]) =>
      missingProblem(aws.listenerRule(arn), `adopt.ruleArns.${key}`, "listener rule"),
    ),
  ]);
  return problems.flat();
}

async function loadBalancerProblems(
  { internal = false }: LoadBalancedGroupArgs,
  { loadBalancerArn }: AdoptArgs,
  vpcId: string | undefined,
  aws: LoadBalancingLookups,
): Promise<Problem[]> {
  const path = ADOPTED_LOAD_BALANCER;
  const found = await aws.loadBalancer(loadBalancerArn);
  return found.missing === true
    ? [missingToAdopt(path, "load balancer")]
    : [
        ...fixed("internal", internal, found.internal, path, "load balancer"),
        ...fixed("vpcId", vpcId, found.vpcId, path, "load balancer"),
      ];
}

const FIXED = ["port", "protocol", "protocolVersion", "targetType"] as const;

async function targetGroupProblems(
  { key, settings }: PlannedGroup,
  arn: string | undefined,
  { loadBalancerArn }: AdoptArgs,
  vpcId: string | undefined,
  aws: LoadBalancingLookups,
): Promise<Problem[]> {
  if (arn === undefined) return [];
  const isMain = key === MAIN;
  const path = isMain ? "adopt.targetGroupArn" : `adopt.targetGroupArns.${key}`;
  const found = await aws.targetGroup(arn);
  if (found.missing === true) return [missingToAdopt(path, "target group")];
  const others = found.loadBalancerArns?.filter((one) => one !== loadBalancerArn) ?? [];
  const used = others.map((other): Problem => ({
    code: "unsuitable",
    propertyPath: path,
    reason:
      `${path} is used by ${other}, and a target group can have only one load balancer; ` +
      withoutAdopting(path, "target group"),
  }));
  const inGroup = isMain ? "targetGroup" : `targetGroups.${key}`;
  const planned: Partial<Record<(typeof FIXED)[number], unknown>> = fixedSettings(settings);
  const differing = FIXED.flatMap((setting) =>
    fixed(`${inGroup}.${setting}`, planned[setting], found[setting], path, "target group"),
  );
  return [...used, ...differing, ...fixed("vpcId", vpcId, found.vpcId, path, "target group")];
}

async function missingProblem(
  answer: Promise<Found>,
  path: string,
  what: string,
): Promise<Problem[]> {
  return (await answer).missing === true ? [missingToAdopt(path, what)] : [];
}

/** A problem if a setting differs from the one in AWS, because only a replacement could change it. */
function fixed(
  property: string,
  wanted: unknown,
  found: Found[keyof Found],
  path: string,
  what: string,
): Problem[] {
  const isPlain = ["string", "number", "boolean"].includes(typeof wanted);
  // A target group for Lambda has neither port nor VPC.
  const isKnown = found !== undefined && found !== "" && found !== 0;
  if (!isPlain || !isKnown || wanted === found) return [];
  // The VPC may be that of the subnets or the default VPC.
  const remedy =
    property === "vpcId"
      ? `set vpcId to ${String(found)} and use its subnets`
      : `write ${String(found)}`;
  const reason =
    `${property} must be ${String(found)}, got ${String(wanted)}: the ${what} in ${path} has ${String(found)} in AWS, ` +
    `and AWS can't change it; ${remedy}, or ${withoutAdopting(path, what)}`;
  return [{ code: "fixed", propertyPath: property, reason }];
}
