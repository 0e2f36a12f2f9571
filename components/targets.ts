import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import {
  Protocol,
  ProtocolVersion,
  StickinessType,
  TargetType,
  type LoadBalancedGroupArgs,
  type StickinessArgs,
  type TargetGroupArgs,
} from "./args";
import { balancingOf } from "./balancing";
import { balancerNaming } from "./naming";
import type { Clearance } from "./preflight";

const DEFAULT_PORT = 80;

/** The ports on which the load balancer reaches its targets, for traffic and for health checks. */
export function targetPorts({ targetGroup = {}, targets = {} }: LoadBalancedGroupArgs): number[] {
  const { port = DEFAULT_PORT, healthCheck } = targetGroup;
  const own = Object.values(targets).map((target) => target.port ?? port);
  return [...new Set([port, ...own, healthCheck?.port ?? port])].sort((a, b) => a - b);
}

/** The target group, which is replaced along with its load balancer: it belongs to one only. */
export function createTargetGroup(
  name: string,
  { targetGroup = {}, tags }: LoadBalancedGroupArgs,
  vpcId: pulumi.Output<string>,
  loadBalancer: lb.LoadBalancer,
  parent: pulumi.Resource,
): lb.TargetGroup {
  return new lb.TargetGroup(
    `${name}-tg`,
    {
      ...balancerNaming(`${name}-tg`),
      vpcId,
      port: targetGroup.port ?? DEFAULT_PORT,
      protocol: targetGroup.protocol ?? Protocol.HTTP,
      protocolVersion: targetGroup.protocolVersion ?? ProtocolVersion.HTTP1,
      targetType: targetGroup.targetType ?? TargetType.Instance,
      deregistrationDelay: targetGroup.deregistrationDelay,
      slowStart: targetGroup.slowStart,
      loadBalancingAlgorithmType: targetGroup.loadBalancingAlgorithmType,
      ...balancingOf(targetGroup),
      stickiness: targetGroup.stickiness && stickinessOf(targetGroup.stickiness),
      healthCheck: healthCheckOf(targetGroup),
      tags,
    },
    { parent, replaceWith: [loadBalancer] },
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

/**
 * Registers the servers. A registration is known to AWS by what it registers and by nothing else, and
 * a replaced one is deleted last: were its name to move to another server, that server would be lost.
 * So it is named by its instance id, or by the user's own key, and never by its position in a list.
 */
export function registerTargets(
  name: string,
  { instanceIds = [], targets = {} }: LoadBalancedGroupArgs,
  targetGroup: lb.TargetGroup,
  clearance: Clearance,
  parent: pulumi.Resource,
): lb.TargetGroupAttachment[] {
  const register = (
    key: string,
    registration: Omit<lb.TargetGroupAttachmentArgs, "targetGroupArn">,
  ) =>
    new lb.TargetGroupAttachment(
      `${name}-attachment-${key}`,
      { targetGroupArn: targetGroup.arn, ...registration },
      { parent },
    );
  return [
    ...instanceIds.map((id) => register(id, { targetId: clearance.target(id, id) })),
    ...Object.entries(targets).map(([key, { id, ...where }]) =>
      register(key, { targetId: clearance.target(id, `targets.${key}.id`), ...where }),
    ),
  ];
}
