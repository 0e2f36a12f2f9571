import { TargetType, type LoadBalancedGroupArgs } from "../../args";
import { earlyText } from "../../shared/previewValues";
import { problemAt, type Problem } from "../../checks";
import { argumentPathOf, plannedGroups } from "../../plan/targetGroups";
import { regionsOf } from "../../plan/regions";
import type { LoadBalancerZones } from "../../network/location";

const REGION_OF_FUNCTION = /^arn:[a-z-]+:lambda:([a-z0-9-]+):/;

/** Which Lambda functions are in another region than the zones. This needs no call to AWS. */
export async function functionProblems(
  args: LoadBalancedGroupArgs,
  zones: Promise<LoadBalancerZones | undefined>,
): Promise<Problem[]> {
  const functions = plannedGroups(args).flatMap((group) =>
    group.settings.targetType === TargetType.Lambda
      ? Object.entries(group.servers.targets ?? {}).map(([key, { id }]) => ({
          id,
          path: argumentPathOf(group, `targets.${key}.id`),
        }))
      : [],
  );
  if (functions.length === 0) return [];
  const region = regionsOf(args.availabilityZones ?? (await zones)?.zones).at(0);
  if (region === undefined) return [];
  const checked = functions.map(async ({ id, path }) => {
    const own = REGION_OF_FUNCTION.exec((await earlyText(id)) ?? "")?.[1];
    if (own === undefined || own === region) return [];
    const text =
      `the function is in ${own}, but must be in the load balancer's region ${region}; ` +
      `use a function in ${region}`;
    return [problemAt("region", path, text)];
  });
  return (await Promise.all(checked)).flat();
}
