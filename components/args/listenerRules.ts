import type * as pulumi from "@pulumi/pulumi";
import type { AuthenticateCognitoArgs, AuthenticateOidcArgs } from "./authentication";
import type { ForwardArgs } from "./routing";
import type { Protocol } from "./targetGroup";

/**
 * What is done with requests that meet all of the conditions. A rule has at least one condition, at
 * most 5 values in all of them, and exactly one of the actions.
 */
export interface RuleArgs {
  /**
   * The rule's place among the listener's rules, 1 to 50000, each once: the first that matches decides.
   *
   * Plain. Defaults to a number from 1000 to 48999, so that 1 to 999 come before and 49000 to 50000
   * after all rules without a priority. More specific rules come first: those with exact hosts before
   * those with wildcards in them (more labels before fewer, up to 5) before those without hosts; then
   * those with exact paths before those with wildcards in them (more other characters before fewer, up
   * to 48) before those without paths; then those with more of the other conditions before those with
   * fewer, up to 4. Of several values, the least specific counts. Among equally specific rules a hash of
   * the key decides, so that a change of one rule never changes another's number; if two get the same, it
   * is refused, and one of them needs a priority. To exchange the priorities of two rules, give one of
   * them a free number in an update between, since AWS changes one at a time; the same holds for a
   * priority that a rule has which is removed in the same update, or gets another key.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html, "Rule priority".
   */
  priority?: number;

  /**
   * The hosts of which the request's must be one, up to 128 characters each, in any case.
   *
   * A `*` stands for any characters, a `?` for one. A host has a dot, and only letters after its last
   * one. Plain, since the rule's priority hangs on them.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Host conditions".
   */
  hostHeaders?: string[];

  /**
   * The paths of which the request's must be one, without its query, up to 128 characters each, in
   * this very case.
   *
   * A `*` stands for any characters, a `?` for one; `/api/*` does not match `/api`. Plain, since the
   * rule's priority hangs on them.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Path conditions".
   */
  pathPatterns?: string[];

  /**
   * Headers by their names of up to 40 characters: each must be there with one of its values, up to
   * 128 characters each, in any case.
   *
   * A `*` stands for any characters, a `?` for one. The names are plain; not the Host header, for
   * which there is `hostHeaders`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "HTTP header conditions".
   */
  httpHeaders?: { [name: string]: pulumi.Input<string>[] };

  /**
   * The methods of which the request's must be one, such as `GET`: up to 40 upper-case letters,
   * hyphens and underscores.
   *
   * GET does not include HEAD.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "HTTP request method conditions".
   */
  httpRequestMethods?: pulumi.Input<string>[];

  /**
   * Parameters of the query by their keys: each must be there with one of its values, up to 128
   * characters for keys and values, in any case.
   *
   * A `*` stands for any characters, a `?` for one. The keys are plain.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Query string conditions".
   */
  queryStrings?: { [key: string]: pulumi.Input<string>[] };

  /**
   * The networks, in CIDR notation of IPv4 or IPv6, in one of which the client's address must lie.
   *
   * It is the address of the connection, a proxy's where there is one: X-Forwarded-For does not count.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html, "Source IP address conditions".
   */
  sourceIps?: pulumi.Input<string>[];

  /**
   * Before the action: has users log in by OpenID Connect. With an HTTPS listener only.
   *
   * The security group made here then reaches the identity provider on port 443.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateOidc?: AuthenticateOidcArgs;

  /**
   * Before the action: has users log in at Amazon Cognito. With an HTTPS listener only.
   *
   * The security group made here then reaches Cognito on port 443.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticateCognito?: AuthenticateCognitoArgs;

  /**
   * Action: forwards to the target group of this key, `default` for the main one.
   *
   * Plain, since it decides which groups are made.
   */
  targetGroup?: string;

  /** Action: forwards to several target groups by weight. */
  forward?: ForwardArgs;

  /** Action: sends the client to another URL. */
  redirect?: RedirectArgs;

  /** Action: answers in the load balancer's own name. */
  fixedResponse?: FixedResponseArgs;
}

/** What is done with requests that no rule is about, instead of forwarding them: exactly one of these. */
export interface DefaultActionArgs {
  /** Sends the client to another URL. */
  redirect?: RedirectArgs;

  /** Answers in the load balancer's own name. */
  fixedResponse?: FixedResponseArgs;
}

/**
 * Sends the client to another URL. What is left out stays as it was in the request, and at least one
 * of protocol, host, port and path must change. In host, path and query, `#{protocol}`, `#{host}`,
 * `#{port}`, `#{path}` (without its first slash) and `#{query}` stand for the request's own.
 */
export interface RedirectArgs {
  /**
   * Whether for good (HTTP_301) or for now (HTTP_302).
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html.
   */
  statusCode: pulumi.Input<RedirectStatusCode>;

  /**
   * The protocol, which can't be HTTP where the listener's is HTTPS.
   *
   * Defaults to the request's.
   */
  protocol?: pulumi.Input<Protocol>;

  /**
   * The host, 1 to 128 characters.
   *
   * Defaults to the request's.
   */
  host?: pulumi.Input<string>;

  /**
   * The port, 1 to 65535.
   *
   * Defaults to the request's.
   */
  port?: pulumi.Input<number>;

  /**
   * The path, 1 to 128 characters from `/` on.
   *
   * Defaults to the request's.
   */
  path?: pulumi.Input<string>;

  /**
   * The query, up to 128 characters without `?` in front; an empty one takes the query away.
   *
   * Defaults to the request's.
   */
  query?: pulumi.Input<string>;
}

/** Answers in the load balancer's own name. */
export interface FixedResponseArgs {
  /**
   * The status: 200 to 299, or 400 to 599.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html.
   */
  statusCode: pulumi.Input<number>;

  /**
   * What the body is.
   *
   * Defaults to text/plain.
   */
  contentType?: pulumi.Input<ContentType>;

  /**
   * The body, up to 1024 characters.
   *
   * Defaults to an empty one.
   */
  messageBody?: pulumi.Input<string>;
}

/** Whether clients are sent elsewhere for good or for now. */
export const RedirectStatusCode = { Http301: "HTTP_301", Http302: "HTTP_302" } as const;
export type RedirectStatusCode = (typeof RedirectStatusCode)[keyof typeof RedirectStatusCode];

/** What the body of a fixed response is. */
export const ContentType = {
  TextPlain: "text/plain",
  TextCss: "text/css",
  TextHtml: "text/html",
  ApplicationJavascript: "application/javascript",
  ApplicationJson: "application/json",
} as const;
export type ContentType = (typeof ContentType)[keyof typeof ContentType];
