import type * as pulumi from "@pulumi/pulumi";
import { TargetType, type LoadBalancedGroupArgs } from "../../args";
import { earlyText } from "../../shared/previewValues";
import {
  isReachedByIpv6,
  argumentPathOf,
  type PlannedGroup,
  plannedGroups,
  portsOf,
} from "../../plan/targetGroups";

/** An instance in the arguments: its target group, its ID with the path, and its ports. */
export interface Server {
  readonly group: PlannedGroup;
  readonly id: pulumi.Input<string>;
  readonly path: string;
  readonly ports: readonly number[];
  /** Whether the load balancer connects to it over IPv6. */
  readonly byIpv6: boolean;
}

/** The instances among the targets. One that is registered several times occurs as often. */
export function serversOf(args: LoadBalancedGroupArgs): Server[] {
  return plannedGroups(args).flatMap((group) => {
    const { targetType } = group.settings;
    if (targetType !== TargetType.Instance) return [];
    const { instanceIds = [], targets = {} } = group.servers;
    const byIpv6 = isReachedByIpv6(group);
    const listed = instanceIds.map((id, index) => ({
      group,
      id,
      path: argumentPathOf(group, `instanceIds[${index}]`),
      ports: portsOf(group),
      byIpv6,
    }));
    const keyed = Object.entries(targets).map(([key, target]) => ({
      group,
      id: target.id,
      path: argumentPathOf(group, `targets.${key}.id`),
      ports: portsOf(group, target),
      byIpv6,
    }));
    return [...listed, ...keyed];
  });
}

/** The instances whose IDs are known before anything is created. */
export async function knownServers(
  args: LoadBalancedGroupArgs,
): Promise<(Server & { readonly id: string })[]> {
  const known = serversOf(args).map(async (server) => ({
    ...server,
    id: await earlyText(server.id),
  }));
  return (await Promise.all(known)).flatMap(({ id, ...server }) =>
    id === undefined ? [] : [{ id, ...server }],
  );
}
