import type * as pulumi from "@pulumi/pulumi";
import type {
  AuthenticateCognitoArgs,
  AuthenticateOidcArgs,
  JwtValidationArgs,
} from "./authentication";
import type { AdoptArgs } from "./adoption";
import type { LoadBalancerAttributes } from "./attributes";
import type { AlarmsArgs } from "./alarms";
import type { DomainArgs } from "./domain";
import type { DefaultActionArgs, RedirectStatusCode, RuleArgs } from "./listenerRules";
import type { ListenerArgs } from "./listeners";
import type { LoggingArgs } from "./logs";
import type { MutualAuthenticationArgs } from "./mutualAuthentication";
import type { IpAddressType } from "./network";
import type { RequestHeaderNamesArgs } from "./requestHeaderNames";
import type { ResponseHeadersArgs } from "./responseHeaders";
import type { ForwardArgs, NamedTargetGroupArgs } from "./routing";
import type { ServersArgs } from "./servers";
import type { TargetGroupArgs } from "./targetGroup";

/** The arguments of a load-balanced group. */
export interface LoadBalancedGroupArgs extends LoadBalancerAttributes, LoggingArgs, ServersArgs {
  /**
   * The Availability Zones of the load balancer, such as `us-west-2a`.
   *
   * At least two, or a single Local Zone or Wavelength Zone; all in one region. One subnet of each
   * zone is looked up in `vpcId`, or in the default VPC. If a zone has several subnets, its default
   * subnet is used. If there is no default subnet to choose, name the subnets in `subnetIds`
   * instead. Exactly one of `availabilityZones` and `subnetIds` is required. Must be known at
   * preview, because one subnet is looked up for each zone.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets for your load balancer".
   */
  availabilityZones?: string[];

  /**
   * The IDs of the load balancer's subnets, instead of `availabilityZones`.
   *
   * At least two, all in one VPC, each in a different Availability Zone. A single subnet is enough
   * in a Local Zone, in a Wavelength Zone or on an Outpost. Each needs 8 free IP addresses. AWS
   * recommends CIDR blocks of /27 or larger.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets for your load balancer".
   */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The ID of the VPC of the load balancer, its security group and its target groups.
   *
   * Defaults to the VPC of the first of `subnetIds`, or to the account's default VPC in the region.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets for your load balancer".
   */
  vpcId?: pulumi.Input<string>;

  /**
   * Whether the load balancer is internal: it has only private IP addresses, for clients in its VPC
   * and in connected networks.
   *
   * Defaults to false: the load balancer is internet-facing, as in AWS's tutorial "Create an
   * Application Load Balancer",
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-application-load-balancer.html.
   * A change replaces the load balancer.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html, "Scheme".
   */
  internal?: boolean;

  /**
   * The type of IP addresses that clients use to reach the load balancer.
   *
   * With `dualstack` or `dualstack-without-public-ipv4`, each subnet needs an IPv6 CIDR block.
   * `dualstack-without-public-ipv4` needs an internet-facing load balancer. The load balancer
   * reaches targets over IPv4, unless their target group sets `ipAddressType` to `ipv6`. Must be
   * known at preview, because security group rules depend on it. Defaults to `ipv4`. If you remove
   * this argument later, the type changes back to `ipv4`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html.
   */
  ipAddressType?: IpAddressType;

  /**
   * The ID of a pool of Amazon VPC IPAM, such as `ipam-pool-1234567890abcdef0`, from which the load balancer gets its public IPv4 addresses.
   *
   * Use it if clients allow only certain networks, or for addresses of your own. The pool must be
   * public. If it has no free addresses, AWS uses its own ones. Only for an internet-facing load
   * balancer with public IPv4 addresses. If you remove this argument later, the load balancer gets
   * AWS's own addresses again. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "IPAM IP address pools".
   */
  ipv4IpamPoolId?: pulumi.Input<string>;

  /**
   * The settings of the main target group: how requests reach its targets, and how their health is
   * checked.
   *
   * Defaults to HTTP on port 80, with a health check of `/` every 5 seconds.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html.
   */
  targetGroup?: TargetGroupArgs;

  /**
   * Further target groups for `forward` and `rules`, each with a key that you choose and don't
   * change.
   *
   * The keys must be known at preview, because the target groups are named after them. Each target
   * group must be used by a `forward` or a rule, here or in `listeners`. One that is not used is refused,
   * because AWS would send no requests to its targets. At most 100 target groups, including the main one, whose key is `default`.
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html.
   */
  targetGroups?: { [key: string]: NamedTargetGroupArgs };

  /**
   * How requests are distributed over several target groups, for blue/green and canary deployments.
   *
   * A change of the weights changes only the listener. The key of the main target group is
   * `default`. It is created only if it has a weight here, or if a rule or one of `listeners`
   * forwards to that key. Defaults to forwarding all requests to the main target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Forward actions".
   */
  forward?: ForwardArgs;

  /**
   * A redirect or a fixed response for requests that match no rule, instead of forwarding them.
   *
   * Can't be combined with `forward`. The main target group is then created only if a rule or one of
   * `listeners` uses it. Defaults to none: these requests are forwarded to the main target group, or as
   * `forward` says.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  defaultAction?: DefaultActionArgs;

  /**
   * Users must log in with OpenID Connect before requests that match no rule are served. Needs an HTTPS listener.
   *
   * Requests that match a rule need no login, unless the rule has one itself. The load balancer
   * calls the identity provider on port 443. The security group that the component creates allows
   * this. If you pass security groups, one of them must allow it. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateOidc?: AuthenticateOidcArgs;

  /**
   * Users must log in with Amazon Cognito before requests that match no rule are served. Needs an HTTPS listener.
   *
   * Requests that match a rule need no login, unless the rule has one itself. The load balancer
   * calls Cognito on port 443. The security group that the component creates allows this. If you
   * pass security groups, one of them must allow it. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateCognito?: AuthenticateCognitoArgs;

  /**
   * Requests that match no rule must have a valid JSON web token (JWT). Needs an HTTPS listener.
   *
   * Without one, they get the status 401. Requests that match a rule need no token, unless the rule
   * demands one itself. Can't be combined with `authenticateOidc` and `authenticateCognito`. The load
   * balancer gets the keys of the identity provider on port 443. The security group that the component
   * creates allows this. If you pass security groups, one of them must allow it. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html.
   */
  jwtValidation?: JwtValidationArgs;

  /**
   * Listener rules for certain requests, each with a key that you choose and don't change.
   *
   * They belong to the HTTPS listener if there is one, otherwise to the HTTP listener. The number
   * of rules, their keys, hosts and paths must be known at preview, because the priorities are
   * computed from them. AWS accepts 100 rules for all listeners of a load balancer, a quota that
   * it can raise on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html.
   */
  rules?: { [key: string]: RuleArgs };

  /**
   * The IDs of the load balancer's security groups, 1 to 5. The component does not change them.
   *
   * Defaults to a security group that this component creates. It allows `ingressCidrBlocks`,
   * `ingressSecurityGroupIds` and `ingressPrefixListIds` to reach the ports of the listeners, and
   * the load balancer to reach only the ports of the targets, and port 443 of identity providers if
   * users log in.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html.
   */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The networks that may reach the load balancer, in CIDR notation.
   *
   * The security group that this component creates allows them. They are IPv4 networks, and with a
   * dualstack `ipAddressType` IPv6 networks too. Must be known at preview, because security
   * group rules are named after them. Can't be combined with `securityGroupIds`.
   *
   * With `ingressSecurityGroupIds` or `ingressPrefixListIds`, defaults to none. Without them, and
   * for an internet-facing load balancer, defaults to all addresses: `0.0.0.0/0`, with `dualstack`
   * also `::/0`, and with `dualstack-without-public-ipv4` only `::/0`. For an internal load
   * balancer, defaults to the VPC's first IPv4 CIDR block, and with `dualstack` also its first IPv6
   * CIDR block.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html.
   */
  ingressCidrBlocks?: string[];

  /**
   * The IDs of security groups whose members may reach the load balancer, each with a key that you
   * choose.
   *
   * The security group that this component creates allows them. Members reach the load balancer only
   * at its private addresses, so this is for an internal load balancer. The keys must be known at
   * preview; the IDs may be outputs. Can't be combined with `securityGroupIds`. Defaults to none.
   * Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing.
   */
  ingressSecurityGroupIds?: { [key: string]: pulumi.Input<string> };

  /**
   * The IDs of managed prefix lists whose networks may reach the load balancer, each with a key that
   * you choose.
   *
   * The security group that this component creates allows them. One such list has the addresses
   * from which CloudFront connects: `com.amazonaws.global.cloudfront.origin-facing`. The function
   * `aws.ec2.getManagedPrefixList` finds its ID. For each listener, AWS counts this list as 55
   * rules, and a security group can have 60. So use it in a group with only one listener (if the
   * group has HTTPS, set `httpsOnly`), or request a higher quota. The keys must be known at
   * preview; the IDs may be outputs. Can't be combined with `securityGroupIds`. Defaults to none.
   * Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html.
   */
  ingressPrefixListIds?: { [key: string]: pulumi.Input<string> };

  /**
   * The IDs of the targets' security groups, to which this component adds rules that allow the load
   * balancer.
   *
   * Each gets a security group rule for each port on which targets get requests, health checks or calls of the target optimizer.
   * The security group that this component creates then allows traffic to these security groups,
   * and no longer to the VPC's whole network. Must be known at preview, because security group
   * rules are named after them. If the same program creates a target's security group, don't list
   * it, but add a rule to it that allows traffic from the output `securityGroupId` of this
   * component. If you list others, also add an outbound rule to that group to the security group
   * `securityGroupId`. Defaults to none: no other security group is changed.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html, "Target security groups".
   */
  targetSecurityGroupIds?: string[];

  /**
   * The port of the HTTP listener, 1 to 65535.
   *
   * With `certificateArn` or `domain`, this listener redirects to the HTTPS listener, so its
   * port must not be `httpsPort`. Must be known at preview, because security group rules are created for it.
   * Defaults to 80.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html, "Port".
   */
  port?: number;

  /**
   * The port of the HTTPS listener, 1 to 65535.
   *
   * Needs `certificateArn` or `domain`. Must be known at preview, because security group rules are
   * created for it. Defaults to 443.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html, "Port".
   */
  httpsPort?: number;

  /**
   * Whether the redirect from HTTP to HTTPS is permanent (HTTP_301) or temporary (HTTP_302).
   *
   * Browsers remember a permanent redirect. Needs `certificateArn` or `domain`, and can't be combined
   * with `httpsOnly`. Defaults to HTTP_301.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  redirectStatusCode?: pulumi.Input<RedirectStatusCode>;

  /**
   * Further listeners, each with a key that you choose and with its own rules and default action.
   * An example is a test listener for blue/green deployments.
   *
   * If the group has HTTPS, its own HTTP listener only redirects. To serve HTTP too, add a listener
   * here on the port of that HTTP listener: it replaces the one that redirects. The output
   * `listenerArns` has these keys, and `http` and `https` for the group's own listeners. So the key
   * `http` is allowed only if the group has no HTTP listener of its own, for example because one of
   * these listeners takes its place. The key `https` is allowed only if the group has no HTTPS
   * listener of its own. The keys must be known at preview. AWS accepts 50 listeners, a
   * quota that it can raise on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html.
   */
  listeners?: { [key: string]: ListenerArgs };

  /**
   * The ARN of the default certificate for an HTTPS listener.
   *
   * The certificate is from IAM, or from ACM in the load balancer's region, and must have been
   * issued. If `domain` is set too, this certificate must cover its names, and no other one is
   * requested. Defaults to none. Without this and `domain`, traffic is not encrypted, and a warning
   * says so.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html.
   */
  certificateArn?: pulumi.Input<string>;

  /**
   * The ARNs of further certificates for the HTTPS listener, each with a key that you choose.
   *
   * A client that sends a host name (SNI) gets the certificate that matches it best. Any other
   * client gets the default certificate. Needs `certificateArn` or `domain`. AWS accepts 25 further
   * certificates for all listeners of a load balancer, a quota that it can raise on request. Defaults
   * to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html, "Certificate list".
   */
  additionalCertificateArns?: { [key: string]: pulumi.Input<string> };

  /**
   * Whether there is only an HTTPS listener, without the HTTP listener that redirects to it.
   *
   * Needs `certificateArn` or `domain`. Some security checks, such as the control ELB.18 of
   * Security Hub, reject every HTTP listener, even one that only redirects. Must be known at
   * preview, because it decides which listeners are created. Defaults to false.
   * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html, ELB.18.
   */
  httpsOnly?: boolean;

  /**
   * The security policy of the HTTPS listener: the TLS versions and ciphers that clients may use.
   *
   * One of AWS's predefined policies for Application Load Balancers. Policies that Security Hub's
   * control ELB.17 does not recommend are accepted, with a warning. Needs `certificateArn` or
   * `domain`. Defaults to `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`, which AWS recommends.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html.
   */
  sslPolicy?: pulumi.Input<string>;

  /**
   * Mutual TLS: whether clients of the HTTPS listener need a certificate too, and who verifies it.
   *
   * Targets get the certificate in headers. With the mode `verify` these are
   * X-Amzn-Mtls-Clientcert-Subject, -Issuer, -Serial-Number, -Validity and -Leaf. With
   * `passthrough` it is X-Amzn-Mtls-Clientcert. Targets must trust only the headers of the mode
   * that is set, because a client can send the others itself. Needs `certificateArn` or `domain`.
   * Defaults to the mode `off`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html.
   */
  mutualAuthentication?: MutualAuthenticationArgs;

  /**
   * DNS names for the group, with their certificate and records.
   *
   * The component requests a certificate for the names, validates it in Route 53, uses it for an
   * HTTPS listener, and creates alias records that point to the load balancer. With
   * `certificateArn`, it only creates the alias records, and the HTTPS listener uses that
   * certificate. If the names change, the new certificate is in use before the old one is deleted.
   * For names without a hosted zone, the output `domainRecords` lists the records that you must
   * create in your own DNS. Defaults to none.
   * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html.
   */
  domain?: DomainArgs;

  /**
   * Other names for the headers in which targets get details of clients' certificates and of TLS.
   *
   * Needs an HTTPS listener. A header that is left out has AWS's name. If you remove
   * `requestHeaderNames` later, AWS keeps the names, because the AWS provider does not remove them:
   * set it to an empty object instead. Defaults to the names of AWS.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  requestHeaderNames?: RequestHeaderNamesArgs;

  /**
   * The headers that the load balancer adds to responses.
   *
   * The HTTPS listener adds them if there is one, otherwise the HTTP listener. If you remove a
   * header later, AWS keeps it, because the AWS provider does not remove it: then turn it off in
   * the AWS console, in the attributes of the listener. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  responseHeaders?: ResponseHeadersArgs;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * To destroy the group, first set this to false and update, then destroy. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Deletion protection".
   */
  deletionProtection?: pulumi.Input<boolean>;

  /**
   * The ARN of the AWS WAF web ACL that filters requests to the load balancer.
   *
   * It must be a regional web ACL in the load balancer's region. If you change the ARN, the old web
   * ACL is removed first, so nothing is filtered for some seconds. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "AWS WAF".
   */
  webAclArn?: pulumi.Input<string>;

  /**
   * CloudWatch alarms for unhealthy targets, errors, slow responses and rejected connections.
   *
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html.
   */
  alarms?: AlarmsArgs;

  /**
   * Whether to create a CloudWatch dashboard for the group, with the load balancer's name.
   *
   * A dashboard costs 3 USD a month; the first three of an account are free. Must be known at
   * preview, because it decides whether there is one. Defaults to false.
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html.
   */
  dashboard?: boolean;

  /**
   * Tags for all resources that this component creates, at most 50.
   *
   * Keys have 1 to 128 characters and can't start with `aws:`. Values have at most 256 characters.
   * Allowed are letters, digits, spaces and `+-=._:/@`.
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html.
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;

  /**
   * An existing load balancer, for example from the console, that becomes part of the group with
   * its target groups and listeners.
   *
   * Pulumi imports them: the preview shows `import` for each, and `update` for those that will be
   * changed. Without `securityGroupIds`, the load balancer keeps its security groups. The ARNs may
   * stay here after the import. While an ARN is here, a change that would replace its resource is
   * refused. To replace the resource, remove its ARN in the same update. Defaults to none.
   */
  adopt?: AdoptArgs;

  /**
   * What happens if a check against AWS finds a problem at preview.
   *
   * `enforce` refuses the group before anything is created. `warn` continues with a warning. `off`
   * makes no checks against AWS. Defaults to `enforce`.
   *
   * These things are checked:
   *
   * - Each instance exists, runs, and is in the VPC and in one of the load balancer's Availability
   *   Zones. If the load balancer exists already, a stopped instance is only a warning, because it
   *   may be registered already.
   * - The subnets are in one VPC and in different zones, have 8 free IP addresses each, and have an
   *   IPv6 block if `ipAddressType` needs one. A CIDR block smaller than /27 is a warning.
   * - The VPC of an internet-facing load balancer has an internet gateway. A subnet without a route
   *   to it is a warning. So is a subnet without a route to the internet, if users of an internal
   *   load balancer log in.
   * - Each IP address in `targets` without an `availabilityZone` is in the VPC.
   * - Each instance of a target group with `ipv6` has a primary IPv6 address.
   * - Each Auto Scaling group exists. An instance that is also registered by one is a warning.
   * - Each Lambda function is in the load balancer's region.
   * - The buckets for logs exist, and are in the load balancer's region. A policy that does not let
   *   Elastic Load Balancing write to one is a warning.
   * - The resources in `adopt` exist, and their settings that can't be changed are those of the
   *   group.
   * - Each security group exists. One in another VPC is a warning, because the AWS provider can't
   *   find out whether it is associated with this VPC.
   * - Each certificate belongs to this account. A certificate in IAM exists; if it has expired,
   *   that is a warning, because a listener keeps it.
   *   Whether a certificate in ACM was issued is not checked, because the AWS provider finds
   *   certificates only by their domain.
   * - The trust store and the web ACL exist, if they belong to this account.
   * - The domain's names are in their hosted zones. A zone that validates a certificate is public.
   * - The account's quotas are large enough, if the group needs more than the standard quotas.
   * - The security groups allow the load balancer to reach the targets. If they don't, a warning
   *   names the security group rule to add. Only one target is checked for each set of security
   *   groups, and security groups with more than 40 rules are not checked.
   *
   * The checks run after the resources in the group's option `dependsOn` exist. If some of these
   * resources do not exist yet, a preview reports problems as warnings only, and the update checks
   * again.
   *
   * The number of calls to AWS does not grow with each target. The file docs/permissions.md of this
   * package's source lists the IAM actions that the checks need. A check without its permission is
   * skipped with a warning.
   */
  preflight?: Preflight;
}

/** What happens if a check against AWS finds a problem. */
export const Preflight = {
  /** Refuse the group before anything is created. */
  Enforce: "enforce",
  /** Continue with a warning. */
  Warn: "warn",
  /** Make no checks against AWS. */
  Off: "off",
} as const;
export type Preflight = (typeof Preflight)[keyof typeof Preflight];
