import type { ElasticLoadBalancing, TargetDescription, TargetHealth } from "../aws";
import { NOT_REGISTERED } from "../elb/targetHealth";
import type { Elements } from "./xml";

/**
 * The answer to DescribeTargetHealth.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
 */
export function describeTargetHealth(elb: ElasticLoadBalancing, query: URLSearchParams): Elements {
  const arn = query.get("TargetGroupArn") ?? "";
  const { healthCheck, port } = elb.describeTargetGroup(arn);
  const registered = elb.describeTargetHealth(arn);
  const asked = targetsIn(query, port);
  const shown =
    asked.length === 0 ? registered : asked.map((target) => healthOf(target, registered));
  const anomalies = [...query].some(
    ([key, value]) => key.startsWith("Include.") && /^(All|AnomalyDetection)$/.test(value),
  );
  const member = shown.map(({ target, state, reason, description }) => ({
    Target: { Id: target.id, Port: target.port },
    HealthCheckPort: healthCheck.port === "traffic-port" ? target.port : healthCheck.port,
    TargetHealth: { State: state, Reason: reason, Description: description },
    AnomalyDetection: anomalies ? { Result: "normal", MitigationInEffect: "no" } : undefined,
  }));
  return { TargetHealthDescriptions: { member } };
}

function targetsIn(query: URLSearchParams, port: number): TargetDescription[] {
  const ids = [...query].filter(([key]) => /^Targets\.member\.\d+\.Id$/.test(key));
  return ids.map(([key, id]) => {
    const own = query.get(key.replace(/Id$/, "Port"));
    return { id, port: own === null ? port : Number(own) };
  });
}

function healthOf(target: TargetDescription, registered: readonly TargetHealth[]): TargetHealth {
  const found = registered.find(
    ({ target: one }) => one.id === target.id && one.port === target.port,
  );
  return found ?? { target, ...NOT_REGISTERED };
}
