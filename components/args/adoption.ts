/**
 * What exists already and is taken over, as it stands: nothing is replaced, and what differs from the
 * arguments is changed in place.
 */
export interface AdoptArgs {
  /**
   * The application load balancer's ARN.
   *
   * Its scheme is that of `internal`, and its VPC is the group's. A plain string, as all ARNs here.
   */
  loadBalancerArn: string;

  /**
   * The main target group's ARN.
   *
   * It is used by no other load balancer, and has the port, protocol, protocol version and target type
   * of `targetGroup`. Its servers stay registered; those that the arguments name are registered again,
   * which changes nothing. Defaults to none: a new group is made, to which the listeners are switched.
   */
  targetGroupArn?: string;

  /**
   * The ARNs of further target groups, under their keys in `targetGroups`.
   *
   * Defaults to none.
   */
  targetGroupArns?: { [key: string]: string };

  /**
   * The load balancer's listeners.
   *
   * AWS refuses to make one on a port that has one already, so each that stands on a port of the group is
   * named here. Defaults to none.
   */
  listenerArns?: AdoptListenersArgs;

  /**
   * The ARNs of rules of these listeners, under their keys in `rules`.
   *
   * The rules are those of the HTTPS listener, where there is one. Defaults to none: all are made.
   */
  ruleArns?: { [key: string]: string };
}

/** The listeners that are taken over. */
export interface AdoptListenersArgs {
  /**
   * The ARN of the HTTP listener, whose port becomes `port`.
   *
   * Defaults to none: it is made.
   */
  http?: string;

  /**
   * The ARN of the HTTPS listener.
   *
   * Only with a `certificateArn`. Defaults to none: it is made.
   */
  https?: string;
}
