import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { TargetType, type LoadBalancedGroupArgs, type TargetArgs } from "./args";
import { attachAutoScalingGroups } from "./autoScaling";
import { permitInvocation } from "./lambda";
import type { CheckServer } from "./preflight";
import type { Judgments, Problem } from "./rules";
import type { TargetGroups } from "./targetGroup";
import { childName, pathIn, plannedGroups, type PlannedGroup } from "./targetGroups";

/** The ports on which the load balancer reaches groups' targets, for traffic and health checks. */
export function targetPorts(groups: readonly PlannedGroup[]): number[] {
  const ports = groups.flatMap((group) =>
    [{}, ...Object.values(group.servers.targets ?? {})].flatMap((target) => portsOf(group, target)),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** The ports on which the load balancer reaches one target of a group; none for a function, which is invoked. */
export function portsOf(
  { settings }: PlannedGroup,
  { port }: Pick<TargetArgs, "port"> = {},
): number[] {
  if (settings.targetType === TargetType.Lambda) return [];
  const traffic = port ?? settings.port;
  return [...new Set([traffic, settings.healthCheck?.port ?? traffic])];
}

/** What registers the servers of each target group, by the groups' keys. */
export type Registrations = Readonly<Record<string, pulumi.Resource[]>>;

/** Where listeners and their rules send requests. */
export interface Destinations {
  readonly targetGroups: TargetGroups;
  readonly registrations: Registrations;
}

/**
 * Registers the servers. A registration is known to AWS by what it registers and by nothing else, and
 * a replaced one is deleted last: were its name to move to another server, that server would be lost.
 * So it is named by its instance id, or by the user's own key, and never by its position in a list.
 */
export function registerTargets(
  name: string,
  args: LoadBalancedGroupArgs,
  targetGroups: TargetGroups,
  judgments: Judgments,
  checkServer: CheckServer,
  parent: pulumi.Resource,
): Registrations {
  return Object.fromEntries(
    plannedGroups(args).map((group) => {
      const { instanceIds = [], targets = {} } = group.servers;
      const { targetType, port } = group.settings;
      const targetGroup = targetGroups[group.key];
      const isServer = targetType === TargetType.Instance;
      const claim = claims();
      const register = (
        key: string,
        target: TargetArgs,
        path: string,
      ): lb.TargetGroupAttachment => {
        const { id, ...where } = target;
        const place = pathIn(group, path);
        const targetId = judgments.judge(id, async (known, { isLate }) => [
          ...claim(`${known} on port ${target.port ?? port}`, place),
          ...(isLate && isServer ? await checkServer(known, place) : []),
        ]);
        const permission = `${childName(name, "permission", group)}-${key}`;
        const permissions =
          targetType === TargetType.Lambda
            ? [permitInvocation(permission, targetId, targetGroup, parent)]
            : [];
        return new lb.TargetGroupAttachment(
          `${childName(name, "attachment", group)}-${key}`,
          { targetGroupArn: targetGroup.arn, targetId, ...where },
          { parent, dependsOn: permissions },
        );
      };
      const registered = [
        ...instanceIds.map((id, index) => register(id, { id }, `instanceIds[${index}]`)),
        ...Object.entries(targets).map(([key, target]) =>
          register(key, target, `targets.${key}.id`),
        ),
        ...attachAutoScalingGroups(name, group, targetGroup, parent),
      ];
      return [group.key, registered];
    }),
  );
}

/**
 * Finds ids that came to be the same: AWS would register such a server once, and lose it with either of
 * the two registrations.
 */
function claims(): (registration: string, path: string) => Problem[] {
  const paths = new Map<string, string>();
  return (registration, path) => {
    const other = paths.get(registration) ?? path;
    paths.set(registration, other);
    if (other === path) return [];
    const reason = `${path} must not be ${registration} as ${other} is; leave one of them out`;
    return [{ propertyPath: path, reason }];
  };
}
