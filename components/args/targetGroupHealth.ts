import type * as pulumi from "@pulumi/pulumi";

/** How many targets must be healthy, and what happens while fewer are. */
export interface TargetGroupHealthArgs {
  /** The least below which a zone is taken out of DNS, so that clients go to the other zones. */
  dnsFailover?: DnsFailoverArgs;

  /** The least below which unhealthy targets get requests too, so that few do not bear all. */
  unhealthyStateRouting?: UnhealthyStateRoutingArgs;
}

/** The least below which a zone is taken out of DNS; either of the two will do. */
export interface DnsFailoverArgs {
  /**
   * How many targets must be healthy, `1` to `1000`, or `off`.
   *
   * Not below that of `unhealthyStateRouting`, to which it defaults.
   */
  minimumHealthyTargetsCount?: pulumi.Input<string>;

  /**
   * How many of a hundred targets must be healthy, `1` to `100`, or `off`.
   *
   * Not below that of `unhealthyStateRouting`, to which it defaults.
   */
  minimumHealthyTargetsPercentage?: pulumi.Input<string>;
}

/** The least below which unhealthy targets get requests too; either of the two will do. */
export interface UnhealthyStateRoutingArgs {
  /**
   * How many targets must be healthy, 1 to 1000.
   *
   * Defaults to 1.
   */
  minimumHealthyTargetsCount?: pulumi.Input<number>;

  /**
   * How many of a hundred targets must be healthy, `1` to `100`, or `off`.
   *
   * Defaults to `off`.
   */
  minimumHealthyTargetsPercentage?: pulumi.Input<string>;
}
