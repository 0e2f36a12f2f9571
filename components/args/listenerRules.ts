import type * as pulumi from "@pulumi/pulumi";
import type {
  AuthenticateCognitoArgs,
  AuthenticateOidcArgs,
  JwtValidationArgs,
} from "./authentication";
import type { ForwardArgs } from "./routing";
import type { Protocol } from "./targetGroup";

/**
 * A listener rule: what happens to requests that match all of its conditions.
 *
 * A rule has at least one condition, at most 5 values in all its conditions together, and
 * exactly one action.
 */
export interface RuleArgs {
  /**
   * The rule's priority, 1 to 50000. Of the rules that match a request, the one with the lowest
   * number applies.
   *
   * Two rules can't have the same priority. Must be known at preview, because it is compared with
   * the priorities of the other rules. If you leave it out, the component computes a priority from
   * 1000 to 48999. So rules with the priorities 1 to 999 come before all rules with computed
   * priorities, and rules with 49000 to 50000 come after them.
   *
   * A more specific rule gets a lower number. These points decide, in this order:
   *
   * - The hosts: rules with exact hosts come before rules with wildcards in their hosts. Rules
   *   without hosts come last. Of two hosts with wildcards, the one with more parts, separated by
   *   dots, comes first (up to 5 parts count).
   * - The paths: rules with exact paths come before rules with wildcards in their paths. Rules
   *   without paths come last. Of two paths with wildcards, the one with more characters that are
   * not wildcards comes first (up to 48 characters count). The paths `*` and `/*` match every
   * request, so a rule with one of them is treated like a rule without paths.
   * - The other conditions: rules with more of them come first (up to 4 conditions count).
   *
   * Regular expressions for hosts or paths count as the least specific wildcards.
   *
   * If a condition has several values, the least specific one counts. If two rules are equally
   * specific, a hash of their keys decides. The priority of a rule depends only on the rule and its
   * key, so a change of one rule never changes the priority of another. If two rules get the same
   * priority, the preview fails: set the priority of one of them.
   *
   * If you exchange the priorities of two rules, the AWS provider changes the rules one after the
   * other, so one of them is missing for a moment. To prevent this, change only the rule that
   * should come later: give it a free number that is greater than that of the other rule.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html, "Rule priority".
   */
  priority?: number;

  /**
   * Condition: the request's host is one of these. Each has up to 128 characters. Case is ignored.
   *
   * `*` matches 0 or more characters, and `?` exactly one. Each host must contain a dot, with only
   * letters after the last one. Must be known at preview, because the rule's priority depends on it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Host conditions".
   */
  hostHeaders?: string[];

  /**
   * Condition: the request's path is one of these. Each has up to 128 characters. Case matters.
   *
   * The query is not part of the path. `*` matches 0 or more characters, and `?` exactly one.
   * `/api/*` does not match `/api`. Must be known at preview, because the rule's priority depends on it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Path conditions".
   */
  pathPatterns?: string[];

  /**
   * Condition: the request has each of these headers, with one of the values listed for it. Case
   * is ignored.
   *
   * Names have up to 40 characters and no wildcards. Values have up to 128 characters; in them, `*`
   * matches 0 or more characters, and `?` exactly one. The names and the number of values must be known at preview; the values may be
   * outputs. For the Host header, use `hostHeaders`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "HTTP header conditions".
   */
  httpHeaders?: { [name: string]: pulumi.Input<string>[] };

  /**
   * Condition: the request's method is one of these, such as `GET`.
   *
   * Each has up to 40 upper-case letters, hyphens and underscores. `GET` does not include `HEAD`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "HTTP request method conditions".
   */
  httpRequestMethods?: pulumi.Input<string>[];

  /**
   * Condition: the request has each of these query parameters, with one of the values listed for
   * it. Case is ignored.
   *
   * Keys and values have up to 128 characters. `*` matches 0 or more characters, and `?` exactly one.
   * The keys and the number of values must be known at preview; the values may be outputs. The empty
   * key `""` stands for any parameter: at least one parameter of the request must have one of the values.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Query string conditions".
   */
  queryStrings?: { [key: string]: pulumi.Input<string>[] };

  /**
   * Condition: the client's address is in one of these networks, in CIDR notation of IPv4 or IPv6.
   *
   * It is the address that connects to the load balancer. Behind a proxy, that is the proxy's
   * address: X-Forwarded-For is ignored.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Source IP address conditions".
   */
  sourceIps?: pulumi.Input<string>[];

  /**
   * Condition: one of these regular expressions, of up to 128 characters each, matches the request's
   * host. Case is ignored.
   *
   * Can't be combined with `hostHeaders`. An expression without `^` and `$` also matches a part of
   * the host. If the Host header contains a port, the expression sees the port too. AWS does not
   * support lookaheads, lookbehinds, backreferences, atomic groups, possessive quantifiers,
   * subroutines, recursion and Unicode character classes. Must be known at preview, because the
   * rule's priority depends on it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Host conditions".
   */
  hostHeaderRegexValues?: string[];

  /**
   * Condition: one of these regular expressions, of up to 128 characters each, matches the request's
   * path. Case matters.
   *
   * Can't be combined with `pathPatterns`. The query is not part of the path. An expression without
   * `^` and `$` also matches a part of the path. AWS does not support lookaheads,
   * lookbehinds, backreferences and other features: see `hostHeaderRegexValues`. Must be known at preview, because the rule's priority depends on
   * it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Path conditions".
   */
  pathPatternRegexValues?: string[];

  /**
   * Conditions: the headers of the request meet all of these. You choose the keys.
   *
   * Use this beside `httpHeaders` for regular expressions, or for several conditions on the same
   * header.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "HTTP header conditions".
   */
  httpHeaderConditions?: { [key: string]: HttpHeaderConditionArgs };

  /**
   * Users must log in with OpenID Connect before the action. Needs an HTTPS listener.
   *
   * The load balancer then calls the identity provider on port 443. The security group that a group
   * creates allows this. If you pass security groups, or for a service, one of the load balancer's
   * security groups must allow it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateOidc?: AuthenticateOidcArgs;

  /**
   * Users must log in with Amazon Cognito before the action. Needs an HTTPS listener.
   *
   * The load balancer then calls Cognito on port 443. The security group that the component creates
   * allows this. If you pass security groups, one of them must allow it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateCognito?: AuthenticateCognitoArgs;

  /**
   * Requests must have a valid JSON web token (JWT) before the action. Needs an HTTPS listener.
   *
   * Without one, they get the status 401. Can't be combined with `authenticateOidc` and
   * `authenticateCognito`. The load balancer gets the keys of the identity provider on port 443. The
   * security group that a group creates allows this. If you pass security groups, or for a service,
   * one of the load balancer's security groups must allow it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html.
   */
  jwtValidation?: JwtValidationArgs;

  /**
   * Rewrites the URL of a request before it is sent to the target: the path, and the query if there is one.
   *
   * The conditions are still compared with the URL that the client requested. Only for rules that
   * forward. Users report that AWS decodes percent-encoded characters, such as `%3A`, in URLs that
   * it rewrites, so test this first if your URLs have some:
   * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4579.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html.
   */
  urlRewrite?: RewriteArgs;

  /**
   * Rewrites the Host header of a request before it is sent to the target.
   *
   * The conditions are still compared with the host that the client requested. Only for rules that
   * forward.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html.
   */
  hostHeaderRewrite?: RewriteArgs;

  /**
   * Action: forward to the target group with this key. The main target group has the key `default`.
   *
   * Must be known at preview, because it decides which target groups are created.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  targetGroup?: string;

  /**
   * Action: forward to several target groups by weight.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  forward?: ForwardArgs;

  /**
   * Action: redirect the client to another URL.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  redirect?: RedirectArgs;

  /**
   * Action: the load balancer itself responds.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  fixedResponse?: FixedResponseArgs;
}

/** A condition for a header: it has one of the values, or one of the regular expressions matches it. */
export interface HttpHeaderConditionArgs {
  /**
   * The name of the header, up to 40 characters without wildcards. Case is ignored.
   *
   * For the Host header, use `hostHeaders` or `hostHeaderRegexValues`. Must be known at preview,
   * because the component compares the rules, to warn of rules that get no request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html.
   */
  httpHeaderName: string;

  /**
   * The values, of up to 128 characters each. Case is ignored.
   *
   * `*` matches 0 or more characters, and `?` exactly one. The number of values must be known at
   * preview; the values may be outputs.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html.
   */
  values?: pulumi.Input<string>[];

  /**
   * Regular expressions, of up to 128 characters each, instead of `values`. Case is ignored.
   *
   * An expression without `^` and `$` also matches a part of the value. The number of expressions
   * must be known at preview; the expressions may be outputs.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html.
   */
  regexValues?: pulumi.Input<string>[];
}

/**
 * A rewrite of a part of the request by a regular expression.
 *
 * If the expression does not match, the request is sent as it is. If the result is not valid, the
 * load balancer responds with the status 500.
 */
export interface RewriteArgs {
  /**
   * The regular expression, 1 to 1024 characters. What it matches is replaced.
   *
   * A rewrite of the URL sees the path and the query, such as `/img/a.png?size=2`. So `$` stands
   * for the end of the query, or of the path if there is no query. AWS does not support lookaheads,
   * lookbehinds, backreferences, atomic groups, possessive quantifiers, subroutines, recursion and
   * Unicode character classes. AWS does not document whether it replaces one match or all of them:
   * with `^` at the start, there is only one.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html.
   */
  regex: pulumi.Input<string>;

  /**
   * The text that replaces what the regular expression matches, up to 1024 characters.
   *
   * `$1`, `$2` and so on stand for what the capture groups of the regular expression match.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RewriteConfig.html.
   */
  replace: pulumi.Input<string>;
}

/** What happens to requests that match no rule, if they are not forwarded: exactly one of these. */
export interface DefaultActionArgs {
  /**
   * Redirect the client to another URL.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  redirect?: RedirectArgs;

  /**
   * The load balancer itself responds.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html.
   */
  fixedResponse?: FixedResponseArgs;
}

/**
 * A redirect of the client to another URL.
 *
 * A part that is left out stays as in the request. At least one of protocol, host, port and path
 * must change. Some parts of the request can be inserted: in `host` only `#{host}`; in `path` also
 * `#{port}` and `#{path}`, which is without its first slash; in `query` also `#{protocol}` and
 * `#{query}`.
 */
export interface RedirectArgs {
  /**
   * Whether the redirect is permanent (HTTP_301) or temporary (HTTP_302).
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  statusCode: pulumi.Input<RedirectStatusCode>;

  /**
   * The protocol. It can't be HTTP if the listener's protocol is HTTPS.
   *
   * Defaults to that of the request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The host, 1 to 128 characters. It can contain `#{host}`.
   *
   * Defaults to that of the request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  host?: pulumi.Input<string>;

  /**
   * The port, 1 to 65535.
   *
   * Defaults to that of the request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  port?: pulumi.Input<number>;

  /**
   * The path, 1 to 128 characters with `/` at the start. It can contain `#{host}`, `#{port}` and
   * `#{path}`.
   *
   * Defaults to that of the request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  path?: pulumi.Input<string>;

  /**
   * The query, up to 128 characters without `?` at the start. It can contain `#{protocol}`,
   * `#{host}`, `#{port}`, `#{path}` and `#{query}`. An empty query removes the request's query.
   *
   * Defaults to that of the request.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  query?: pulumi.Input<string>;
}

/** A response that the load balancer itself sends. */
export interface FixedResponseArgs {
  /**
   * The HTTP status code: 200 to 299, or 400 to 599.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html.
   */
  statusCode: pulumi.Input<number>;

  /**
   * The content type of the body.
   *
   * Defaults to text/plain.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html.
   */
  contentType?: pulumi.Input<ContentType>;

  /**
   * The body, up to 1024 characters.
   *
   * Defaults to an empty body.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html.
   */
  messageBody?: pulumi.Input<string>;
}

/** Whether a redirect is permanent or temporary. */
export const RedirectStatusCode = { Http301: "HTTP_301", Http302: "HTTP_302" } as const;
export type RedirectStatusCode = (typeof RedirectStatusCode)[keyof typeof RedirectStatusCode];

/** The content type of a fixed response. */
export const ContentType = {
  TextPlain: "text/plain",
  TextCss: "text/css",
  TextHtml: "text/html",
  ApplicationJavascript: "application/javascript",
  ApplicationJson: "application/json",
} as const;
export type ContentType = (typeof ContentType)[keyof typeof ContentType];
