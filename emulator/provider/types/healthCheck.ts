import { type HealthCheck, type TargetGroup } from "../../aws";
import { flagOf, integerOf, textOf } from "../properties";
import { type Properties } from "../values";

type Group = Pick<TargetGroup, "protocol" | "protocolVersion" | "targetType"> & {
  healthCheck?: HealthCheck;
};

/** AWS's own health check, for groups that are made without one. */
function awsDefault({ protocolVersion, targetType }: Group): HealthCheck {
  const isFunction = targetType === "lambda";
  const isGrpc = protocolVersion === "GRPC";
  return {
    enabled: !isFunction,
    protocol: "HTTP",
    port: "traffic-port",
    path: isGrpc ? "/AWS.ALB/healthcheck" : "/",
    intervalSeconds: isFunction ? 35 : 30,
    // The user guide says 5 for this kind of load balancer, the API reference 6 and 10 without naming a kind.
    timeoutSeconds: isFunction ? 30 : 5,
    healthyThresholdCount: 5,
    unhealthyThresholdCount: 2,
    matcher: isGrpc ? "12" : "200",
  };
}

/** The health check that the block asks for; what it leaves out stays as it is, or is AWS's default. */
export function toHealthCheck(block: Properties | undefined, group: Group): HealthCheck {
  const current = group.healthCheck ?? awsDefault(group);
  if (block === undefined) {
    return { ...current };
  }
  return {
    enabled: flagOf(block, "enabled"),
    protocol: textOf(block, "protocol") === "HTTPS" ? "HTTPS" : "HTTP",
    port: textOf(block, "port") ?? current.port,
    path: textOf(block, "path") ?? current.path,
    intervalSeconds: integerOf(block, "interval") ?? current.intervalSeconds,
    timeoutSeconds: integerOf(block, "timeout") ?? current.timeoutSeconds,
    healthyThresholdCount: integerOf(block, "healthyThreshold") ?? current.healthyThresholdCount,
    unhealthyThresholdCount:
      integerOf(block, "unhealthyThreshold") ?? current.unhealthyThresholdCount,
    matcher: textOf(block, "matcher") ?? current.matcher,
  };
}

export function fromHealthCheck(check: HealthCheck): Properties {
  return {
    enabled: check.enabled !== false,
    protocol: check.protocol,
    port: check.port,
    path: check.path,
    interval: check.intervalSeconds,
    timeout: check.timeoutSeconds,
    healthyThreshold: check.healthyThresholdCount,
    unhealthyThreshold: check.unhealthyThresholdCount,
    matcher: check.matcher,
  };
}
