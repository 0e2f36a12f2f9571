import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { ProtocolVersion, TargetType, type LoadBalancedGroupArgs } from "./args";
import { balancingOf } from "./balancing";
import { DEFAULTS } from "./defaults";
import { balancerNaming, KEEPS_ITS_NAME } from "./naming";
import { adoptedTargetGroup, childName, plannedGroups, type Settings } from "./targetGroups";

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

function settingsOf(settings: Settings, vpcId: pulumi.Output<string>): Partial<lb.TargetGroupArgs> {
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
    stickiness: settings.stickiness && {
      enabled: true,
      ...DEFAULTS.Stickiness,
      ...settings.stickiness,
    },
    healthCheck: healthCheckOf(settings),
  };
}

/** The settings of a target group that can't be changed: with another value it is replaced. */
export function fixedSettings(settings: Settings) {
  const { targetType } = settings;
  if (targetType === TargetType.Lambda) return { targetType };
  return {
    port: settings.port,
    protocol: settings.protocol,
    protocolVersion: settings.protocolVersion,
    targetType,
    ipAddressType: settings.ipAddressType,
  };
}

/**
 * The walk-through's health check. All of it is always sent, since what is left out would not get
 * AWS's defaults but the provider's.
 */
function healthCheckOf({ healthCheck = {}, protocol, protocolVersion }: Settings) {
  const grpc = protocolVersion === ProtocolVersion.GRPC;
  return {
    path: healthCheck.path ?? (grpc ? "/AWS.ALB/healthcheck" : "/"),
    port: healthCheck.port === undefined ? "traffic-port" : String(healthCheck.port),
    protocol: healthCheck.protocol ?? protocol,
    interval: healthCheck.interval ?? 5,
    timeout: healthCheck.timeout ?? 2,
    healthyThreshold: healthCheck.healthyThreshold ?? DEFAULTS.HealthCheck.healthyThreshold,
    unhealthyThreshold: healthCheck.unhealthyThreshold ?? DEFAULTS.HealthCheck.unhealthyThreshold,
    matcher: healthCheck.matcher ?? (grpc ? "12" : "200"),
  };
}

/** The health check of a function, each of which invokes it; sent as well when it is off, to turn it off. */
function invocationsOf({ healthCheck = {} }: Settings) {
  return {
    enabled: healthCheck.enabled ?? false,
    path: healthCheck.path ?? "/",
    interval: healthCheck.interval ?? 35,
    timeout: healthCheck.timeout ?? 30,
    healthyThreshold: healthCheck.healthyThreshold ?? DEFAULTS.HealthCheck.healthyThreshold,
    unhealthyThreshold: healthCheck.unhealthyThreshold ?? DEFAULTS.HealthCheck.unhealthyThreshold,
    matcher: healthCheck.matcher ?? "200",
  };
}
