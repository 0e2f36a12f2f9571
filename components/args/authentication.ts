import type * as pulumi from "@pulumi/pulumi";

/** How users log in, whoever knows them. */
export interface AuthenticationArgs {
  /**
   * What happens with requests of users who have not logged in.
   *
   * Defaults to authenticate.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  onUnauthenticatedRequest?: pulumi.Input<OnUnauthenticatedRequest>;

  /**
   * What is asked of the identity provider about a user, words with spaces between.
   *
   * Defaults to `openid`.
   */
  scope?: pulumi.Input<string>;

  /**
   * The cookie that keeps a user logged in.
   *
   * Defaults to `AWSELBAuthSessionCookie`.
   */
  sessionCookieName?: pulumi.Input<string>;

  /**
   * How long a user stays logged in, 1 to 604800 seconds.
   *
   * Defaults to 604800, a week.
   */
  sessionTimeout?: pulumi.Input<number>;

  /**
   * Further parameters of the login page's URL, 10 at most.
   *
   * Defaults to none.
   */
  authenticationRequestExtraParams?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** Has users log in at an identity provider that speaks OpenID Connect. */
export interface AuthenticateOidcArgs extends AuthenticationArgs {
  /**
   * The identity provider's issuer, as a URL with https.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  issuer: pulumi.Input<string>;

  /** The URL of the login page, with https. */
  authorizationEndpoint: pulumi.Input<string>;

  /** The URL at which the load balancer gets tokens, with https; it must be reachable from it. */
  tokenEndpoint: pulumi.Input<string>;

  /** The URL at which the load balancer asks about a user, with https; it must be reachable from it. */
  userInfoEndpoint: pulumi.Input<string>;

  /** The id under which the identity provider knows this application. */
  clientId: pulumi.Input<string>;

  /** The secret that belongs to the id; it is secret in the state, however it is given. */
  clientSecret: pulumi.Input<string>;
}

/** Has users log in at a user pool of Amazon Cognito. */
export interface AuthenticateCognitoArgs extends AuthenticationArgs {
  /**
   * The user pool's ARN.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateCognitoActionConfig.html.
   */
  userPoolArn: pulumi.Input<string>;

  /** The id of the user pool's client for this application, which must have a secret. */
  userPoolClientId: pulumi.Input<string>;

  /** The user pool's domain: its prefix, or the whole of one of your own. */
  userPoolDomain: pulumi.Input<string>;
}

/** What happens with requests of users who have not logged in. */
export const OnUnauthenticatedRequest = {
  /** They are sent to the login page. */
  Authenticate: "authenticate",
  /** The rule's action is done all the same. */
  Allow: "allow",
  /** They are refused with 401. */
  Deny: "deny",
} as const;
export type OnUnauthenticatedRequest =
  (typeof OnUnauthenticatedRequest)[keyof typeof OnUnauthenticatedRequest];
