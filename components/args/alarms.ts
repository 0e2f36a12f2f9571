import type * as pulumi from "@pulumi/pulumi";

/**
 * When CloudWatch raises an alarm, and whom it tells.
 *
 * Each alarm's threshold has a default; what it is about and what to look at stands in its description.
 */
export interface AlarmsArgs {
  /**
   * The SNS topics that are told when an alarm begins and when it ends, 1 to 5, in the load balancer's
   * region.
   *
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html,
   * "AlarmActions".
   */
  topicArns: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * How many targets of a group are unhealthy, 1 to 1000, in three minutes in a row.
   *
   * Longer than a restart takes, so that deployments wake nobody. Defaults to 1: the next failure may
   * already be one too many.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "UnHealthyHostCount".
   */
  unhealthyHosts?: pulumi.Input<number>;

  /**
   * How many percent of the requests, 1 to 100, the load balancer itself answers with 5xx in three
   * minutes of five: it has no server to ask, or servers do not answer it.
   *
   * Defaults to 1: where all is well it answers none so.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "HTTPCode_ELB_5XX_Count".
   */
  elb5xxPercent?: pulumi.Input<number>;

  /**
   * How many percent of a group's requests, 1 to 100, its targets answer with 5xx in three minutes of
   * five.
   *
   * Defaults to 5: applications have faults that do not need anybody at once.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "HTTPCode_Target_5XX_Count".
   */
  target5xxPercent?: pulumi.Input<number>;

  /**
   * How many milliseconds, 1 to 4000000, a group's slowest hundredth of requests takes (p99) in three
   * minutes of five.
   *
   * Minutes with too few requests for a hundredth to mean anything change nothing. Defaults to 1000,
   * from where on people notice that they wait.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "TargetResponseTime".
   */
  targetResponseTime?: pulumi.Input<number>;

  /**
   * How many connections, 1 to 1000000, the load balancer rejects in one minute, since it has all that
   * it can bear.
   *
   * Defaults to 1: each is a client that was turned away.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html, "RejectedConnectionCount".
   */
  rejectedConnections?: pulumi.Input<number>;
}
