import type * as pulumi from "@pulumi/pulumi";

/**
 * What a load-balanced group is made of. All pages named in the descriptions lie under
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/ unless they say otherwise.
 */
export interface LoadBalancedGroupArgs {
  /**
   * The Availability Zones that the load balancer spans, such as `us-west-2a`.
   *
   * At least two, all of one region; one subnet of each is looked up in `vpcId`, or in the default
   * VPC. Where a zone has several subnets, its default subnet is taken; where that does not decide,
   * name the subnets in `subnetIds` instead. Exactly one of `availabilityZones` and `subnetIds` is
   * required. A plain list, since it decides how many look-ups there are.
   * Source: application/application-load-balancers.html, "Subnets for your load balancer".
   */
  availabilityZones?: string[];

  /**
   * The subnets that the load balancer stands in, instead of `availabilityZones`.
   *
   * At least two, each in another Availability Zone, all in one VPC, each with a /27 block or larger
   * and 8 free addresses.
   * Source: application/application-load-balancers.html, "Subnets for your load balancer".
   */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The VPC of the load balancer, its security group and its target group.
   *
   * Defaults to the VPC of the first of `subnetIds`, or to the account's default VPC.
   */
  vpcId?: pulumi.Input<string>;

  /**
   * Whether the load balancer has private addresses only and serves clients inside its networks.
   *
   * Defaults to false: it faces the internet, as in the console's walk-through. A change replaces the
   * load balancer.
   * Source: APIReference/API_CreateLoadBalancer.html, "Scheme".
   */
  internal?: boolean;

  /**
   * The EC2 instances to register, on the target group's port.
   *
   * Plain strings, each once, since they name the registrations: instances whose ids are outputs go
   * into `targets`, under keys of your own. May be empty or left out.
   * Source: application/target-group-register-targets.html.
   */
  instanceIds?: string[];

  /**
   * Further targets, each under a key of your own that stays with it.
   *
   * The key names the registration, so a change of the key registers the target anew. The number and
   * the keys are plain; the ids may be outputs.
   * Source: APIReference/API_TargetDescription.html.
   */
  targets?: { [key: string]: TargetArgs };

  /**
   * How the load balancer reaches its targets and judges their health.
   *
   * Defaults to HTTP on port 80 with the walk-through's health check.
   */
  targetGroup?: TargetGroupArgs;

  /**
   * The load balancer's security groups, 1 to 5, which are never edited.
   *
   * Defaults to one made here, which admits `ingressCidrBlocks` on the listeners' ports and reaches
   * nothing but the targets' ports.
   * Source: application/load-balancer-update-security-groups.html.
   */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The IPv4 networks, in CIDR notation, that the security group made here admits.
   *
   * Plain strings, since they name the rules. Not together with `securityGroupIds`. Defaults to
   * everywhere (`0.0.0.0/0`) for a load balancer that faces the internet, and to the VPC's own
   * network for an internal one.
   */
  ingressCidrBlocks?: string[];

  /**
   * The targets' security groups, each of which is to get a rule that admits the load balancer on
   * the traffic port and the health check's port.
   *
   * Plain strings, since they name the rules. With these, the security group made here reaches them
   * alone instead of the VPC's network. Defaults to none: no security group but its own is touched.
   * Source: application/target-group-register-targets.html, "Target security groups".
   */
  targetSecurityGroupIds?: string[];

  /**
   * The port of the HTTP listener, 1 to 65535.
   *
   * With a `certificateArn` it redirects to HTTPS on port 443 and can't be 443 itself. Defaults to 80.
   * Source: APIReference/API_CreateListener.html, "Port".
   */
  port?: number;

  /**
   * The certificate, from ACM in the load balancer's region or from IAM, of an HTTPS listener on
   * port 443.
   *
   * It must have been issued. The listener's policy is `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`,
   * as AWS recommends. Defaults to none: traffic is not encrypted, and a warning says so.
   * Source: application/https-listener-certificates.html, application/describe-ssl-policies.html.
   */
  certificateArn?: pulumi.Input<string>;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * To destroy the group, first set it to false and update, then destroy. Defaults to false.
   * Source: application/edit-load-balancer-attributes.html, "Deletion protection".
   */
  deletionProtection?: pulumi.Input<boolean>;

  /**
   * Where the load balancer writes its access logs.
   *
   * Defaults to nowhere.
   * Source: application/load-balancer-access-logs.html.
   */
  accessLogs?: AccessLogsArgs;

  /**
   * Tags for every resource that is made here, 50 at most.
   *
   * Keys have 1 to 128 characters and don't start with `aws:`; values have 256 at most. Defaults to none.
   * Source: application/load-balancer-tags.html.
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;

  /**
   * What happens when AWS, asked at preview, knows that this can't work: a server that does not
   * exist, does not run or lies in no zone of the load balancer; subnets that don't suit one another.
   *
   * `enforce` refuses before anything is created, `warn` goes on with a warning, `off` does not ask.
   * Needs ec2:DescribeInstances, ec2:DescribeSubnets and ec2:DescribeAvailabilityZones; a check that
   * is not permitted becomes a warning. Defaults to `enforce`.
   */
  preflight?: Preflight;
}

/** One target of the group. */
export interface TargetArgs {
  /**
   * The EC2 instance's id, or an IPv4 address where the group's `targetType` is `ip`.
   *
   * Source: APIReference/API_TargetDescription.html, "Id".
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
   * Not for instances. Defaults to the zone of the address.
   * Source: APIReference/API_TargetDescription.html, "AvailabilityZone".
   */
  availabilityZone?: string;
}

/** How the load balancer reaches its targets. */
export interface TargetGroupArgs {
  /**
   * The port on which targets receive traffic, 1 to 65535.
   *
   * Plain, since security group rules are made for it. Defaults to 80. A change replaces the group;
   * every server is registered with the new one before traffic is switched to it.
   * Source: APIReference/API_CreateTargetGroup.html, "Port".
   */
  port?: number;

  /**
   * The protocol towards the targets; with HTTPS their certificates are not validated.
   *
   * Defaults to HTTP. A change replaces the group.
   * Source: APIReference/API_CreateTargetGroup.html, "Protocol".
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The version of HTTP towards the targets; HTTP2 and GRPC need a `certificateArn`.
   *
   * Plain, since the health check's defaults hang on it. Defaults to HTTP1. A change replaces the group.
   * Source: application/load-balancer-target-groups.html, "Protocol versions".
   */
  protocolVersion?: ProtocolVersion;

  /**
   * What the targets' ids are: EC2 instances, or IPv4 addresses.
   *
   * Plain, since it decides what is checked. Defaults to instance. A change replaces the group.
   * Source: application/load-balancer-target-groups.html, "Target type".
   */
  targetType?: TargetType;

  /**
   * How long a deregistered target may finish its requests, 0 to 3600 seconds.
   *
   * Defaults to 300.
   * Source: application/edit-target-group-attributes.html, "Deregistration delay".
   */
  deregistrationDelay?: pulumi.Input<number>;

  /**
   * Over how long a target that became healthy gets to its full share, 30 to 900 seconds, or 0 for
   * at once.
   *
   * Only with the algorithm round_robin. Defaults to 0.
   * Source: application/edit-target-group-attributes.html, "Slow start mode".
   */
  slowStart?: pulumi.Input<number>;

  /**
   * How the target of each request is chosen.
   *
   * Defaults to round_robin.
   * Source: application/edit-target-group-attributes.html, "Routing algorithms".
   */
  loadBalancingAlgorithmType?: pulumi.Input<LoadBalancingAlgorithmType>;

  /**
   * Keeps a client on one target by a cookie.
   *
   * Not with the algorithm weighted_random. Defaults to no stickiness.
   * Source: application/edit-target-group-attributes.html, "Sticky sessions".
   */
  stickiness?: StickinessArgs;

  /**
   * How targets' health is judged.
   *
   * Each setting has the walk-through's default, which stays when another is given.
   * Source: application/target-group-health-checks.html.
   */
  healthCheck?: HealthCheckArgs;
}

/** How targets' health is judged. */
export interface HealthCheckArgs {
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
   * Defaults to 5.
   */
  interval?: pulumi.Input<number>;

  /**
   * The time after which no answer is a failure, 2 to 120 seconds and less than the interval.
   *
   * Defaults to 2.
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
   * Source: APIReference/API_Matcher.html.
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

/** Where the load balancer writes its access logs. */
export interface AccessLogsArgs {
  /**
   * The S3 bucket: in the load balancer's region, encrypted with SSE-S3 keys, with a policy that
   * lets Elastic Load Balancing write to it.
   *
   * Source: application/enable-access-logging.html.
   */
  bucket: pulumi.Input<string>;

  /**
   * The path in the bucket, which does not contain `AWSLogs`.
   *
   * Defaults to the bucket's root.
   */
  prefix?: pulumi.Input<string>;
}

/** What happens when a check that asks AWS finds a problem. */
export const Preflight = {
  /** Refuse, before anything is created. */
  Enforce: "enforce",
  /** Warn, and go on. */
  Warn: "warn",
  /** Ask nothing. */
  Off: "off",
} as const;
export type Preflight = (typeof Preflight)[keyof typeof Preflight];

/** The protocol towards targets. */
export const Protocol = { HTTP: "HTTP", HTTPS: "HTTPS" } as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** The version of HTTP towards targets. */
export const ProtocolVersion = { HTTP1: "HTTP1", HTTP2: "HTTP2", GRPC: "GRPC" } as const;
export type ProtocolVersion = (typeof ProtocolVersion)[keyof typeof ProtocolVersion];

/** What targets' ids are. */
export const TargetType = { Instance: "instance", Ip: "ip" } as const;
export type TargetType = (typeof TargetType)[keyof typeof TargetType];

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

/** Whose cookie keeps a client on its target. */
export const StickinessType = { LbCookie: "lb_cookie", AppCookie: "app_cookie" } as const;
export type StickinessType = (typeof StickinessType)[keyof typeof StickinessType];
