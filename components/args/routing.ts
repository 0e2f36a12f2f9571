import type * as pulumi from "@pulumi/pulumi";
import type { ServersArgs } from "./servers";
import type { TargetGroupArgs } from "./targetGroup";

/** A further target group: settings as the main one has them, and servers of its own. */
export interface NamedTargetGroupArgs extends TargetGroupArgs, ServersArgs {}

/** Forwarding to several target groups by weight. */
export interface ForwardArgs {
  /**
   * The weight of each target group that gets requests, by its key: 1 to 5 groups, 0 to 999 each.
   *
   * The keys are those of `targetGroups`, and `default` for the main one. A group's share is its
   * weight over the sum, which can't be 0. A group of weight 0 gets no requests, but its servers are
   * checked and so are healthy when its weight is raised. There is no failover: the share of a group
   * without servers fails.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Forward actions".
   */
  weights: { [key: string]: pulumi.Input<number> };

  /**
   * How long a client stays with the target group that it was given first, 1 to 604800 seconds.
   *
   * Required where one of several groups has `stickiness`. To make a running group sticky, set this
   * in an update before. Defaults to none: each request is distributed by weight.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Sticky sessions and weighted target groups".
   */
  stickinessDuration?: pulumi.Input<number>;
}
