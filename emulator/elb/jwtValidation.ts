import { type KeyObject, verify } from "node:crypto";
import { AwsError, type JwtValidationAction, type TokenClaim } from "../aws";
import type { RequestFacts } from "./conditions";
import type { Interception } from "./login";

const LONGEST = 256;
const MAX_CLAIMS = 10;
const MAX_VALUES = 10;
const ALWAYS_VALIDATED = ["exp", "iss", "nbf", "iat"];

/** Refuses settings that AWS would refuse. */
export function checkJwtValidation(action: JwtValidationAction): void {
  const { jwksEndpoint, issuer, additionalClaims } = action;
  const demand = (holds: boolean, message: string) => {
    if (!holds) throw new AwsError("InvalidLoadBalancerAction", message);
  };
  const isLong = (text: string) => text.length > LONGEST;
  demand(
    /^https:\/\/[^/\s]+\/\S*$/.test(jwksEndpoint) && !isLong(jwksEndpoint),
    `The JWKS endpoint must be an HTTPS URL of at most ${LONGEST} characters`,
  );
  demand(issuer !== "" && !isLong(issuer), `The issuer must have 1 to ${LONGEST} characters`);
  demand(
    additionalClaims.length <= MAX_CLAIMS,
    `At most ${MAX_CLAIMS} additional claims can be validated`,
  );
  for (const { name, format, values } of additionalClaims) {
    demand(
      !ALWAYS_VALIDATED.includes(name),
      `The claim '${name}' is always validated and cannot be an additional claim`,
    );
    const right = values.every(
      (value) =>
        value !== "" && !isLong(value) && !(format === "space-separated-values" && / /.test(value)),
    );
    demand(
      right && values.length > 0 && values.length <= MAX_VALUES,
      `The values of the claim '${name}' are not valid`,
    );
  }
}

/** The public keys of an identity provider, by their IDs. */
export type KeySet = ReadonlyMap<string, KeyObject>;

/** Finds the key with an ID at an endpoint; undefined if it has none. Fails if the endpoint does not answer rightly. */
export type FindKey = (endpoint: string, keyId: string) => Promise<KeyObject | undefined>;

/**
 * What becomes of a request whose token is not valid; undefined for one that is. AWS's pages do not name the
 * status for keys that can't be read: here it is that of logins whose provider can't be reached.
 */
export async function validateToken(
  action: JwtValidationAction,
  { headers }: RequestFacts,
  findKey: FindKey,
): Promise<Interception | undefined> {
  const token = parsedToken(headers.get("authorization") ?? []);
  if (token === undefined || !hasClaims(token.claims, action)) return { status: 401 };
  let key: KeyObject | undefined;
  try {
    key = await findKey(action.jwksEndpoint, token.keyId);
  } catch {
    return { status: 500 };
  }
  const isSigned = key !== undefined && verify("RSA-SHA256", token.signed, key, token.signature);
  return isSigned ? undefined : { status: 401 };
}

type Claims = Readonly<Record<string, unknown>>;

interface Token {
  readonly keyId: string;
  readonly claims: Claims;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** The token of a request; undefined if it has none, or one that is malformed or signed in another way. */
function parsedToken(authorization: readonly string[]): Token | undefined {
  const [value = "", ...others] = authorization;
  const match = /^Bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(value);
  if (match === null || others.length > 0) return undefined;
  const [, head, body, signature] = match;
  const header = parsedObject(head);
  const claims = parsedObject(body);
  if (claims === undefined || header?.alg !== "RS256") return undefined;
  const { kid } = header;
  if (typeof kid !== "string") return undefined;
  return {
    keyId: kid,
    claims,
    signed: Buffer.from(`${head}.${body}`),
    signature: Buffer.from(signature, "base64url"),
  };
}

function parsedObject(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function hasClaims(claims: Claims, { issuer, additionalClaims }: JwtValidationAction): boolean {
  const now = Date.now() / 1000;
  const { exp, iss, nbf = now, iat = now } = claims;
  const isPast = (time: unknown) => typeof time === "number" && time <= now;
  const expires = typeof exp === "number" && exp > now;
  return (
    iss === issuer &&
    expires &&
    isPast(nbf) &&
    isPast(iat) &&
    additionalClaims.every((claim) => hasClaim(claims[claim.name], claim))
  );
}

/**
 * AWS's pages do not say whether a claim of several values must have all of those that are listed. Here it must, so
 * that what passes here passes there too.
 */
function hasClaim(value: unknown, { format, values }: TokenClaim): boolean {
  if (format === "string-array") {
    return Array.isArray(value) && values.every((one) => value.includes(one));
  }
  if (typeof value !== "string") return false;
  if (format === "single-string") return values.includes(value);
  return values.every((one) => value.split(" ").includes(one));
}
