import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import {
  Protocol,
  ProtocolVersion,
  StickinessType,
  TargetType,
  type LoadBalancedGroupArgs,
  type StickinessArgs,
  type TargetArgs,
  type TargetGroupArgs,
} from "./args";
import { attachAutoScalingGroups } from "./autoScaling";
import { balancingOf } from "./balancing";
import { balancerNaming, KEEPS_ITS_NAME } from "./naming";
import type { Clearance } from "./preflight";
import { childName, pathIn, plannedGroups, type PlannedGroup } from "./targetGroups";

const DEFAULT_PORT = 80;

/** The ports on which the load balancer reaches groups' targets, for traffic and health checks. */
export function targetPorts(groups: readonly PlannedGroup[]): number[] {
  const ports = groups.flatMap((group) =>
    [{}, ...Object.values(group.servers.targets ?? {})].flatMap((target) => portsOf(group, target)),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** The ports on which the load balancer reaches one target of a group. */
export function portsOf(
  { settings }: PlannedGroup,
  { port }: Pick<TargetArgs, "port"> = {},
): number[] {
  const traffic = port ?? settings.port ?? DEFAULT_PORT;
  return [...new Set([traffic, settings.healthCheck?.port ?? traffic])];
}

/** The target groups by their keys. */
export type TargetGroups = Readonly<Record<string, lb.TargetGroup>>;

/** The target groups, which are replaced along with their load balancer: each belongs to one only. */
export function createTargetGroups(
  name: string,
  args: LoadBalancedGroupArgs,
  vpcId: pulumi.Output<string>,
  loadBalancer: lb.LoadBalancer,
  parent: pulumi.Resource,
): TargetGroups {
  return Object.fromEntries(
    plannedGroups(args).map((group) => {
      const groupName = childName(name, "tg", group);
      const { settings } = group;
      const targetGroup = new lb.TargetGroup(
        groupName,
        {
          ...balancerNaming(groupName),
          vpcId,
          port: settings.port ?? DEFAULT_PORT,
          protocol: settings.protocol ?? Protocol.HTTP,
          protocolVersion: settings.protocolVersion ?? ProtocolVersion.HTTP1,
          targetType: settings.targetType ?? TargetType.Instance,
          deregistrationDelay: settings.deregistrationDelay,
          slowStart: settings.slowStart,
          loadBalancingAlgorithmType: settings.loadBalancingAlgorithmType,
          ...balancingOf(settings),
          stickiness: settings.stickiness && stickinessOf(settings.stickiness),
          healthCheck: healthCheckOf(settings),
          tags: args.tags,
        },
        { parent, replaceWith: [loadBalancer], ...KEEPS_ITS_NAME },
      );
      return [group.key, targetGroup];
    }),
  );
}

/**
 * The walk-through's health check. All of it is always sent, since what is left out would not get
 * AWS's defaults but the provider's.
 */
function healthCheckOf({ healthCheck = {}, protocol, protocolVersion }: TargetGroupArgs) {
  const grpc = protocolVersion === ProtocolVersion.GRPC;
  return {
    path: healthCheck.path ?? (grpc ? "/AWS.ALB/healthcheck" : "/"),
    port: healthCheck.port === undefined ? "traffic-port" : String(healthCheck.port),
    protocol: healthCheck.protocol ?? protocol ?? Protocol.HTTP,
    interval: healthCheck.interval ?? 5,
    timeout: healthCheck.timeout ?? 2,
    healthyThreshold: healthCheck.healthyThreshold ?? 2,
    unhealthyThreshold: healthCheck.unhealthyThreshold ?? 2,
    matcher: healthCheck.matcher ?? (grpc ? "12" : "200"),
  };
}

function stickinessOf({ type = StickinessType.LbCookie, ...cookie }: StickinessArgs) {
  return { enabled: true, type, ...cookie };
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
  clearance: Clearance,
  parent: pulumi.Resource,
): Registrations {
  return Object.fromEntries(
    plannedGroups(args).map((group) => {
      const { instanceIds = [], targets = {} } = group.servers;
      const { targetType } = group.settings;
      const { arn: targetGroupArn } = targetGroups[group.key];
      const register = (
        key: string,
        { id, ...where }: TargetArgs,
        path: string,
      ): lb.TargetGroupAttachment => {
        const targetId = clearance.target(id, pathIn(group, path), targetType);
        return new lb.TargetGroupAttachment(
          `${childName(name, "attachment", group)}-${key}`,
          { targetGroupArn, targetId, ...where },
          { parent },
        );
      };
      const registered = [
        ...instanceIds.map((id) => register(id, { id }, id)),
        ...Object.entries(targets).map(([key, target]) =>
          register(key, target, `targets.${key}.id`),
        ),
        ...attachAutoScalingGroups(name, group, targetGroups[group.key], parent),
      ];
      return [group.key, registered];
    }),
  );
}
