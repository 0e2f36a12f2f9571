import type * as pulumi from "@pulumi/pulumi";
import type { Preflight } from "./group";
import type { RuleArgs } from "./listenerRules";
import type { NamedTargetGroupArgs } from "./routing";
import type { ServersArgs } from "./servers";
import type { TargetGroupArgs } from "./targetGroup";

/** The arguments of a service behind a listener that exists already. */
export interface LoadBalancedServiceArgs extends ServersArgs {
  /**
   * The ARN of the listener that the service joins.
   *
   * It is a listener of an Application Load Balancer: one of the output `listenerArns` of a
   * `LoadBalancedGroup` in this program or in another stack, or any other. The service adds its
   * rules and certificates to it, and changes nothing else in it. If you move the service to a
   * listener of another load balancer, its target groups are replaced, because AWS allows a target
   * group only one load balancer.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html.
   */
  listenerArn: pulumi.Input<string>;

  /**
   * The listener rules that say which requests the service gets, each with a key that you choose and
   * don't change. At least one.
   *
   * A rule forwards to a target group of this service: `default` is the main one. The number of
   * rules, their keys, hosts and paths must be known at preview, because the priorities are
   * computed from them. The computed priorities also depend on the names of the service, its stack
   * and its project, so that services of several stacks rarely get the same priority. The preview
   * asks AWS whether another rule has it. AWS accepts 100 rules for each load balancer, a quota
   * that it can raise on request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html.
   */
  rules: { [key: string]: RuleArgs };

  /**
   * The settings of the main target group: how requests reach its targets, and how their health is
   * checked.
   *
   * The main target group has the key `default`. It is created only if a rule forwards to that key.
   * Defaults to HTTP on port 80, with a health check of `/` every 5 seconds.
   */
  targetGroup?: TargetGroupArgs;

  /**
   * Further target groups for `rules`, each with a key that you choose and don't change.
   *
   * The keys must be known at preview, because the target groups are named after them. Each
   * target group must be used by at least one rule. One that is not used is refused, because AWS would
   * send no requests to its targets. At most 100 target groups for each load balancer. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html.
   */
  targetGroups?: { [key: string]: NamedTargetGroupArgs };

  /**
   * The ARNs of certificates for the service's hosts, each with a key that you choose. The service
   * adds them to the listener, which must be an HTTPS listener.
   *
   * A client that sends a host name (SNI) gets the certificate that matches it best. Don't add the
   * listener's default certificate, or one that another service adds: a listener has a certificate
   * only once, so removing it here would remove it for the other service too. AWS accepts 25 for
   * all listeners of a load balancer, not counting default certificates, a quota that it can raise
   * on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html, "Certificate list".
   */
  certificateArns?: { [key: string]: pulumi.Input<string> };

  /**
   * The IDs of the targets' security groups, to which this component adds rules that allow the load
   * balancer.
   *
   * Each gets a security group rule for each port on which targets get requests, health checks or calls of the target optimizer,
   * from the first security group of the load balancer, or from `loadBalancerSecurityGroupId`. Must
   * be known at preview, because security group rules are named after them. A security group can
   * have a rule only once: if targets of several services share a security group and a port, only
   * one of the services may list it here. When that service is destroyed, the targets of the others
   * can't be reached until another service lists the security group. Defaults to none: no other
   * security group is changed.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html, "Target security groups".
   */
  targetSecurityGroupIds?: string[];

  /**
   * The ID of the load balancer's security group, if this component should add rules to it that
   * allow traffic to the targets.
   *
   * It adds outbound rules on the targets' ports: to each of `targetSecurityGroupIds`, and to the
   * addresses of `targets` that have an `availabilityZone`. So it needs `targetSecurityGroupIds`, or a
   * target with an `availabilityZone`.
   *
   * The output `securityGroupId` of a `LoadBalancedGroup` is such an ID. Defaults to none: the load
   * balancer's security groups are not changed. If they don't allow the traffic, a warning at preview
   * names the rule to add.
   */
  loadBalancerSecurityGroupId?: pulumi.Input<string>;

  /**
   * Tags for all resources that this component creates, at most 49.
   *
   * All resources also get the tag `load-balanced-service` with the names of the project, the stack
   * and the service, so that you see in AWS to which service a rule or a target group belongs. If
   * AWS does not allow the names in a tag, characters are replaced and a hash is added.
   * Keys have 1 to 128 characters and can't start with `aws:`. Values have at most 256 characters.
   * Allowed are letters, digits, spaces and `+-=._:/@`.
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html.
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;

  /**
   * What happens if a check against AWS finds a problem at preview.
   *
   * `enforce` refuses the service before anything is created. `warn` continues with a warning. `off`
   * makes no checks against AWS. Defaults to `enforce`.
   *
   * The targets, their security groups and the certificates are checked in the same way as those of
   * a `LoadBalancedGroup`. The listener and its load balancer are looked up in any case, because
   * the service needs them. In addition, these things are checked:
   *
   * - The listener is an HTTPS listener if the service has certificates, rules with logins or
   *   with the validation of JSON web tokens, or target groups with the protocol version HTTP2 or
   *   GRPC.
   * - No other rule of the listener has the priority of one of the service's rules.
   * - No security group rule that something else created is the same as one that the service would
   *   add.
   * - The security group in `loadBalancerSecurityGroupId` exists. If it is not one of the load
   *   balancer's, a warning says so.
   * - The load balancer's security groups allow it to reach the targets. If they don't, a warning
   *   names the security group rule to add.
   * - The account's quotas are large enough, if the service needs more than the standard quotas.
   *
   * If the same program creates the listener, its ARN is unknown at the first preview. Then the
   * update makes the checks, after the listener exists and before anything of the service is created.
   */
  preflight?: Preflight;
}
