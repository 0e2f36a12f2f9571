import type * as pulumi from "@pulumi/pulumi";

/**
 * When CloudWatch raises an alarm, and which SNS topics it notifies.
 *
 * Each threshold has a default. The description of each alarm says what it means and what to check
 * first.
 */
export interface AlarmsArgs {
  /**
   * The ARNs of the SNS topics to notify when an alarm starts and when it ends.
   *
   * 1 to 5 topics, in the load balancer's region.
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, "AlarmActions".
   */
  topicArns: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The alarm starts at this number of unhealthy targets in a target group.
   *
   * From 1 to 1000. The alarm starts after three consecutive minutes with that many or more. A
   * restart usually takes less time, so it starts no alarm. Defaults to 1, because another failure
   * may leave too few targets.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "UnHealthyHostCount".
   */
  unhealthyHosts?: pulumi.Input<number>;

  /**
   * The alarm starts when this percentage of requests gets a 5xx response from the load balancer
   * itself.
   *
   * From 1 to 100. The alarm starts when at least three of the last five minutes have that
   * percentage or more. The load balancer itself responds when it has no target for a request, or
   * when a target does not respond. Defaults to 1: a group that works well has no such responses.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "HTTPCode_ELB_5XX_Count".
   */
  elb5xxPercent?: pulumi.Input<number>;

  /**
   * The alarm starts when this percentage of a target group's requests gets a 5xx response from a
   * target.
   *
   * From 1 to 100. The alarm starts when at least three of the last five minutes have that
   * percentage or more. Defaults to 5: applications have some errors that need no immediate action.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "HTTPCode_Target_5XX_Count".
   */
  target5xxPercent?: pulumi.Input<number>;

  /**
   * The alarm starts at this response time of a target group's targets, in milliseconds.
   *
   * From 1 to 4000000. It is compared with the 99th percentile (p99): one request in a hundred
   * takes longer. The alarm starts when at least three of the last five minutes have that response
   * time or more. Minutes with too few requests for a meaningful percentile are ignored.
   * Defaults to 1000, which users notice as a delay.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "TargetResponseTime".
   */
  targetResponseTime?: pulumi.Input<number>;

  /**
   * The alarm starts when the load balancer rejects this number of connections in one minute.
   *
   * From 1 to 1000000. The load balancer rejects connections when it has reached its maximum.
   * Defaults to 1: each one is a client that was not served.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "RejectedConnectionCount".
   */
  rejectedConnections?: pulumi.Input<number>;
}
