import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULTS } from "../args/defaults";
import { MAIN, type TargetGroups } from "../plan/targetGroups";
import type { Scope } from "../shared/scope";

type Dimensions = Record<string, pulumi.Input<string>>;
type Alarm = Omit<MetricAlarmArgs, "comparisonOperator">;

const NAMESPACE = "AWS/ApplicationELB";
const MINUTE = 60;

const THREE_IN_A_ROW = { evaluationPeriods: 3, datapointsToAlarm: 3 };
const THREE_OF_FIVE = { evaluationPeriods: 5, datapointsToAlarm: 3 };

/** The alarms of the load balancer and of each of its target groups. */
export function createAlarms(
  { name, args: { alarms, tags }, parent }: Scope,
  loadBalancer: lb.LoadBalancer,
  targetGroups: TargetGroups,
): void {
  if (alarms === undefined) return;
  const {
    topicArns,
    unhealthyHosts,
    elb5xxPercent,
    target5xxPercent,
    targetResponseTime,
    rejectedConnections,
  } = { ...DEFAULTS.Alarms, ...alarms };
  const watch = (role: string, alarm: Alarm) =>
    new MetricAlarm(
      `${name}-alarm-${role}`,
      {
        ...alarm,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        alarmActions: topicArns,
        okActions: topicArns,
        // Without requests there are no data points, and no problem.
        treatMissingData: "notBreaching",
        tags,
      },
      { parent },
    );

  const all = { LoadBalancer: loadBalancer.arnSuffix };
  watch("elb-5xx", {
    alarmDescription:
      "The load balancer itself answers with errors: 503 if it has no targets, 502 or 504 if targets fail or are " +
      "slow. Check the targets' health and their logs.",
    ...THREE_OF_FIVE,
    threshold: elb5xxPercent,
    // RequestCount does not include requests for which there was no target.
    metricQueries: share("HTTPCode_ELB_5XX_Count", "FILL(requests, 0) + errors", all),
  });
  watch("rejected-connections", {
    alarmDescription:
      "The load balancer rejected connections because it reached its maximum. Check for a " +
      "flood of requests. If the requests are legitimate, reserve capacity.",
    ...counted("RejectedConnectionCount", "Sum", all),
    evaluationPeriods: 1,
    threshold: rejectedConnections,
  });
  for (const [key, { arnSuffix }] of Object.entries(targetGroups)) {
    const role = (kind: string) => (key === MAIN ? kind : `${kind}-${key}`);
    const own = { ...all, TargetGroup: arnSuffix };
    watch(role("unhealthy-hosts"), {
      alarmDescription:
        "Targets fail their health checks and get no requests. If all targets fail, they still get " +
        "requests. The reason is in the targets' health in AWS.",
      ...counted("UnHealthyHostCount", "Maximum", own),
      ...THREE_IN_A_ROW,
      threshold: unhealthyHosts,
    });
    watch(role("target-5xx"), {
      alarmDescription: "The application answers with errors. Check its logs.",
      ...THREE_OF_FIVE,
      threshold: target5xxPercent,
      metricQueries: share("HTTPCode_Target_5XX_Count", "requests", own),
    });
    watch(role("response-time"), {
      alarmDescription:
        "The slowest 1 % of requests take too long. Check the application, the services that it uses, " +
        "and whether there are enough targets.",
      metricName: "TargetResponseTime",
      namespace: NAMESPACE,
      dimensions: own,
      extendedStatistic: "p99",
      evaluateLowSampleCountPercentiles: "ignore",
      period: MINUTE,
      ...THREE_OF_FIVE,
      threshold: pulumi.output(targetResponseTime).apply((milliseconds) => milliseconds / 1000),
    });
  }
}

function counted(metricName: string, statistic: string, dimensions: Dimensions) {
  return { metricName, namespace: NAMESPACE, dimensions, statistic, period: MINUTE };
}

/** The metric queries for the percentage of errors. `whole` is the expression for 100 %. */
function share(errors: string, whole: string, dimensions: Dimensions) {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: { metricName, namespace: NAMESPACE, dimensions, stat: "Sum", period: MINUTE },
  });
  return [
    sum("errors", errors),
    sum("requests", "RequestCount"),
    { id: "percent", expression: `100 * errors / (${whole})`, label: errors, returnData: true },
  ];
}
