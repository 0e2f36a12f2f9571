import {
  JwtClaimFormat,
  OnUnauthenticatedRequest,
  Protocol,
  type AuthenticateCognitoArgs,
  type AuthenticateOidcArgs,
  type JwtClaimArgs,
  type JwtValidationArgs,
} from "../../args";
import { DEFAULTS } from "../../args/defaults";
import * as checks from "../../checks";
import type { ListenerEndpoint } from "./actionChecks";

const MAX_PARAMETERS = 10;

const filled = checks.text(
  "a string that is not empty",
  (value) => value !== "",
  (value) => (value === "" ? "give it a value" : "give it a value in quotes"),
);

const endpoint = checks.text(
  "a URL that starts with https://",
  (value) => /^https:\/\/[^/\s]+\S*$/.test(value),
  "copy it from the identity provider's configuration",
);

/** Values under keys that are names at the identity provider, with at most `max` of them. */
function namedThere(
  item: checks.Check,
  what: string,
  max: number,
  visitName: (name: string, at: checks.ArgumentPath) => void,
): checks.Check {
  const named = checks.dictionary(item, what, visitName);
  return {
    ...named,
    visit(value, at) {
      const count = checks.entriesOf(value).length;
      if (count > max) {
        at.reportText("too-many", `must have at most ${max} ${what}, got ${count}; remove some`);
      }
      return named.visit(value, at);
    },
  };
}

const parameters = namedThere(filled, "parameters", MAX_PARAMETERS, (name, at) => {
  if (name === "")
    at.reportRemoval("format", "has an empty key; use the name of the query parameter");
});

const COMMON = {
  onUnauthenticatedRequest: checks.choice(OnUnauthenticatedRequest),
  scope: filled,
  sessionCookieName: checks.text(
    "a cookie's name",
    (value) => /^[A-Za-z0-9_.-]+$/.test(value),
    "use letters, digits, dots, - and _",
  ),
  sessionTimeout: checks.whole(1, 604800, "seconds"),
  authenticationRequestExtraParams: parameters,
};

const authenticateOidc = checks.object<AuthenticateOidcArgs>(
  {
    ...COMMON,
    issuer: endpoint,
    authorizationEndpoint: endpoint,
    tokenEndpoint: endpoint,
    userInfoEndpoint: endpoint,
    clientId: filled,
    clientSecret: checks.secret(filled),
  },
  {
    defaults: DEFAULTS.AuthenticateOidc,
    required: [
      "issuer",
      "authorizationEndpoint",
      "tokenEndpoint",
      "userInfoEndpoint",
      "clientId",
      "clientSecret",
    ],
  },
);

const authenticateCognito = checks.object<AuthenticateCognitoArgs>(
  {
    ...COMMON,
    userPoolArn: checks.text(
      "the ARN of a user pool",
      (value) => /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/\S+$/.test(value),
      'copy the ARN of the user pool, "arn:aws:cognito-idp:<region>:<account>:userpool/<id>"',
    ),
    userPoolClientId: filled,
    userPoolDomain: filled,
  },
  {
    defaults: DEFAULTS.AuthenticateCognito,
    required: ["userPoolArn", "userPoolClientId", "userPoolDomain"],
  },
);

const MAX_JWT_LENGTH = 256;
const MAX_CLAIMS = 10;
const MAX_CLAIM_VALUES = 10;

/** These claims are always validated. */
const OWN_CLAIMS = ["exp", "iss", "nbf", "iat"];

const jwtText = (what: string, test: (value: string) => boolean, remedy: string) =>
  checks.text(
    what,
    (value) => test(value) && value.length <= MAX_JWT_LENGTH,
    (value) => {
      if (typeof value !== "string") return "write it in quotes";
      return test(value) ? "shorten it" : remedy;
    },
  );

const SOME_TEXT = `a string of 1 to ${MAX_JWT_LENGTH} characters`;
const isFilled = (value: string) => value !== "";

/** The check of a claim. The format decides what its values can be. */
function checkOfClaim(format: unknown) {
  const value =
    format === JwtClaimFormat.SpaceSeparatedValues
      ? jwtText(
          `${SOME_TEXT} without spaces with the format ${format}`,
          (text) => /^[^ ]+$/.test(text),
          "list each value by itself",
        )
      : jwtText(SOME_TEXT, isFilled, "give it a value");
  return checks.object<JwtClaimArgs>(
    {
      format: checks.choice(JwtClaimFormat),
      values: checks.plain(
        checks.list(value, "values", 1, MAX_CLAIM_VALUES),
        "AWS limits the number of values, which must be known",
        "pass a plain list, in which the values may be outputs",
      ),
    },
    { required: ["format", "values"] },
  );
}

const claim: checks.PlainCheck = {
  ...checkOfClaim(undefined),
  visit: (value, at) => checkOfClaim(checks.valueAt(value, "format")).visit(value, at),
};

const additionalClaims = namedThere(claim, "claims", MAX_CLAIMS, (name, at) => {
  if (OWN_CLAIMS.includes(name)) at.reportRemoval("conflict", "is always validated; remove it");
  if (name === "") at.reportRemoval("format", "has an empty key; use the name of the claim");
});

const jwtValidation = checks.object<JwtValidationArgs>(
  {
    jwksEndpoint: jwtText(
      `a URL of at most ${MAX_JWT_LENGTH} characters that starts with https:// and has a path`,
      (value) => /^https:\/\/[^/\s]+\/\S*$/.test(value),
      "copy jwks_uri from the identity provider's configuration",
    ),
    issuer: jwtText(SOME_TEXT, isFilled, "copy it from the identity provider's configuration"),
    additionalClaims: checks.plain(
      additionalClaims,
      "AWS limits the number of claims, which must be known",
      "pass an object with plain keys and lists, in which format and the items of values may be outputs",
    ),
  },
  { required: ["jwksEndpoint", "issuer"] },
);

export const authenticationChecks = { authenticateOidc, authenticateCognito, jwtValidation };

/** A rule or a listener can have one login or validation of tokens, and only over HTTPS. */
export function authenticationRelation({ protocol, encrypt }: ListenerEndpoint): checks.Relation {
  return {
    properties: [],
    check(rule, at) {
      const given = Object.keys(authenticationChecks).filter((key) => rule[key] !== undefined);
      for (const other of given.slice(1)) {
        at.key(other).reportRemoval(
          "conflict",
          `can't be combined with ${given[0]}, because only one of them can come before the action; remove one of them`,
        );
      }
      if (protocol !== Protocol.HTTP || encrypt === undefined) return;
      for (const key of given.slice(0, 1)) {
        at.key(key).reportRemoval(
          "conflict",
          `needs an HTTPS listener; ${encrypt}, or remove ${key}`,
        );
      }
    },
  };
}
