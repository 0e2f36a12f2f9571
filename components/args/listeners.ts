import type * as pulumi from "@pulumi/pulumi";
import type {
  AuthenticateCognitoArgs,
  AuthenticateOidcArgs,
  JwtValidationArgs,
} from "./authentication";
import type { DefaultActionArgs, RuleArgs } from "./listenerRules";
import type { MutualAuthenticationArgs } from "./mutualAuthentication";
import type { RequestHeaderNamesArgs } from "./requestHeaderNames";
import type { ResponseHeadersArgs } from "./responseHeaders";
import type { ForwardArgs } from "./routing";
import type { Protocol } from "./targetGroup";

/** A further listener of the load balancer, with its own rules and default action. */
export interface ListenerArgs {
  /**
   * The port of the listener, 1 to 65535.
   *
   * Each listener has its own port. If you change the port, a new listener is created before the old
   * one is deleted. Must be known at preview, because security group rules are created for it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html, "Port".
   */
  port: number;

  /**
   * The protocol of the listener.
   *
   * You can change it from HTTP to HTTPS. To change it from HTTPS to HTTP, choose another port, or
   * remove the listener in one update and add it in the next, because the AWS provider can't change
   * it. Must be known at preview, because it decides which settings the listener has.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html, "Listener configuration".
   */
  protocol: Protocol;

  /**
   * The ARN of the default certificate of an HTTPS listener.
   *
   * The certificate is from IAM, or from ACM in the load balancer's region, and must have been
   * issued. Defaults to the certificate of the group, from its `certificateArn` or `domain`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html.
   */
  certificateArn?: pulumi.Input<string>;

  /**
   * The ARNs of further certificates for an HTTPS listener, each with a key that you choose.
   *
   * A client that sends a host name (SNI) gets the certificate that matches it best. Any other
   * client gets the default certificate. AWS accepts 25 further certificates for all listeners of a
   * load balancer, a quota that it can raise on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html, "Certificate list".
   */
  additionalCertificateArns?: { [key: string]: pulumi.Input<string> };

  /**
   * The security policy of an HTTPS listener: the TLS versions and ciphers that clients may use.
   *
   * One of AWS's predefined policies for Application Load Balancers. Defaults to `sslPolicy` of the
   * group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html.
   */
  sslPolicy?: pulumi.Input<string>;

  /**
   * Mutual TLS of an HTTPS listener: whether clients need a certificate too, and who verifies it.
   *
   * At most two listeners of a load balancer can have the mode `verify`. Defaults to the mode `off`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html.
   */
  mutualAuthentication?: MutualAuthenticationArgs;

  /**
   * Other names for the headers in which targets get details of clients' certificates and of TLS.
   *
   * Only for an HTTPS listener. A header that is left out has AWS's name. If you remove
   * `requestHeaderNames` later, AWS keeps the names, because the AWS provider does not remove them:
   * set it to an empty object instead. Defaults to the names of AWS.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  requestHeaderNames?: RequestHeaderNamesArgs;

  /**
   * The headers that this listener adds to responses.
   *
   * If you remove a header later, AWS keeps it, because the AWS provider does not remove it: then
   * turn it off in the AWS console, in the attributes of the listener. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  responseHeaders?: ResponseHeadersArgs;

  /**
   * How requests of this listener are distributed over several target groups.
   *
   * Defaults to forwarding all requests to the main target group.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html, "Forward actions".
   */
  forward?: ForwardArgs;

  /**
   * A redirect or a fixed response for requests of this listener that match none of its rules,
   * instead of forwarding them.
   *
   * Can't be combined with `forward`. Defaults to none: these requests are forwarded to the main
   * target group, or as `forward` says.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  defaultAction?: DefaultActionArgs;

  /**
   * Users must log in with OpenID Connect before requests that match no rule are served. Only for an HTTPS listener.
   *
   * Requests that match a rule need no login, unless the rule has one itself. The load balancer
   * calls the identity provider on port 443. The security group that the component creates allows
   * this. If you pass security groups, one of them must allow it. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateOidc?: AuthenticateOidcArgs;

  /**
   * Users must log in with Amazon Cognito before requests that match no rule are served. Only for an HTTPS listener.
   *
   * Requests that match a rule need no login, unless the rule has one itself. The load balancer
   * calls Cognito on port 443. The security group that the component creates allows this. If you
   * pass security groups, one of them must allow it. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateCognito?: AuthenticateCognitoArgs;

  /**
   * Requests that match no rule must have a valid JSON web token (JWT). Only for an HTTPS listener.
   *
   * Without one, they get the status 401. Requests that match a rule need no token, unless the rule
   * demands one itself. Can't be combined with `authenticateOidc` and `authenticateCognito`. The load
   * balancer gets the keys of the identity provider on port 443. The security group that the component
   * creates allows this. If you pass security groups, one of them must allow it. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html.
   */
  jwtValidation?: JwtValidationArgs;

  /**
   * The rules of this listener, each with a key that you choose and don't change.
   *
   * The number of rules, their keys, hosts and paths must be known at preview, because the priorities
   * are computed from them. AWS accepts 100 rules for all listeners of a load balancer, a quota that
   * it can raise on request. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html.
   */
  rules?: { [key: string]: RuleArgs };
}
