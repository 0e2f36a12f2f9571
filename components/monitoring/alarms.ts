import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import { MAIN, type TargetGroups } from "../plan/targetGroups";

type Dimensions = Record<string, pulumi.Input<string>>;
type Alarm = Omit<MetricAlarmArgs, "comparisonOperator">;

const NAMESPACE = "AWS/ApplicationELB";
const MINUTE = 60;

const THREE_IN_A_ROW = { evaluationPeriods: 3, datapointsToAlarm: 3 };
const THREE_OF_FIVE = { evaluationPeriods: 5, datapointsToAlarm: 3 };

/** The alarms of the load balancer and of each of its target groups. */
export function createAlarms(
  name: string,
  { alarms, tags }: LoadBalancedGroupArgs,
  loadBalancer: lb.LoadBalancer,
  targetGroups: TargetGroups,
  parent: pulumi.Resource,
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
        // Where nobody sends requests, there are no numbers and there is no fault.
        treatMissingData: "notBreaching",
        tags,
      },
      { parent },
    );

  const all = { LoadBalancer: loadBalancer.arnSuffix };
  watch("elb-5xx", {
    alarmDescription:
      "The load balancer answers by itself: 503 without servers, 502 or 504 where servers fail or are " +
      "slow. Look at the targets' health and at their logs.",
    ...THREE_OF_FIVE,
    threshold: elb5xxPercent,
    // Requests for which no server was found are not among RequestCount.
    metricQueries: share("HTTPCode_ELB_5XX_Count", "FILL(requests, 0) + errors", all),
  });
  watch("rejected-connections", {
    alarmDescription:
      "The load balancer turned clients away, having all the connections that it can bear. Look for a " +
      "flood of requests; if they are wanted, reserve capacity.",
    ...counted("RejectedConnectionCount", "Sum", all),
    evaluationPeriods: 1,
    threshold: rejectedConnections,
  });
  for (const [key, { arnSuffix }] of Object.entries(targetGroups)) {
    const role = (kind: string) => (key === MAIN ? kind : `${kind}-${key}`);
    const own = { ...all, TargetGroup: arnSuffix };
    watch(role("unhealthy-hosts"), {
      alarmDescription:
        "Targets fail their health checks and get no requests, or all of them do and get requests all " +
        "the same. Ask AWS for the targets' health, which has the reason.",
      ...counted("UnHealthyHostCount", "Maximum", own),
      ...THREE_IN_A_ROW,
      threshold: unhealthyHosts,
    });
    watch(role("target-5xx"), {
      alarmDescription: "The application answers with errors. Look at its logs.",
      ...THREE_OF_FIVE,
      threshold: target5xxPercent,
      metricQueries: share("HTTPCode_Target_5XX_Count", "requests", own),
    });
    watch(role("response-time"), {
      alarmDescription:
        "The slowest hundredth of requests takes too long. Look at the application, what it waits for, " +
        "and whether there are enough servers.",
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

/** The percentage that errors are of a whole. */
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
