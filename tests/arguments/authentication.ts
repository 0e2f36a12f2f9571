import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { COGNITO, OIDC } from "../support/logins";
import { guide, inActions, WEEK } from "./limits";
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

const mapsAll = [
  ...mapsLogin("authenticateOidc", OIDC),
  ...mapsLogin("authenticateCognito", COGNITO),
];

/** A listener has logins as rules have them, before its default action. */
const ofListener = mapsAll.map((mapping): Mapping => {
  const [, login] = /^rules\.key\.(\w+)/.exec(mapping.path) ?? [];
  return {
    ...mapping,
    path: mapping.path.replace("rules.key.", ""),
    child: "web-https",
    property: mapping.property.replace("actions", "defaultActions"),
    beside: {
      certificateArn: CERTIFICATE,
      [login]: login === "authenticateOidc" ? OIDC : COGNITO,
    },
  };
});

/** How users log in. */
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
      "a login at Cognito",
      ruleWith({
        authenticateCognito: { ...COGNITO, sessionTimeout: 604800 },
      }),
    ],
  ],
  bad: [
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
