import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { ProtocolVersion, TargetType, type TargetGroupHealthArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import { balancerNaming, KEEPS_ITS_NAME } from "../plan/naming";
import {
  adoptedTargetGroup,
  resourceName,
  fixedSettings,
  plannedGroups,
  type PlannedGroup,
  type Settings,
  type TargetGroups,
} from "../plan/targetGroups";
import { replacedWith } from "../shared/previewValues";
import type { Scope } from "../shared/scope";

/**
 * The target groups. They are replaced together with the load balancer, because a target group can have only one:
 * with the resource of this component, or when the ARN of another one changes.
 */
export function createTargetGroups(
  { name, args, parent }: Scope,
  vpcId: pulumi.Output<string>,
  loadBalancer: lb.LoadBalancer | pulumi.Output<string>,
): TargetGroups {
  return Object.fromEntries(
    plannedGroups(args).map((group) => {
      const groupName = resourceName(name, "tg", group);
      const targetGroup = new lb.TargetGroup(
        groupName,
        { ...balancerNaming(groupName), ...settingsOf(group.settings, vpcId), tags: args.tags },
        {
          parent,
          ...KEEPS_ITS_NAME,
          ...replacedBy(group, loadBalancer),
          import: adoptedTargetGroup(args, group),
        },
      );
      return [group.key, targetGroup];
    }),
  );
}

function replacedBy(group: PlannedGroup, loadBalancer: lb.LoadBalancer | pulumi.Output<string>) {
  const functionArn = functionOf(group);
  if (!pulumi.Output.isInstance(loadBalancer)) {
    return { replaceWith: [loadBalancer], replacementTrigger: functionArn };
  }
  return { replacementTrigger: replacedWith(pulumi.all([loadBalancer, functionArn])) };
}

/**
 * The Lambda function of a target group, which can have only one: the group of another function is created and
 * gets the requests before the old one is deleted.
 */
function functionOf({ settings, servers: { targets = {} } }: PlannedGroup) {
  if (settings.targetType !== TargetType.Lambda) return undefined;
  return replacedWith(pulumi.all(Object.values(targets).map(({ id }) => id)));
}

function settingsOf(settings: Settings, vpcId: pulumi.Output<string>): Partial<lb.TargetGroupArgs> {
  if (settings.targetType === TargetType.Lambda) {
    return {
      // It has no VPC, but must wait for its lookup, as the other target groups do.
      targetType: vpcId.apply(() => TargetType.Lambda),
      lambdaMultiValueHeadersEnabled: settings.lambdaMultiValueHeaders,
      healthCheck: functionHealthCheckOf(settings),
    };
  }
  return {
    vpcId,
    ...fixedSettings(settings),
    deregistrationDelay: settings.deregistrationDelay,
    slowStart: settings.slowStart,
    loadBalancingAlgorithmType: settings.loadBalancingAlgorithmType,
    ...distributionOf(settings),
    // Also sent if it is off, to turn off one that was on.
    stickiness: {
      enabled: settings.stickiness !== undefined,
      ...DEFAULTS.Stickiness,
      ...settings.stickiness,
    },
    healthCheck: healthCheckOf(settings),
  };
}

/**
 * The health check of AWS's tutorial. All properties are sent, since otherwise they would get the defaults of
 * the provider, which are not AWS's.
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

/** The health check of a Lambda function. It is also sent if it is off, to turn off one that was on. */
function functionHealthCheckOf({ healthCheck = {} }: Settings) {
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

const { minimumHealthyTargetsCount: MIN_HEALTHY_TARGETS } = DEFAULTS.UnhealthyStateRouting;

/** The settings that decide how requests are distributed over targets, except the algorithm. */
function distributionOf({
  loadBalancingAnomalyMitigation,
  loadBalancingCrossZone,
  targetGroupHealth = {},
}: Settings) {
  return {
    loadBalancingAnomalyMitigation,
    loadBalancingCrossZoneEnabled: loadBalancingCrossZone,
    targetGroupHealth: healthOf(targetGroupHealth),
  };
}

/** All thresholds are sent, because the provider's defaults would turn DNS failover off. */
function healthOf(targetGroupHealth: TargetGroupHealthArgs) {
  return pulumi
    .output(targetGroupHealth)
    .apply(({ dnsFailover = {}, unhealthyStateRouting: routing = {} }) => {
      const { minimumHealthyTargetsCount: count = MIN_HEALTHY_TARGETS } = routing;
      const { minimumHealthyTargetsPercentage: percentage = "off" } = routing;
      return {
        dnsFailover: {
          minimumHealthyTargetsCount: dnsFailover.minimumHealthyTargetsCount ?? String(count),
          minimumHealthyTargetsPercentage:
            dnsFailover.minimumHealthyTargetsPercentage ?? percentage,
        },
        unhealthyStateRouting: {
          minimumHealthyTargetsCount: count,
          minimumHealthyTargetsPercentage: percentage,
        },
      };
    });
}
