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

/**
 * Requests must have a valid JSON web token (JWT), in the header `Authorization: Bearer <token>`.
 *
 * The load balancer verifies the signature of the token, for which only the algorithm RS256 is
 * supported. The token must have the claims `iss` and `exp`. The claims `nbf` and `iat` are
 * validated if the token has them.
 */
export interface JwtValidationArgs {
  /**
   * The https URL of the identity provider's JSON Web Key Set (JWKS), with a path, up to 256 characters.
   *
   * The URL must be public. The key set may have at most 10 keys and 150 KB; if it has more, no
   * request passes.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html.
   */
  jwksEndpoint: pulumi.Input<string>;

  /**
   * The issuer, which the claim `iss` of the token must name, 1 to 256 characters.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html.
   */
  issuer: pulumi.Input<string>;

  /**
   * Further claims that the token must have, at most 10. The keys are the names of the claims.
   *
   * The names `exp`, `iss`, `nbf` and `iat` are not allowed, because these claims are always
   * validated. The names must be known at preview. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html.
   */
  additionalClaims?: { [name: string]: JwtClaimArgs };
}

/** A claim that a JSON web token must have. */
export interface JwtClaimArgs {
  /**
   * How the token writes the claim.
   *
   * `single-string` is one string, `string-array` an array of strings, and `space-separated-values`
   * a string of several values with spaces between them, such as the claim `scope`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html.
   */
  format: pulumi.Input<JwtClaimFormat>;

  /**
   * The values to compare the claim with, 1 to 10, of up to 256 characters each.
   *
   * With the format `space-separated-values`, a value can't contain a space. AWS does not document
   * whether the token needs all of several values or only one of them, so test this first.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html.
   */
  values: pulumi.Input<string>[];
}

/** How a JSON web token writes a claim. */
export const JwtClaimFormat = {
  /** One string. */
  SingleString: "single-string",
  /** An array of strings. */
  StringArray: "string-array",
  /** A string of several values with spaces between them. */
  SpaceSeparatedValues: "space-separated-values",
} as const;
export type JwtClaimFormat = (typeof JwtClaimFormat)[keyof typeof JwtClaimFormat];
