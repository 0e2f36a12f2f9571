import type * as pulumi from "@pulumi/pulumi";

/** The targets of a target group. */
export interface ServersArgs {
  /**
   * The IDs of EC2 instances to register, on the target group's port.
   *
   * Must be known at preview, because a target attachment is named after each ID. List each ID
   * once. If the IDs are outputs, use `targets` with keys of your own. The list may be empty or
   * left out.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html.
   */
  instanceIds?: string[];

  /**
   * Further targets, each with a key that you choose and don't change.
   *
   * Each target attachment is named after its key, so a change of the key registers the target
   * again. The number of targets and their keys must be known at preview; the IDs may be outputs.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html.
   */
  targets?: { [key: string]: TargetArgs };

  /**
   * The names of Auto Scaling groups, each with a key that you choose and don't change.
   *
   * Their instances are registered on the target group's port when they start, and deregistered
   * when they end. The keys must be known at preview, because the attachments are named after them;
   * the names may be outputs. Needs the target type instance. Attach each name once.
   *
   * In the Auto Scaling group, leave out `targetGroupArns`, `loadBalancers` and `trafficSources`:
   * otherwise its next update detaches this target group. If you need them, or if you imported the
   * Auto Scaling group with them, make it ignore their changes (`ignoreChanges`).
   *
   * An Auto Scaling group with the health check type `ELB` replaces instances that fail the health
   * checks of this target group. Its grace period must then be longer than the time that servers
   * take to start.
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
   * function must be in the load balancer's region. It must allow this target group to invoke it,
   * and no other target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "Id".
   */
  id: pulumi.Input<string>;

  /**
   * The port on which this target receives traffic, 1 to 65535.
   *
   * Must be known at preview, because security group rules are created for it. Defaults to the
   * target group's port.
   */
  port?: number;

  /**
   * The Availability Zone of an address outside the VPC, or `all`.
   *
   * Required for an address outside the VPC. If the address and the VPC's networks are known, the
   * preview reports a missing zone. Not for instances. Defaults to the zone of the address.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "AvailabilityZone".
   */
  availabilityZone?: string;
}
