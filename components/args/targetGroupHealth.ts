import type * as pulumi from "@pulumi/pulumi";

/** How many targets must be healthy, and what happens if fewer are. */
export interface TargetGroupHealthArgs {
  /**
   * The minimum for DNS failover: if a zone has fewer healthy targets, DNS sends clients to other
   * zones.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  dnsFailover?: DnsFailoverArgs;

  /**
   * The minimum for routing: if a zone has fewer healthy targets, its unhealthy targets get
   * requests too.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  unhealthyStateRouting?: UnhealthyStateRoutingArgs;
}

/** The minimum for DNS failover. It applies if the number or the percentage is below its value. */
export interface DnsFailoverArgs {
  /**
   * The minimum number of healthy targets, `1` to `1000`, or `off`.
   *
   * Defaults to `unhealthyStateRouting.minimumHealthyTargetsCount`, which defaults to 1. A number
   * here can't be less than the one in `unhealthyStateRouting`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  minimumHealthyTargetsCount?: pulumi.Input<string>;

  /**
   * The minimum percentage of healthy targets, `1` to `100`, or `off`.
   *
   * Defaults to `unhealthyStateRouting.minimumHealthyTargetsPercentage`, which defaults to `off`. A
   * number here can't be less than the one in `unhealthyStateRouting`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  minimumHealthyTargetsPercentage?: pulumi.Input<string>;
}

/** The minimum for routing. It applies if the number or the percentage is below its value. */
export interface UnhealthyStateRoutingArgs {
  /**
   * The minimum number of healthy targets, 1 to 1000.
   *
   * Defaults to 1.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  minimumHealthyTargetsCount?: pulumi.Input<number>;

  /**
   * The minimum percentage of healthy targets, `1` to `100`, or `off`.
   *
   * Defaults to `off`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  minimumHealthyTargetsPercentage?: pulumi.Input<string>;
}
