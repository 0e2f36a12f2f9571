import type * as pulumi from "@pulumi/pulumi";

/** How users log in, at any identity provider. */
export interface AuthenticationArgs {
  /**
   * What happens to requests of users who are not logged in.
   *
   * `authenticate` redirects the user to the login page, `allow` performs the rule's action without
   * a login, and `deny` responds with 401. Defaults to `authenticate`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  onUnauthenticatedRequest?: pulumi.Input<OnUnauthenticatedRequest>;

  /**
   * The scopes to request from the identity provider, separated by spaces.
   *
   * Defaults to `openid`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  scope?: pulumi.Input<string>;

  /**
   * The name of the cookie that keeps a user logged in.
   *
   * Defaults to `AWSELBAuthSessionCookie`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  sessionCookieName?: pulumi.Input<string>;

  /**
   * How long a user stays logged in, in seconds.
   *
   * From 1 to 604800. Defaults to 604800, one week.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  sessionTimeout?: pulumi.Input<number>;

  /**
   * Further query parameters for the URL of the login page, at most 10. The keys are their names.
   *
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html.
   */
  authenticationRequestExtraParams?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** Users log in at an identity provider that supports OpenID Connect. */
export interface AuthenticateOidcArgs extends AuthenticationArgs {
  /**
   * The issuer of the identity provider, as an https URL.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  issuer: pulumi.Input<string>;

  /**
   * The https URL of the login page.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  authorizationEndpoint: pulumi.Input<string>;

  /**
   * The https URL of the token endpoint, which the load balancer must be able to reach.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  tokenEndpoint: pulumi.Input<string>;

  /**
   * The https URL of the user info endpoint, which the load balancer must be able to reach.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  userInfoEndpoint: pulumi.Input<string>;

  /**
   * The client ID of the application at the identity provider.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  clientId: pulumi.Input<string>;

  /**
   * The client secret of the application at the identity provider. It is always a secret in the
   * state.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html.
   */
  clientSecret: pulumi.Input<string>;
}

/** Users log in at an Amazon Cognito user pool. */
export interface AuthenticateCognitoArgs extends AuthenticationArgs {
  /**
   * The ARN of the user pool.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateCognitoActionConfig.html.
   */
  userPoolArn: pulumi.Input<string>;

  /**
   * The ID of an app client of the user pool. The app client must have a client secret.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateCognitoActionConfig.html.
   */
  userPoolClientId: pulumi.Input<string>;

  /**
   * The domain of the user pool: the prefix of its Amazon Cognito domain, such as `my-app`, or your
   * full custom domain.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateCognitoActionConfig.html.
   */
  userPoolDomain: pulumi.Input<string>;
}

/** What happens to requests of users who are not logged in. */
export const OnUnauthenticatedRequest = {
  /** Redirect the user to the login page. */
  Authenticate: "authenticate",
  /** Perform the rule's action without a login. */
  Allow: "allow",
  /** Refuse the request with 401. */
  Deny: "deny",
} as const;
export type OnUnauthenticatedRequest =
  (typeof OnUnauthenticatedRequest)[keyof typeof OnUnauthenticatedRequest];
