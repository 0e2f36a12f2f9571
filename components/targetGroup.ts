import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import {
  Protocol,
  ProtocolVersion,
  StickinessType,
  TargetGroupIpAddressType,
  TargetType,
  type LoadBalancedGroupArgs,
  type StickinessArgs,
  type TargetGroupArgs,
} from "./args";
import { balancingOf } from "./balancing";
import { balancerNaming, KEEPS_ITS_NAME } from "./naming";
import { adoptedTargetGroup, childName, plannedGroups } from "./targetGroups";

export const DEFAULT_PORT = 80;

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
      const targetGroup = new lb.TargetGroup(
        groupName,
        { ...balancerNaming(groupName), ...settingsOf(group.settings, vpcId), tags: args.tags },
        {
          parent,
          replaceWith: [loadBalancer],
          ...KEEPS_ITS_NAME,
          import: adoptedTargetGroup(args, group),
        },
      );
      return [group.key, targetGroup];
    }),
  );
}

function settingsOf(
  settings: TargetGroupArgs,
  vpcId: pulumi.Output<string>,
): Partial<lb.TargetGroupArgs> {
  if (settings.targetType === TargetType.Lambda) {
    return {
      // It has no VPC, but waits for it as others do, which are held back by it.
      targetType: vpcId.apply(() => TargetType.Lambda),
      lambdaMultiValueHeadersEnabled: settings.lambdaMultiValueHeadersEnabled,
      healthCheck: invocationsOf(settings),
    };
  }
  return {
    vpcId,
    ...fixedSettings(settings),
    deregistrationDelay: settings.deregistrationDelay,
    slowStart: settings.slowStart,
    loadBalancingAlgorithmType: settings.loadBalancingAlgorithmType,
    ...balancingOf(settings),
    stickiness: settings.stickiness && stickinessOf(settings.stickiness),
    healthCheck: healthCheckOf(settings),
  };
}

/** The settings of a target group that can't be changed: with another value it is replaced. */
export function fixedSettings(settings: TargetGroupArgs) {
  const { targetType = TargetType.Instance } = settings;
  if (targetType === TargetType.Lambda) return { targetType };
  return {
    port: settings.port ?? DEFAULT_PORT,
    protocol: settings.protocol ?? Protocol.HTTP,
    protocolVersion: settings.protocolVersion ?? ProtocolVersion.HTTP1,
    targetType,
    ipAddressType: settings.ipAddressType ?? TargetGroupIpAddressType.Ipv4,
  };
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

/** The health check of a function, each of which invokes it; sent as well when it is off, to turn it off. */
function invocationsOf({ healthCheck = {} }: TargetGroupArgs) {
  return {
    enabled: healthCheck.enabled ?? false,
    path: healthCheck.path ?? "/",
    interval: healthCheck.interval ?? 35,
    timeout: healthCheck.timeout ?? 30,
    healthyThreshold: healthCheck.healthyThreshold ?? 2,
    unhealthyThreshold: healthCheck.unhealthyThreshold ?? 2,
    matcher: healthCheck.matcher ?? "200",
  };
}

function stickinessOf({ type = StickinessType.LbCookie, ...cookie }: StickinessArgs) {
  return { enabled: true, type, ...cookie };
}
