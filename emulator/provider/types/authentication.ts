import {
  type AuthenticateAction,
  type Authentication,
  CLAIM_FORMATS,
  type JwtValidationAction,
} from "../../aws";
import {
  blockOf,
  blocksOf,
  given,
  integerOf,
  mapOf,
  type Shape,
  textOf,
  textsOf,
} from "../properties";
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

const JWT_VALIDATION: Shape = {
  ...texts("issuer", "jwksEndpoint"),
  additionalClaims: {
    kind: "blocks",
    anyOrder: true,
    properties: {
      name: { kind: "string", required: true },
      format: { kind: "string", required: true, values: CLAIM_FORMATS },
      values: { kind: "set", required: true },
    },
  },
};

/** What an action may have for logins and tokens. */
export const AUTHENTICATIONS: Shape = {
  authenticateOidc: { kind: "block", properties: { ...COMMON, ...OIDC } },
  authenticateCognito: { kind: "block", properties: { ...COMMON, ...COGNITO } },
  jwtValidation: { kind: "block", properties: JWT_VALIDATION },
};

/** Whether the actions are one action, and before it at most one login or validation of tokens. */
export function areSupported(actions: readonly Properties[]): boolean {
  const before = actions.map((block) =>
    Object.keys(AUTHENTICATIONS).some((property) => block[property] !== undefined),
  );
  return before.length === 2 ? before[0] && !before[1] : before.length === 1 && !before[0];
}

/** The login or the validation of tokens before the last of the actions. */
export function authenticationOf(actions: readonly Properties[]): Authentication | undefined {
  const block = actions.at(-2) ?? {};
  const validation = blockOf(block, "jwtValidation");
  return validation === undefined ? loginOf(block) : jwtValidationOf(validation);
}

function jwtValidationOf(validation: Properties): JwtValidationAction {
  return {
    type: "jwt-validation",
    jwksEndpoint: given(textOf(validation, "jwksEndpoint"), "jwksEndpoint"),
    issuer: given(textOf(validation, "issuer"), "issuer"),
    additionalClaims: blocksOf(validation, "additionalClaims").map((claim) => ({
      name: given(textOf(claim, "name"), "name"),
      format: given(
        CLAIM_FORMATS.find((format) => format === textOf(claim, "format")),
        "format",
      ),
      values: textsOf(claim, "values"),
    })),
  };
}

function loginOf(block: Properties): AuthenticateAction | undefined {
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

/** The login or the validation of tokens as the state has it. */
export function authenticationState(authentication: Authentication): Properties {
  if (authentication.type === "jwt-validation") {
    const { type, additionalClaims, ...rest } = authentication;
    const claims = additionalClaims.map(({ values, ...claim }) => ({
      ...claim,
      values: [...values],
    }));
    const jwtValidation = claims.length === 0 ? rest : { ...rest, additionalClaims: claims };
    return { type, order: 1, jwtValidation };
  }
  const { type, settings, ...common } = authentication;
  const property = type === "authenticate-oidc" ? "authenticateOidc" : "authenticateCognito";
  const { authenticationRequestExtraParams: parameters, ...rest } = common;
  const block = { ...rest, ...settings, authenticationRequestExtraParams: { ...parameters } };
  return { type, order: 1, [property]: block };
}
