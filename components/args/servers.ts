import type * as pulumi from "@pulumi/pulumi";

/** The servers of a target group. */
export interface ServersArgs {
  /**
   * The EC2 instances to register, on the target group's port.
   *
   * Plain strings, each once, since they name the registrations: instances whose ids are outputs go
   * into `targets`, under keys of your own. May be empty or left out.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html.
   */
  instanceIds?: string[];

  /**
   * Further targets, each under a key of your own that stays with it.
   *
   * The key names the registration, so a change of the key registers the target anew. The number and
   * the keys are plain; the ids may be outputs.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html.
   */
  targets?: { [key: string]: TargetArgs };

  /**
   * Auto Scaling groups whose instances are registered, on the target group's port, as they come and
   * go; each under a key of your own that stays with it.
   *
   * The keys are plain and name the attachments; the names may be outputs. Only with the target type
   * instance; a name is attached once. In the group itself leave out `targetGroupArns`,
   * `loadBalancers` and `trafficSources`, or its next update detaches what is attached here; where
   * they are needed, or it was imported with them, let it ignore changes of them (`ignoreChanges`).
   * It replaces servers that fail this group's health checks when its health check type is `ELB`, and
   * its grace period should then be longer than servers take to start.
   * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html.
   */
  autoScalingGroupNames?: { [key: string]: pulumi.Input<string> };
}

/** One target of the group. */
export interface TargetArgs {
  /**
   * The EC2 instance's id; where the group's `targetType` is `ip` an address of its `ipAddressType`, and
   * where it is `lambda` the function's ARN, with an alias or without.
   *
   * The function lies in the load balancer's region, and is permitted to be invoked by this target group
   * and by no other.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "Id".
   */
  id: pulumi.Input<string>;

  /**
   * The port on which this target receives traffic, 1 to 65535.
   *
   * Plain, since security group rules are made for it. Defaults to the target group's port.
   */
  port?: number;

  /**
   * For an address outside the group's VPC: `all`, or the zone it counts to.
   *
   * Required there: where the address and the VPC's networks are known, the lack is found at preview. Not
   * for instances. Defaults to the zone of the address.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html, "AvailabilityZone".
   */
  availabilityZone?: string;
}
