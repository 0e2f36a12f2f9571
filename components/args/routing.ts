import type * as pulumi from "@pulumi/pulumi";
import type { ServersArgs } from "./servers";
import type { TargetGroupArgs } from "./targetGroup";

/** A further target group, with its own settings and targets. */
export interface NamedTargetGroupArgs extends TargetGroupArgs, ServersArgs {}

/** Forwarding to several target groups by weight. */
export interface ForwardArgs {
  /**
   * The weight of each target group, by its key: 1 to 5 target groups, with weights of 0 to 999.
   *
   * The keys are those of `targetGroups`, and `default` for the main target group. A target group's
   * share is its weight divided by the sum of all weights, which can't be 0. A target group with
   * weight 0 gets no requests. Its targets are still checked, so they are healthy when you raise
   * the weight. There is no failover: requests to a target group without targets fail.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Forward actions".
   */
  weights: { [key: string]: pulumi.Input<number> };

  /**
   * How long a client stays with its first target group, in seconds.
   *
   * From 0 to 604800. With 0, each request is distributed by weight. At least 1 is required if
   * there are several target groups and one of them has `stickiness`. To add `stickiness` to a
   * target group that shares requests with others, first set `stickinessDuration` in a separate
   * update. Before you remove `stickinessDuration`, set it to 0 in a separate update: AWS would
   * keep the last value, because the AWS provider sends nothing when it is removed.
   * Defaults to none, which is the same as 0 for a new listener or rule.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Sticky sessions and weighted target groups".
   */
  stickinessDuration?: pulumi.Input<number>;

  /**
   * Whether another tool changes the weights and the target groups, such as Amazon ECS with its
   * blue/green deployments, AWS CodeDeploy or a canary tool.
   *
   * If true, `weights` and `stickinessDuration` are only used when the listener or rule is created.
   * After that, Pulumi leaves its action as it is in AWS, also after a refresh, and also when other
   * properties of the listener or rule change. If the listener or rule is replaced, the new one
   * starts with `weights`, and the preview warns of it. So does a rule with another key or another
   * `priority`, and a listener on another port. While this is true, new target groups can't be added
   * to `weights`, and those there can't be replaced: the preview refuses it, but an update without a
   * preview does not (`pulumi up --skip-preview`, the Automation API). Don't remove one either,
   * because AWS does not delete a target group that is in use. To do so, or to give the weights back
   * to Pulumi, first set `weights` to what AWS has now, remove `managedElsewhere`, and update. Can't be combined with a
   * login or `jwtValidation` in the same listener or rule. Must be known at preview, because it is an
   * option of the resource. Defaults to false.
   * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html.
   */
  managedElsewhere?: boolean;
}
