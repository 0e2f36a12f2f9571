import { OnUnauthenticatedRequest } from "../args";
import { DEFAULTS } from "../defaults";
import * as rules from "../rules";

const MOST_PARAMETERS = 10;

const filled = rules.text("a text that is not empty", (value) => value !== "", "give it a value");

const endpoint = rules.text(
  "a URL with https",
  (value) => /^https:\/\/[^/\s]+\S*$/.test(value),
  "copy it from the identity provider's configuration",
);

const parameters: rules.Rule = {
  visit(value, at) {
    const count = rules.entriesOf(value).length;
    if (count > MOST_PARAMETERS) {
      at.state(`must be at most ${MOST_PARAMETERS} parameters, got ${count}; leave some out`);
    }
    const named = rules.dictionary(filled, "parameters", (key, place) => {
      if (key === "") place.state("must have a key that is not empty; choose another key");
    });
    return named.visit(value, at);
  },
};

const COMMON = {
  onUnauthenticatedRequest: rules.choice(OnUnauthenticatedRequest),
  scope: filled,
  sessionCookieName: rules.text(
    "a cookie's name",
    (value) => /^[A-Za-z0-9_.-]+$/.test(value),
    "use letters, digits, dots, - and _",
  ),
  sessionTimeout: rules.whole(1, 604800, "seconds"),
  authenticationRequestExtraParams: parameters,
};

const authenticateOidc = rules.object(
  {
    ...COMMON,
    issuer: endpoint,
    authorizationEndpoint: endpoint,
    tokenEndpoint: endpoint,
    userInfoEndpoint: endpoint,
    clientId: filled,
    clientSecret: rules.secret(filled),
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

const authenticateCognito = rules.object(
  {
    ...COMMON,
    userPoolArn: rules.text(
      "the ARN of a user pool",
      (value) => /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/\S+$/.test(value),
      'copy it from the user pool, "arn:aws:cognito-idp:<region>:<account>:userpool/<id>"',
    ),
    userPoolClientId: filled,
    userPoolDomain: filled,
  },
  {
    defaults: DEFAULTS.AuthenticateCognito,
    required: ["userPoolArn", "userPoolClientId", "userPoolDomain"],
  },
);

export const authenticationRules = { authenticateOidc, authenticateCognito };

/** Users log in over HTTPS only, and at one place. */
export function loginRelation(encrypted: boolean): rules.Relation {
  return {
    of: [],
    judge(rule, at) {
      const given = Object.keys(authenticationRules).filter((key) => rule[key] !== undefined);
      for (const other of given.slice(1)) {
        at.key(other).refuse(`does not go with ${given[0]}, which a rule has once; leave one out`);
      }
      if (encrypted) return;
      for (const key of given.slice(0, 1)) {
        at.key(key).state("needs an HTTPS listener; pass a certificateArn, or leave it out");
      }
    },
  };
}
