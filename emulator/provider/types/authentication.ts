import { type AuthenticateAction } from "../../aws";
import { blockOf, given, integerOf, mapOf, type Shape, textOf } from "../properties";
import { type Properties } from "../values";

const COMMON: Shape = {
  authenticationRequestExtraParams: { kind: "map" },
  onUnauthenticatedRequest: {
    kind: "string",
    computed: true,
    values: ["authenticate", "allow", "deny"],
  },
  scope: { kind: "string", default: "openid" },
  sessionCookieName: { kind: "string", default: "AWSELBAuthSessionCookie" },
  sessionTimeout: { kind: "integer", default: 604_800 },
};

const texts = (...names: string[]): Shape =>
  Object.fromEntries(names.map((name) => [name, { kind: "string", required: true }]));

const OIDC = texts(
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "userInfoEndpoint",
  "clientId",
  "clientSecret",
);
const COGNITO = texts("userPoolArn", "userPoolClientId", "userPoolDomain");

/** What an action may have for logins. */
export const LOGINS: Shape = {
  authenticateOidc: { kind: "block", properties: { ...COMMON, ...OIDC } },
  authenticateCognito: { kind: "block", properties: { ...COMMON, ...COGNITO } },
};

export function isLogin(block: Properties): boolean {
  return block.authenticateOidc !== undefined || block.authenticateCognito !== undefined;
}

/** The login that an action asks for, if it is one. */
export function loginOf(block: Properties): AuthenticateAction | undefined {
  const oidc = blockOf(block, "authenticateOidc");
  const login = oidc ?? blockOf(block, "authenticateCognito");
  if (login === undefined) {
    return undefined;
  }
  const text = (key: string) => given(textOf(login, key), key);
  const unauthenticated = textOf(login, "onUnauthenticatedRequest");
  return {
    type: oidc === undefined ? "authenticate-cognito" : "authenticate-oidc",
    onUnauthenticatedRequest:
      unauthenticated === "allow" || unauthenticated === "deny" ? unauthenticated : "authenticate",
    scope: text("scope"),
    sessionCookieName: text("sessionCookieName"),
    sessionTimeout: given(integerOf(login, "sessionTimeout"), "sessionTimeout"),
    authenticationRequestExtraParams: mapOf(login, "authenticationRequestExtraParams"),
    settings: Object.fromEntries(
      Object.keys(oidc === undefined ? COGNITO : OIDC).map((key) => [key, text(key)]),
    ),
  };
}

/** The login as the state has it. */
export function loginState({ type, settings, ...common }: AuthenticateAction): Properties {
  const property = type === "authenticate-oidc" ? "authenticateOidc" : "authenticateCognito";
  const { authenticationRequestExtraParams: parameters, ...rest } = common;
  const block = { ...rest, ...settings, authenticationRequestExtraParams: { ...parameters } };
  return { type, order: 1, [property]: block };
}
