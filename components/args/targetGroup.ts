import type * as pulumi from "@pulumi/pulumi";
import type { TargetGroupHealthArgs } from "./targetGroupHealth";

/** The settings of a target group. */
export interface TargetGroupArgs {
  /**
   * The port on which targets receive traffic, 1 to 65535.
   *
   * Must be known at preview, because security group rules are created for it. Targets that
   * something else registers, such as Amazon ECS, must listen on this port: the component does not
   * know their ports, and creates no security group rules for other ports. Defaults to 80. A change
   * replaces the target group. All targets in the arguments are registered with the new one before
   * traffic goes to it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html, "Port".
   */
  port?: number;

  /**
   * The protocol of requests to the targets. With HTTPS, the load balancer does not validate the
   * targets' certificates.
   *
   * Defaults to HTTP. A change replaces the target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html, "Protocol".
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The protocol version of the requests to the targets. HTTP2 and GRPC need an HTTPS listener.
   *
   * Must be known at preview, because the health check's defaults depend on it. Defaults to HTTP1.
   * A change replaces the target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html, "Protocol versions".
   */
  protocolVersion?: ProtocolVersion;

  /**
   * The type of targets: EC2 instances, IP addresses, or a Lambda function.
   *
   * A target group of the type `lambda` has at most one function, whose ARN is in `targets`. Each
   * request invokes it once. A change to another function replaces the target group. Requests and
   * responses have at most 1 MB each, and WebSockets are not possible. Of the settings of a target
   * group, only `healthCheck` and `lambdaMultiValueHeaders` apply to functions. AWS's fourth type,
   * `alb`, is not available, because it is for Network Load Balancers only. Must be known at preview,
   * because it decides which IDs `targets` must have. Defaults to `instance`. A change replaces the
   * target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html, "Target type".
   */
  targetType?: TargetType;

  /**
   * The type of IP addresses that the load balancer uses to reach the targets.
   *
   * With `ipv6`, the load balancer's own `ipAddressType` can't be `ipv4`. Instances each need a
   * primary IPv6 address, and the addresses in `targets` must be IPv6. Not for Lambda functions.
   * Must be known at preview, because security group rules depend on it. Defaults to ipv4. A change
   * replaces the target group.
   *
   * To go back from `ipv6` to `ipv4`, change the target group first, and the load balancer in the
   * next update. AWS keeps the load balancer dualstack while it forwards to a target group with
   * `ipv6`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html, "IP address type".
   */
  ipAddressType?: TargetGroupIpAddressType;

  /**
   * The time in which a deregistered target can finish its requests, in seconds.
   *
   * From 0 to 3600. Defaults to 300.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Deregistration delay".
   */
  deregistrationDelay?: pulumi.Input<number>;

  /**
   * The time in which a target that became healthy reaches its full share of requests, in seconds.
   *
   * From 30 to 900, or 0 for its full share at once. Other values than 0 need the algorithm
   * `round_robin`.
   * Defaults to 0.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Slow start mode".
   */
  slowStart?: pulumi.Input<number>;

  /**
   * The port on which the load balancer talks to AWS's target control agent on each target, 1 to 65535.
   *
   * With this port, AWS's target optimizer limits how many requests a target handles at the same
   * time. First install the agent on each target: it receives the requests on the target's port, and
   * passes them on to your application. The port can't be `port` of this target group. Only for the
   * target types `instance` and `ip`. Must be known at preview, because security group rules are
   * created for it. Defaults to none: requests are not limited. A change replaces the target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html, "Target optimizer".
   */
  targetControlPort?: number;

  /**
   * The algorithm that chooses the target of each request.
   *
   * `round_robin` takes each healthy target in turn, `least_outstanding_requests` the target with
   * the fewest requests in progress, and `weighted_random` the healthy targets evenly, in random
   * order. Defaults to `round_robin`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Routing algorithms".
   */
  loadBalancingAlgorithmType?: pulumi.Input<LoadBalancingAlgorithmType>;

  /**
   * Whether targets with more errors than the others get less traffic for a while.
   *
   * `on` needs the algorithm `weighted_random`, and has an effect only with at least 3 healthy targets.
   * Defaults to `off`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Automatic Target Weights (ATW)".
   */
  loadBalancingAnomalyMitigation?: pulumi.Input<LoadBalancingAnomalyMitigation>;

  /**
   * Whether the load balancer's node in each zone sends requests to the targets in all zones.
   *
   * If it is `false`, no target may have the `availabilityZone` `all`, and `stickiness` is not
   * possible. Clients that reach a zone without targets then get 503.
   * Defaults to `use_load_balancer_configuration`: the load balancer's setting, which is always on.
   * Must be known at preview, because it decides which targets are allowed.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Cross-zone load balancing".
   */
  loadBalancingCrossZone?: LoadBalancingCrossZone;

  /**
   * How many targets must be healthy, and what happens if fewer are.
   *
   * If you leave it out, one healthy target is enough.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  targetGroupHealth?: TargetGroupHealthArgs;

  /**
   * Whether a Lambda function receives headers and query parameters, and returns headers, as lists
   * of values.
   *
   * Needs the target type `lambda`. If you leave it out, it is false: if a header or a query
   * parameter has several values, the function gets only the last one.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html, "Multi-value headers".
   */
  lambdaMultiValueHeaders?: pulumi.Input<boolean>;

  /**
   * Sticky sessions: a cookie keeps each client on one target.
   *
   * Can't be combined with the algorithm `weighted_random`, or with `loadBalancingCrossZone` `false`.
   * Defaults to no stickiness.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Sticky sessions".
   */
  stickiness?: StickinessArgs;

  /**
   * The health check of the targets.
   *
   * Each setting that you leave out has its own default.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  healthCheck?: HealthCheckArgs;
}

/** The health check of the targets. */
export interface HealthCheckArgs {
  /**
   * Whether health is checked. Only Lambda functions can be without checks.
   *
   * Each check invokes the function. If you leave `enabled` out, it is true, or false for a Lambda
   * function.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  enabled?: pulumi.Input<boolean>;

  /**
   * The path of the request: it starts with `/` and has 1 to 1024 printable ASCII characters without
   * spaces; for GRPC `/package.service/method`.
   *
   * Defaults to `/`, for GRPC to `/AWS.ALB/healthcheck`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  path?: pulumi.Input<string>;

  /**
   * The port of the request, 1 to 65535.
   *
   * Must be known at preview, because security group rules are created for it. Defaults to the port
   * on which each target receives traffic.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  port?: number;

  /**
   * The protocol of the request.
   *
   * Defaults to the target group's protocol.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The time between two checks of a target, in seconds.
   *
   * From 5 to 300. If you leave it out, it is 5, or 35 for a Lambda function.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  interval?: pulumi.Input<number>;

  /**
   * The time after which a check without a response counts as failed, in seconds.
   *
   * From 2 to 120, and less than the interval. If you leave it out, it is 2, or 30 for a Lambda
   * function.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  timeout?: pulumi.Input<number>;

  /**
   * The number of consecutive checks that an unhealthy target must pass to become healthy.
   *
   * From 2 to 10. Defaults to 2.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  healthyThreshold?: pulumi.Input<number>;

  /**
   * The number of consecutive checks that a healthy target must fail to become unhealthy.
   *
   * From 2 to 10. Defaults to 2.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  unhealthyThreshold?: pulumi.Input<number>;

  /**
   * The response codes that pass the check.
   *
   * HTTP codes from 200 to 499. With the protocol version `GRPC`, gRPC codes from 0 to 99. Write a
   * list (`200,202`) or a range (`200-299`). Defaults to `200`, or to `12` with `GRPC`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html.
   */
  matcher?: pulumi.Input<string>;
}

/** Sticky sessions: a cookie keeps each client on one target. */
export interface StickinessArgs {
  /**
   * Whether the load balancer's own cookie is used (`lb_cookie`), or the application's
   * (`app_cookie`).
   *
   * Defaults to `lb_cookie`. Must be known at preview, because it decides whether `cookieName` is
   * allowed.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Sticky sessions".
   */
  type?: StickinessType;

  /**
   * How long a client stays on its target, in seconds.
   *
   * From 1 to 604800. Defaults to 86400, one day.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Sticky sessions".
   */
  cookieDuration?: pulumi.Input<number>;

  /**
   * The name of the application's cookie. Required for the type `app_cookie`, and allowed only with
   * it.
   *
   * It can't start with `AWSALB`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Sticky sessions".
   */
  cookieName?: pulumi.Input<string>;
}

/** The protocol of requests to the targets. */
export const Protocol = { HTTP: "HTTP", HTTPS: "HTTPS" } as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** The protocol version of the requests to the targets. */
export const ProtocolVersion = { HTTP1: "HTTP1", HTTP2: "HTTP2", GRPC: "GRPC" } as const;
export type ProtocolVersion = (typeof ProtocolVersion)[keyof typeof ProtocolVersion];

/** The type of targets. */
export const TargetType = { Instance: "instance", Ip: "ip", Lambda: "lambda" } as const;
export type TargetType = (typeof TargetType)[keyof typeof TargetType];

/** The type of IP addresses that the load balancer uses to reach the targets. */
export const TargetGroupIpAddressType = { Ipv4: "ipv4", Ipv6: "ipv6" } as const;
export type TargetGroupIpAddressType =
  (typeof TargetGroupIpAddressType)[keyof typeof TargetGroupIpAddressType];

/** The algorithm that chooses the target of each request. */
export const LoadBalancingAlgorithmType = {
  /** Each healthy target in turn. */
  RoundRobin: "round_robin",
  /** The target with the fewest requests in progress. */
  LeastOutstandingRequests: "least_outstanding_requests",
  /** Healthy targets evenly, in random order. */
  WeightedRandom: "weighted_random",
} as const;
export type LoadBalancingAlgorithmType =
  (typeof LoadBalancingAlgorithmType)[keyof typeof LoadBalancingAlgorithmType];

/** Whether targets with more errors than the others get less traffic. */
export const LoadBalancingAnomalyMitigation = { Off: "off", On: "on" } as const;
export type LoadBalancingAnomalyMitigation =
  (typeof LoadBalancingAnomalyMitigation)[keyof typeof LoadBalancingAnomalyMitigation];

/** Whether requests go to the targets in all zones. */
export const LoadBalancingCrossZone = {
  /** As on the load balancer, which has it on. */
  UseLoadBalancerConfiguration: "use_load_balancer_configuration",
  /** To the targets in all zones. */
  True: "true",
  /** Only to the targets in the zone in which the request arrived. */
  False: "false",
} as const;
export type LoadBalancingCrossZone =
  (typeof LoadBalancingCrossZone)[keyof typeof LoadBalancingCrossZone];

/** Whether the load balancer's own cookie is used, or the application's. */
export const StickinessType = { LbCookie: "lb_cookie", AppCookie: "app_cookie" } as const;
export type StickinessType = (typeof StickinessType)[keyof typeof StickinessType];
