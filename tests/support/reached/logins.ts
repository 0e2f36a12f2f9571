import { HTTPS } from "./reaches";
import { inRule, RULE } from "./rules";

const OIDC = {
  issuer: "https://login.example.com",
  authorizationEndpoint: "https://login.example.com/authorize",
  tokenEndpoint: "https://login.example.com/token",
  userInfoEndpoint: "https://login.example.com/userinfo",
  clientId: "web",
  clientSecret: "hidden",
};

const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_a1",
  userPoolClientId: "web",
  userPoolDomain: "shop",
};

const LOGIN = {
  onUnauthenticatedRequest: "deny",
  scope: "openid email",
  sessionCookieName: "login",
  sessionTimeout: 60,
};

const logins = (property: string, settings: object) =>
  Object.entries({ ...settings, ...LOGIN, "authenticationRequestExtraParams.key": "v" }).map(
    ([key, value]) =>
      inRule(
        `${property}.${key}`,
        value,
        `actions[0].${property}.${key}`,
        key === "clientSecret" ? { secret: value } : value,
        { ...HTTPS, rules: { key: { ...RULE, [property]: settings } } },
      ),
  );

/** The arguments of both kinds of login. */
export const LOGINS = [
  ...logins("authenticateOidc", OIDC),
  ...logins("authenticateCognito", COGNITO),
];
