import { COGNITO, OIDC } from "../logins";
import { HTTPS } from "./reaches";
import { inRule, RULE } from "./rules";

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
