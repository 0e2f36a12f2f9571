import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { COGNITO, JWT, OIDC } from "../support/logins";
import { api, guide, inActions, WEEK } from "./limits";
import { bad, maps, type ArgumentTable, type Mapping } from "./table";

const ruleWith = (login: object) => ({
  certificateArn: CERTIFICATE,
  rules: { a: { pathPatterns: ["/a/*"], targetGroup: "default", ...login } },
});
const logging = (path: string, code: ProblemCode, login: object, ...says: string[]) =>
  bad(`rules.a.${path}`, code, ruleWith(login), ...says);
const byOidc = (path: string, code: ProblemCode, change: object, ...says: string[]) =>
  logging(`authenticateOidc.${path}`, code, { authenticateOidc: { ...OIDC, ...change } }, ...says);
const byCognito = (path: string, code: ProblemCode, change: object, ...says: string[]) =>
  logging(
    `authenticateCognito.${path}`,
    code,
    { authenticateCognito: { ...COGNITO, ...change } },
    ...says,
  );
const byJwt = (path: string, code: ProblemCode, change: object, ...says: string[]) =>
  logging(`jwtValidation${path}`, code, { jwtValidation: { ...JWT, ...change } }, ...says);
const SCOPE = { format: "space-separated-values", values: ["read"] };
const claims = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`claim${n}`, SCOPE]));
const claimWith = (change: object) => ({ additionalClaims: { a: { ...SCOPE, ...change } } });
const long = (length: number) => "x".repeat(length);
const url = (length: number) => `https://a.example.com/${long(length - 22)}`;

const parameters = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]));

const LOGIN = {
  onUnauthenticatedRequest: "deny",
  scope: "openid email",
  sessionCookieName: "login",
  sessionTimeout: 60,
};

const mapsLogin = (property: string, settings: object) =>
  Object.entries({ ...settings, ...LOGIN, "authenticationRequestExtraParams.key": "v" }).map(
    ([key, value]) =>
      maps(
        `rules.key.${property}.${key}`,
        value,
        `web-rule-key actions[0].${property}.${key}`,
        key === "clientSecret" ? { secret: value } : value,
        {
          certificateArn: CERTIFICATE,
          rules: { key: { pathPatterns: ["/a"], targetGroup: "default", [property]: settings } },
        },
      ),
  );

const mapsJwt = (path: string, value: unknown, property: string) =>
  maps(
    `rules.key.jwtValidation.${path}`,
    value,
    `web-rule-key actions[0].jwtValidation.${property}`,
    value,
    {
      certificateArn: CERTIFICATE,
      rules: {
        key: {
          pathPatterns: ["/a"],
          targetGroup: "default",
          jwtValidation: { ...JWT, additionalClaims: { key: SCOPE } },
        },
      },
    },
  );

const mapsAll = [
  ...mapsLogin("authenticateOidc", OIDC),
  ...mapsLogin("authenticateCognito", COGNITO),
  ...Object.entries(JWT).map(([key, value]) => mapsJwt(key, value, key)),
  mapsJwt("additionalClaims.key.format", "string-array", "additionalClaims[0].format"),
  mapsJwt("additionalClaims.key.values", ["read", "write"], "additionalClaims[0].values"),
];

/** What each of them needs. */
const NEEDED: Readonly<Record<string, object>> = {
  authenticateOidc: OIDC,
  authenticateCognito: COGNITO,
  jwtValidation: { ...JWT, additionalClaims: { key: SCOPE } },
};

/** A listener has logins and validates tokens as rules do, before its default action. */
const ofListener = mapsAll.map((mapping): Mapping => {
  const [, login] = /^rules\.key\.(\w+)/.exec(mapping.path) ?? [];
  return {
    ...mapping,
    path: mapping.path.replace("rules.key.", ""),
    child: "web-https",
    property: mapping.property.replace("actions", "defaultActions"),
    beside: {
      certificateArn: CERTIFICATE,
      [login]: NEEDED[login],
    },
  };
});

/** How users log in, and how tokens are validated. */
export const AUTHENTICATION: ArgumentTable = {
  good: [
    [
      "a login at an identity provider",
      ruleWith({
        authenticateOidc: {
          ...OIDC,
          authorizationEndpoint: `${OIDC.authorizationEndpoint}?tenant=a`,
          clientSecret: pulumi.secret("hidden"),
          sessionTimeout: 1,
          onUnauthenticatedRequest: "deny",
          authenticationRequestExtraParams: parameters(10),
        },
      }),
    ],
    [
      "a login before a fixed response",
      {
        certificateArn: CERTIFICATE,
        authenticateCognito: COGNITO,
        defaultAction: { fixedResponse: { statusCode: 404 } },
      },
    ],
    [
      "a login before a forward by weight",
      {
        certificateArn: CERTIFICATE,
        authenticateOidc: { ...OIDC, clientSecret: pulumi.secret("hidden") },
        targetGroups: { blue: {} },
        forward: { weights: { default: 1, blue: 1 } },
      },
    ],
    [
      "the longest settings of tokens",
      ruleWith({
        jwtValidation: {
          issuer: long(256),
          jwksEndpoint: url(256),
          additionalClaims: {
            ...claims(9),
            roles: { format: "string-array", values: ["a b", long(256)] },
          },
        },
      }),
    ],
    [
      "a validation of tokens before a fixed response, whose values are outputs",
      {
        certificateArn: CERTIFICATE,
        jwtValidation: {
          issuer: pulumi.output(JWT.issuer),
          jwksEndpoint: pulumi.output(JWT.jwksEndpoint),
          additionalClaims: {
            scope: {
              format: pulumi.output("space-separated-values"),
              values: [pulumi.output("a")],
            },
          },
        },
        defaultAction: { fixedResponse: { statusCode: 404 } },
      },
    ],
    [
      "a login at Cognito",
      ruleWith({
        authenticateCognito: { ...COGNITO, sessionTimeout: 604800 },
      }),
    ],
  ],
  bad: [
    bad(
      "jwtValidation",
      "conflict",
      { jwtValidation: JWT },
      "needs an HTTPS listener; set certificateArn or domain, or remove jwtValidation",
    ),
    bad(
      "listeners.a.jwtValidation",
      "conflict",
      { listeners: { a: { port: 8080, protocol: "HTTP", jwtValidation: JWT } } },
      "needs an HTTPS listener; set protocol to HTTPS",
    ),
    bad(
      "jwtValidation",
      "conflict",
      { certificateArn: CERTIFICATE, authenticateOidc: OIDC, jwtValidation: JWT },
      "can't be combined with authenticateOidc",
    ),
    logging(
      "jwtValidation",
      "conflict",
      { authenticateCognito: COGNITO, jwtValidation: JWT },
      "can't be combined with authenticateCognito",
    ),
    byJwt(".jwksEndpoint", "format", { jwksEndpoint: "http://a.example.com/keys" }, "https://"),
    byJwt(".jwksEndpoint", "format", { jwksEndpoint: "https://a.example.com" }, "has a path"),
    byJwt(".jwksEndpoint", "format", { jwksEndpoint: url(257) }, "256 characters", "shorten it"),
    byJwt(".issuer", "format", { issuer: "" }, "1 to 256 characters"),
    byJwt(".issuer", "format", { issuer: long(257) }, "shorten it"),
    byJwt(
      ".additionalClaims",
      "too-many",
      { additionalClaims: claims(11) },
      "at most 10 claims",
      "got 11",
    ),
    ...["exp", "iss", "nbf", "iat"].map((name) =>
      byJwt(
        `.additionalClaims.${name}`,
        "conflict",
        { additionalClaims: { [name]: SCOPE } },
        "is always validated; remove it",
      ),
    ),
    byJwt(".additionalClaims.a.values", "too-few", claimWith({ values: [] }), "1 to 10 values"),
    byJwt(
      ".additionalClaims.a.values[10]",
      "too-many",
      claimWith({ values: Array.from({ length: 11 }, (_, n) => `v${n}`) }),
      "at most 10 values",
    ),
    byJwt(
      ".additionalClaims.a.values[0]",
      "format",
      claimWith({ values: [long(257)], format: "single-string" }),
      "shorten it",
    ),
    byJwt(
      ".additionalClaims.a.values[0]",
      "format",
      claimWith({ values: [""], format: "string-array" }),
      "give it a value",
    ),
    byJwt(
      ".additionalClaims.a.values[0]",
      "format",
      claimWith({ values: ["read write"] }),
      "without spaces with the format space-separated-values",
      "list each value by itself",
    ),
    bad(
      "authenticateOidc",
      "conflict",
      { authenticateOidc: OIDC },
      "needs an HTTPS listener; set certificateArn or domain, or remove authenticateOidc",
    ),
    bad(
      "authenticateCognito",
      "conflict",
      { certificateArn: CERTIFICATE, authenticateOidc: OIDC, authenticateCognito: COGNITO },
      "can't be combined with authenticateOidc",
    ),
    bad(
      "listeners.a.authenticateCognito",
      "conflict",
      { listeners: { a: { port: 8080, protocol: "HTTP", authenticateCognito: COGNITO } } },
      "needs an HTTPS listener; set protocol to HTTPS",
    ),
    bad(
      "authenticateOidc.issuer",
      "format",
      { certificateArn: CERTIFICATE, authenticateOidc: { ...OIDC, issuer: "login" } },
      "a URL that starts with https://",
    ),
    bad(
      "rules.a.authenticateOidc",
      "conflict",
      { ...ruleWith({ authenticateOidc: OIDC }), certificateArn: undefined },
      "needs an HTTPS listener",
    ),
    logging(
      "authenticateCognito",
      "conflict",
      { authenticateOidc: OIDC, authenticateCognito: COGNITO },
      "can't be combined with authenticateOidc",
    ),
    byOidc(
      "issuer",
      "format",
      { issuer: "http://login.example.com" },
      "a URL that starts with https://",
      '"http://',
    ),
    byOidc(
      "tokenEndpoint",
      "format",
      { tokenEndpoint: "login.example.com" },
      "a URL that starts with https://",
    ),
    byOidc("clientSecret", "format", { clientSecret: "" }, "not empty"),
    byOidc("sessionCookieName", "format", { sessionCookieName: "a b" }, "a cookie's name"),
    byOidc("scope", "format", { scope: "" }, "not empty"),
    byOidc(
      "authenticationRequestExtraParams",
      "too-many",
      {
        authenticationRequestExtraParams: parameters(11),
      },
      "at most 10 parameters",
      "got 11",
    ),
    byCognito(
      "userPoolArn",
      "format",
      { userPoolArn: "us-west-2_a1" },
      "the ARN of a user pool",
      "copy the ARN",
    ),
  ],
  mappings: [...mapsAll, ...ofListener],
  limits: [
    {
      args: [
        "jwtValidation.additionalClaims.a.format",
        "rules.a.jwtValidation.additionalClaims.a.format",
      ],
      emulator: inActions("jwtValidation.additionalClaims.format"),
      source: { model: "JwtValidationActionAdditionalClaim.Format" },
    },
    {
      args: [
        "jwtValidation.additionalClaims.a.values",
        "rules.a.jwtValidation.additionalClaims.a.values",
      ],
      source: {
        documented: { min: 1, max: 10 },
        page: api("JwtValidationActionAdditionalClaim"),
      },
    },
    {
      args: [
        "authenticateOidc.onUnauthenticatedRequest",
        "rules.a.authenticateOidc.onUnauthenticatedRequest",
      ],
      emulator: inActions("authenticateOidc.onUnauthenticatedRequest"),
      source: { model: "AuthenticateOidcActionConfig.OnUnauthenticatedRequest" },
    },
    {
      args: [
        "authenticateCognito.onUnauthenticatedRequest",
        "rules.a.authenticateCognito.onUnauthenticatedRequest",
      ],
      emulator: inActions("authenticateCognito.onUnauthenticatedRequest"),
      source: { model: "AuthenticateCognitoActionConfig.OnUnauthenticatedRequest" },
    },
    {
      args: [
        "authenticateOidc.sessionTimeout",
        "authenticateCognito.sessionTimeout",
        "rules.a.authenticateOidc.sessionTimeout",
        "rules.a.authenticateCognito.sessionTimeout",
      ],
      source: { documented: WEEK, page: guide("listener-authenticate-users") },
    },
  ],
};
