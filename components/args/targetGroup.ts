import type * as pulumi from "@pulumi/pulumi";
import type { TargetGroupHealthArgs } from "./targetGroupHealth";

/** How the load balancer reaches its targets. */
export interface TargetGroupArgs {
  /**
   * The port on which targets receive traffic, 1 to 65535.
   *
   * Plain, since security group rules are made for it. Defaults to 80. A change replaces the group;
   * every server is registered with the new one before traffic is switched to it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html, "Port".
   */
  port?: number;

  /**
   * The protocol towards the targets; with HTTPS their certificates are not validated.
   *
   * Defaults to HTTP. A change replaces the group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html, "Protocol".
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The version of HTTP towards the targets; HTTP2 and GRPC need a `certificateArn`.
   *
   * Plain, since the health check's defaults hang on it. Defaults to HTTP1. A change replaces the group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html, "Protocol versions".
   */
  protocolVersion?: ProtocolVersion;

  /**
   * What the targets' ids are: EC2 instances, IP addresses, or a Lambda function.
   *
   * A group has one function at most, under its ARN in `targets`; each request is one invocation, with
   * bodies of up to 1 MB either way and no WebSockets. Of the settings here, `healthCheck` and
   * `lambdaMultiValueHeaders` are for functions. Load balancers as targets (alb) are for Network
   * Load Balancers alone. Plain, since it decides what is checked. Defaults to instance. A change
   * replaces the group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html, "Target type".
   */
  targetType?: TargetType;

  /**
   * By which addresses targets are reached; with ipv6 the load balancer's own `ipAddressType` must not be
   * ipv4.
   *
   * With ipv6 instances need a primary IPv6 address each, and addresses in `targets` are IPv6 ones. Not
   * for Lambda functions. Plain, since security group rules hang on it. Defaults to ipv4. A change
   * replaces the group. From ipv6 back to ipv4, change the load balancer's only in the next update: AWS
   * keeps it dualstack as long as it forwards to a group of ipv6.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html, "IP address type".
   */
  ipAddressType?: TargetGroupIpAddressType;

  /**
   * How long a deregistered target may finish its requests, 0 to 3600 seconds.
   *
   * Defaults to 300.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Deregistration delay".
   */
  deregistrationDelay?: pulumi.Input<number>;

  /**
   * Over how long a target that became healthy gets to its full share, 30 to 900 seconds, or 0 for
   * at once.
   *
   * Only with the algorithm round_robin. Defaults to 0.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Slow start mode".
   */
  slowStart?: pulumi.Input<number>;

  /**
   * How the target of each request is chosen.
   *
   * Defaults to round_robin.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Routing algorithms".
   */
  loadBalancingAlgorithmType?: pulumi.Input<LoadBalancingAlgorithmType>;

  /**
   * Whether targets that answer worse than the others get less traffic for a while.
   *
   * Can be on with the algorithm weighted_random only; works where 3 targets or more are healthy. By
   * default off. What was set once stays when it is left out again: to undo it, write off.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Automatic Target Weights (ATW)".
   */
  loadBalancingAnomalyMitigation?: pulumi.Input<LoadBalancingAnomalyMitigation>;

  /**
   * Whether each zone's part of the load balancer sends requests to the targets of all zones.
   *
   * Plain, since it decides which targets are possible: where it is off, none whose
   * `availabilityZone` is `all`, no stickiness, and clients that reach a zone without targets get 503.
   * By default as the load balancer has it, which is on. What was set once stays when it is left out
   * again.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Cross-zone load balancing".
   */
  loadBalancingCrossZone?: LoadBalancingCrossZone;

  /**
   * How many targets must be healthy, and what happens while fewer are.
   *
   * By default one is enough. What was set once stays when it is left out again.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html.
   */
  targetGroupHealth?: TargetGroupHealthArgs;

  /**
   * Whether a Lambda function gets and gives headers and query parameters as lists of values.
   *
   * Only with the target type lambda. By default as single values, the last one of several.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html, "Multi-value headers".
   */
  lambdaMultiValueHeaders?: pulumi.Input<boolean>;

  /**
   * Keeps a client on one target by a cookie.
   *
   * Not with the algorithm weighted_random, nor where cross-zone load balancing is off. Defaults to
   * no stickiness.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, "Sticky sessions".
   */
  stickiness?: StickinessArgs;

  /**
   * How targets' health is judged.
   *
   * Each setting has the walk-through's default, which stays when another is given.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
   */
  healthCheck?: HealthCheckArgs;
}

/** How targets' health is judged. */
export interface HealthCheckArgs {
  /**
   * Whether health is checked, which only Lambda functions can do without.
   *
   * Each check of a function is an invocation of it. By default on, but off for a Lambda function.
   */
  enabled?: pulumi.Input<boolean>;

  /**
   * The path that is asked for, 1 to 1024 characters from `/` on; for GRPC `/package.service/method`.
   *
   * Defaults to `/`, for GRPC to `/AWS.ALB/healthcheck`.
   */
  path?: pulumi.Input<string>;

  /**
   * The port that is asked, 1 to 65535.
   *
   * Plain, since security group rules are made for it. Defaults to the port on which each target
   * receives traffic.
   */
  port?: number;

  /**
   * The protocol of the checks.
   *
   * Defaults to the target group's protocol.
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The time from one check of a target to the next, 5 to 300 seconds.
   *
   * By default 5, for a Lambda function 35.
   */
  interval?: pulumi.Input<number>;

  /**
   * The time after which no answer is a failure, 2 to 120 seconds and less than the interval.
   *
   * By default 2, for a Lambda function 30.
   */
  timeout?: pulumi.Input<number>;

  /**
   * How many checks in a row an unhealthy target must pass to be healthy, 2 to 10.
   *
   * Defaults to 2.
   */
  healthyThreshold?: pulumi.Input<number>;

  /**
   * How many checks in a row a healthy target must fail to be unhealthy, 2 to 10.
   *
   * Defaults to 2.
   */
  unhealthyThreshold?: pulumi.Input<number>;

  /**
   * The answers that pass: HTTP codes from 200 to 499, for GRPC codes from 0 to 99, as a list
   * (`200,202`) or a range (`200-299`).
   *
   * Defaults to `200`, for GRPC to `12`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html.
   */
  matcher?: pulumi.Input<string>;
}

/** Keeps a client on one target by a cookie. */
export interface StickinessArgs {
  /**
   * Whose cookie it is: the load balancer's own, or the application's.
   *
   * Plain, since `cookieName` hangs on it. Defaults to lb_cookie.
   */
  type?: StickinessType;

  /**
   * How long a client stays on its target, 1 to 604800 seconds.
   *
   * Defaults to 86400, a day.
   */
  cookieDuration?: pulumi.Input<number>;

  /**
   * The application's cookie; required for app_cookie, and only for it.
   *
   * Does not start with AWSALB, AWSALBAPP or AWSALBTG.
   */
  cookieName?: pulumi.Input<string>;
}

/** The protocol towards targets. */
export const Protocol = { HTTP: "HTTP", HTTPS: "HTTPS" } as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** The version of HTTP towards targets. */
export const ProtocolVersion = { HTTP1: "HTTP1", HTTP2: "HTTP2", GRPC: "GRPC" } as const;
export type ProtocolVersion = (typeof ProtocolVersion)[keyof typeof ProtocolVersion];

/** What targets' ids are. */
export const TargetType = { Instance: "instance", Ip: "ip", Lambda: "lambda" } as const;
export type TargetType = (typeof TargetType)[keyof typeof TargetType];

/** By which addresses targets are reached. */
export const TargetGroupIpAddressType = { Ipv4: "ipv4", Ipv6: "ipv6" } as const;
export type TargetGroupIpAddressType =
  (typeof TargetGroupIpAddressType)[keyof typeof TargetGroupIpAddressType];

/** How the target of a request is chosen. */
export const LoadBalancingAlgorithmType = {
  /** Each healthy target in turn. */
  RoundRobin: "round_robin",
  /** The target with the fewest requests in progress. */
  LeastOutstandingRequests: "least_outstanding_requests",
  /** Evenly, in random order. */
  WeightedRandom: "weighted_random",
} as const;
export type LoadBalancingAlgorithmType =
  (typeof LoadBalancingAlgorithmType)[keyof typeof LoadBalancingAlgorithmType];

/** Whether targets that answer worse than the others get less traffic. */
export const LoadBalancingAnomalyMitigation = { Off: "off", On: "on" } as const;
export type LoadBalancingAnomalyMitigation =
  (typeof LoadBalancingAnomalyMitigation)[keyof typeof LoadBalancingAnomalyMitigation];

/** Whether requests go to the targets of all zones. */
export const LoadBalancingCrossZone = {
  /** As the load balancer has it, which is on. */
  UseLoadBalancerConfiguration: "use_load_balancer_configuration",
  /** To the targets of all zones. */
  True: "true",
  /** Only to those of the zone in which the request arrived. */
  False: "false",
} as const;
export type LoadBalancingCrossZone =
  (typeof LoadBalancingCrossZone)[keyof typeof LoadBalancingCrossZone];

/** Whose cookie keeps a client on its target. */
export const StickinessType = { LbCookie: "lb_cookie", AppCookie: "app_cookie" } as const;
export type StickinessType = (typeof StickinessType)[keyof typeof StickinessType];
