import type * as pulumi from "@pulumi/pulumi";
import type { AdoptArgs } from "./adoption";
import type { LoadBalancerAttributes } from "./attributes";
import type { AlarmsArgs } from "./alarms";
import type { DomainArgs } from "./domain";
import type { DefaultActionArgs, RuleArgs } from "./listenerRules";
import type { LoggingArgs } from "./logs";
import type { MutualAuthenticationArgs } from "./mutualAuthentication";
import type { IpAddressType } from "./network";
import type { ResponseHeadersArgs } from "./responseHeaders";
import type { ForwardArgs, NamedTargetGroupArgs } from "./routing";
import type { ServersArgs } from "./servers";
import type { TargetGroupArgs } from "./targetGroup";

/**
 * What a load-balanced group is made of.
 */
export interface LoadBalancedGroupArgs extends LoadBalancerAttributes, LoggingArgs, ServersArgs {
  /**
   * The Availability Zones that the load balancer spans, such as `us-west-2a`.
   *
   * At least two, all of one region; one subnet of each is looked up in `vpcId`, or in the default
   * VPC. Where a zone has several subnets, its default subnet is taken; where that does not decide,
   * name the subnets in `subnetIds` instead. Exactly one of `availabilityZones` and `subnetIds` is
   * required. A plain list, since it decides how many look-ups there are.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets for your load balancer".
   */
  availabilityZones?: string[];

  /**
   * The subnets that the load balancer stands in, instead of `availabilityZones`.
   *
   * At least two, each in another Availability Zone, all in one VPC, each with a /27 block or larger
   * and 8 free addresses.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets for your load balancer".
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
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html, "Scheme".
   */
  internal?: boolean;

  /**
   * By which addresses clients reach the load balancer.
   *
   * With `dualstack` or `dualstack-without-public-ipv4` each subnet needs an IPv6 CIDR block; the
   * latter is for a load balancer that faces the internet. Targets are reached by IPv4 unless their
   * target group has an `ipAddressType` of its own. Plain, since security group rules hang on it.
   * Defaults to `ipv4`, also where it is left out again.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html.
   */
  ipAddressType?: IpAddressType;

  /**
   * How the load balancer reaches its targets and judges their health.
   *
   * Defaults to HTTP on port 80 with the walk-through's health check.
   */
  targetGroup?: TargetGroupArgs;

  /**
   * Further target groups, each under a key of your own that stays with it: for `forward` and
   * `rules`.
   *
   * The keys are plain, since they name the groups. Each must be used, since AWS leaves the servers
   * of a group `unused` that no listener forwards to. 100 groups at most with the main one, which has
   * the key `default`. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html.
   */
  targetGroups?: { [key: string]: NamedTargetGroupArgs };

  /**
   * How requests are distributed over several target groups: blue/green and canary deployments.
   *
   * A change of the weights changes only the listener. The main target group is made only if it is
   * named here, as `default`. Defaults to all requests to the main target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Forward actions".
   */
  forward?: ForwardArgs;

  /**
   * What is done with requests that no rule is about, instead of forwarding them.
   *
   * Not together with `forward`. The main target group is made only if a rule names it, as `default`.
   * Defaults to forwarding.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  defaultAction?: DefaultActionArgs;

  /**
   * What is done with certain requests instead, each rule under a key of your own that stays with it.
   *
   * Of the HTTPS listener, if there is one, else of the HTTP listener. The number, the keys, hosts and
   * paths are plain, since priorities are made of them. AWS has room for 100 rules, a quota that it
   * raises on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html.
   */
  rules?: { [key: string]: RuleArgs };

  /**
   * The load balancer's security groups, 1 to 5, which are never edited.
   *
   * Defaults to one made here, which admits `ingressCidrBlocks` on the listeners' ports and reaches
   * nothing but the targets' ports.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html.
   */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The networks, in CIDR notation, that the security group made here admits: of IPv4 addresses, and
   * with a dualstack `ipAddressType` of IPv6 addresses too.
   *
   * Plain strings, since they name the rules. Not together with `securityGroupIds`. Defaults to
   * everywhere for a load balancer that faces the internet (`0.0.0.0/0`, with `dualstack` also
   * `::/0`, with `dualstack-without-public-ipv4` only that), and to the VPC's own network for an
   * internal one.
   */
  ingressCidrBlocks?: string[];

  /**
   * The targets' security groups, each of which is to get a rule that admits the load balancer on
   * the traffic port and the health check's port.
   *
   * Plain strings, since they name the rules. With these, the security group made here reaches them
   * alone instead of the VPC's network. A group that the same program makes admits the load balancer by
   * a rule of its own, which refers to the output `securityGroupId`. Defaults to none: no security
   * group but its own is touched.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html, "Target security groups".
   */
  targetSecurityGroupIds?: string[];

  /**
   * The port of the HTTP listener, 1 to 65535.
   *
   * With a `certificateArn` or a `domain` it redirects to HTTPS on port 443 and can't be 443 itself. Defaults to 80.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html, "Port".
   */
  port?: number;

  /**
   * The certificate, from ACM in the load balancer's region or from IAM, of an HTTPS listener on
   * port 443.
   *
   * It must have been issued. Defaults to none: traffic is not encrypted, and a warning says so.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html.
   */
  certificateArn?: pulumi.Input<string>;

  /**
   * Further certificates of the HTTPS listener, each under a key that names it.
   *
   * A client that names its host gets the certificate that suits it best, any other client the one in
   * `certificateArn`. Keep a key with its certificate, and don't let two keys swap theirs in one update.
   * AWS takes 25 a load balancer, a quota that it raises on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html, "Certificate list".
   */
  additionalCertificateArns?: { [key: string]: pulumi.Input<string> };

  /**
   * Whether there is an HTTPS listener only, and none on port 80 that redirects to it.
   *
   * Some baselines reject any HTTP listener (Security Hub's control ELB.18). Plain, since it decides
   * which listeners there are. Defaults to false.
   * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html, ELB.18.
   */
  httpsOnly?: boolean;

  /**
   * The security policy of the HTTPS listener: the TLS versions and ciphers that clients may use.
   *
   * One of AWS's predefined policies for application load balancers; one that Security Hub's control
   * ELB.17 reports is taken with a warning. Defaults to `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`,
   * as AWS recommends.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html.
   */
  sslPolicy?: pulumi.Input<string>;

  /**
   * Whether clients of the HTTPS listener show a certificate too (mutual TLS), and who looks at it.
   *
   * Targets learn of it by headers: with the mode `verify` X-Amzn-Mtls-Clientcert-Subject, -Issuer,
   * -Serial-Number, -Validity and -Leaf, with `passthrough` X-Amzn-Mtls-Clientcert. They are not to
   * trust such headers while the mode is neither, as a client may have written them. Only with HTTPS.
   * Defaults to none. What was set once stays when it is left out again: to undo it, write the mode off.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html.
   */
  mutualAuthentication?: MutualAuthenticationArgs;

  /**
   * The names under which clients find the group: a certificate is issued for them and validated in
   * Route 53, an HTTPS listener shows it, and alias records lead the names to the load balancer.
   *
   * Instead of `certificateArn`. Another name is served by a new certificate before the old one goes.
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html.
   */
  domain?: DomainArgs;

  /**
   * The headers that the listener which serves adds to its answers.
   *
   * A header that is left out again stays in AWS until its value is changed: the provider does not take
   * it back. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  responseHeaders?: ResponseHeadersArgs;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * To destroy the group, first set it to false and update, then destroy. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Deletion protection".
   */
  deletionProtection?: pulumi.Input<boolean>;

  /**
   * The web ACL of AWS WAF that filters requests before they are served.
   *
   * A regional one in the load balancer's region. Another one takes its place by way of none, so for
   * some seconds nothing is filtered. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "AWS WAF".
   */
  webAclArn?: pulumi.Input<string>;

  /**
   * The alarms in CloudWatch: unhealthy targets, errors, slow answers, rejected connections.
   *
   * Defaults to none.
   */
  alarms?: AlarmsArgs;

  /**
   * Whether CloudWatch gets a dashboard of the group, under the load balancer's name.
   *
   * Plain, since it decides whether there is one. It costs 3 USD a month beyond the first three of an
   * account. Defaults to false.
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html.
   */
  dashboard?: boolean;

  /**
   * Tags for every resource that is made here, 50 at most.
   *
   * Keys have 1 to 128 characters and don't start with `aws:`; values have 256 at most. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html.
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;

  /**
   * A load balancer that serves already, made in the console for instance, to take over with its target
   * groups and listeners.
   *
   * They are imported: the preview shows each as `import`, and as `update` what will be changed. Without
   * `securityGroupIds` the load balancer keeps those that it has. The ARNs may stay here afterwards. As
   * long as they do, a change that would replace what they name is refused; to replace it, take its ARN
   * out in the same update.
   */
  adopt?: AdoptArgs;

  /**
   * What happens when AWS, asked at preview, knows that this can't work.
   *
   * It is asked whether every server exists, runs and lies in the VPC and in a zone of the load
   * balancer; whether the subnets suit one another, are /27 or larger and have 8 free addresses each,
   * and an IPv6 block where `ipAddressType` asks for it; whether each address without a zone lies in
   * the VPC; whether each instance of a target group of ipv6 has a primary IPv6 address; whether each
   * security group exists in the VPC; whether each certificate is of this account and, in IAM, exists
   * and has not expired; whether the trust store exists, if it is of this account; whether a domain's
   * names lie in its hosted zone, which is public; and, of more than AWS's standard quotas, what the
   * account's are.
   * A way that is shut between load balancer and servers is a warning with the rule that opens it.
   * All is asked in few calls, whatever the number of servers, which for security groups means that
   * one server stands for those that share its groups, and that groups of more than 40 rules are left
   * out. Whether a certificate in ACM was issued is not asked, since the provider finds one only by
   * its domain.
   *
   * `enforce` refuses before anything is created, `warn` goes on with a warning, `off` does not ask.
   * Needs ec2:DescribeInstances, ec2:DescribeSubnets, ec2:DescribeAvailabilityZones,
   * ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules, ec2:DescribeNetworkInterfaces,
   * sts:GetCallerIdentity, for addresses ec2:DescribeVpcs, for certificates in IAM
   * iam:ListServerCertificates and iam:GetServerCertificate, for a trust store
   * elasticloadbalancing:DescribeTrustStores, for a domain route53:GetHostedZone and
   * route53:ListTagsForResource, beyond a standard quota servicequotas:GetServiceQuota and
   * servicequotas:GetAWSDefaultServiceQuota; a check that is not permitted becomes a warning.
   * Defaults to `enforce`.
   */
  preflight?: Preflight;
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
