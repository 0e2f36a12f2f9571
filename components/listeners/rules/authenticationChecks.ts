import {
  OnUnauthenticatedRequest,
  Protocol,
  type AuthenticateCognitoArgs,
  type AuthenticateOidcArgs,
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

const parameters: checks.Check = {
  accepts: { kind: "map", item: filled },
  visit(value, at) {
    const count = checks.entriesOf(value).length;
    if (count > MAX_PARAMETERS) {
      at.reportText(
        "too-many",
        `must have at most ${MAX_PARAMETERS} parameters, got ${count}; remove some`,
      );
    }
    const named = checks.dictionary(filled, "parameters", (key, argument) => {
      if (key === "")
        argument.reportRemoval("format", "has an empty key; use the name of the query parameter");
    });
    return named.visit(value, at);
  },
};

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

export const authenticationChecks = { authenticateOidc, authenticateCognito };

/** A rule or a listener can have one login, and only over HTTPS. */
export function loginRelation({ protocol, encrypt }: ListenerEndpoint): checks.Relation {
  return {
    properties: [],
    check(rule, at) {
      const given = Object.keys(authenticationChecks).filter((key) => rule[key] !== undefined);
      for (const other of given.slice(1)) {
        at.key(other).reportRemoval(
          "conflict",
          `can't be combined with ${given[0]}, because there can be only one login; remove one of them`,
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
