import type * as pulumi from "@pulumi/pulumi";

/** The targets of a target group. */
export interface ServersArgs {
  /**
   * The IDs of EC2 instances to register, on the target group's port.
   *
   * Needs the target type `instance`. Must be known at preview, because a target attachment is
   * named after each ID. List each ID once. If the IDs are outputs, use `targets` with keys of your
   * own. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html.
   */
  instanceIds?: string[];

  /**
   * Further targets, each with a key that you choose.
   *
   * A target stays registered if its key changes, or if it moves to `instanceIds`: its target
   * attachment is named after its ID and port. If the ID is secret, the attachment is named after
   * the key instead, so the key must not change then. An update that makes an ID secret would leave
   * the target deregistered: remove the target in one update, and add it with the secret ID in the
   * next. In between it gets no requests. The keys must be known at preview; the IDs may be
   * outputs. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html.
   */
  targets?: { [key: string]: TargetArgs };

  /**
   * The names of Auto Scaling groups, each with a key that you choose.
   *
   * Their instances are registered on the target group's port when they start, and deregistered
   * when they are terminated. The keys must be known at preview; the names may be outputs. Needs the
   * target type `instance`. List each name once. Defaults to none.
   *
   * In the Auto Scaling group, leave out `targetGroupArns`, `loadBalancers` and `trafficSources`:
   * otherwise its next update detaches this target group. If you need them, or if you imported the
   * Auto Scaling group with them, add these properties to its `ignoreChanges`.
   *
   * An Auto Scaling group with the health check type `ELB` replaces instances that fail the health
   * checks of this target group. Its `healthCheckGracePeriod` must then be longer than the time that
   * servers take to start.
   * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html.
   */
  autoScalingGroupNames?: { [key: string]: pulumi.Input<string> };
}

/** One target of the target group. */
export interface TargetArgs {
  /**
   * The ID of the target, of the kind that `targetType` says.
   *
   * For `instance` it is the ID of an EC2 instance. For `ip` it is an address of the target group's
   * `ipAddressType`. For `lambda` it is the ARN of a function, with or without an alias. The
   * function must be in the load balancer's account and region. The component permits this target
   * group to invoke it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "Id".
   */
  id: pulumi.Input<string>;

  /**
   * The port on which this target receives traffic, 1 to 65535.
   *
   * Must be known at preview, because security group rules are created for it. Defaults to the
   * target group's port.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "Port".
   */
  port?: number;

  /**
   * The Availability Zone of an address outside the VPC, or `all`.
   *
   * Required for an address outside the VPC: `all`, or, if `loadBalancingCrossZone` is `false`, one of
   * the load balancer's zones, which alone then sends requests to the target. If the address and the
   * VPC's networks are known, the preview reports a missing zone. Not allowed for instances. For an
   * address inside the VPC, it defaults to the zone of the address. AWS identifies a target by its
   * ID and port, so an update that changes only the zone would leave the target deregistered:
   * remove the target in one update, and add it with the other zone in the next.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "AvailabilityZone".
   */
  availabilityZone?: string;
}
