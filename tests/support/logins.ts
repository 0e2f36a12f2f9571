/** What a rule needs to have users log in by OpenID Connect. */
export const OIDC = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "web",
  clientSecret: "hidden",
};

/** The same at Cognito. */
export const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_a1",
  userPoolClientId: "web",
  userPoolDomain: "shop",
};

/** What a listener needs to validate JSON web tokens. */
export const JWT = {
  issuer: "https://login.example.com",
  jwksEndpoint: "https://login.example.com/keys.json",
};
