/**
 * Existing AWS resources that become part of the group.
 *
 * Pulumi imports them into the stack's state. It updates in place whatever differs from the
 * arguments, and replaces nothing.
 */
export interface AdoptArgs {
  /**
   * The ARN of the application load balancer.
   *
   * It must be internal if the argument `internal` is true, and otherwise internet-facing, and it
   * must be in the group's VPC. This ARN and all others in `adopt` must be known at preview,
   * because Pulumi needs them to import the resources.
   */
  loadBalancerArn: string;

  /**
   * The ARN of the main target group.
   *
   * No other load balancer may use it. It must be in the group's VPC. Its port, protocol, protocol
   * version, target type and IP address type must be those of `targetGroup`. Its targets stay
   * registered. Targets that are also in the arguments are registered again, which changes nothing.
   * Defaults to none: a new target group is created, and the listeners forward to it.
   */
  targetGroupArn?: string;

  /**
   * The ARNs of further target groups, under their keys in `targetGroups`.
   *
   * Defaults to none.
   */
  targetGroupArns?: { [key: string]: string };

  /**
   * The ARNs of the load balancer's listeners.
   *
   * AWS refuses a second listener on the same port. So list the existing listeners on the ports
   * `port` and `httpsPort`. An existing listener on the port of an entry in `listeners` can't be
   * adopted: choose another port for the entry, or delete the existing listener first.
   * Defaults to none.
   */
  listenerArns?: AdoptListenersArgs;

  /**
   * The ARNs of existing listener rules, under their keys in `rules`.
   *
   * The rules must belong to the HTTPS listener if there is one, otherwise to the HTTP listener. That
   * listener must be in `listenerArns`. Defaults to none: all rules are created.
   */
  ruleArns?: { [key: string]: string };
}

/** The existing listeners that become part of the group. */
export interface AdoptListenersArgs {
  /**
   * The ARN of the HTTP listener.
   *
   * If its port is not the group's `port`, it is changed to that. Can't be combined with
   * `httpsOnly`. Defaults to none: a new listener is created.
   */
  http?: string;

  /**
   * The ARN of the HTTPS listener.
   *
   * If its port is not the group's `httpsPort`, it is changed to that. Needs `certificateArn` or
   * `domain`. Defaults to none: a new listener is created.
   */
  https?: string;
}
