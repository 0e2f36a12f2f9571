import { legible, shortened } from "../checks/format";

/** Why a call to AWS failed, and what to do about it. */
export interface Failure {
  readonly reason: string;
  readonly remedy: string;
}

/** AWS did not answer within the time limit of the lookup. */
export class LookupTimeout extends Error {
  constructor(readonly seconds: number) {
    super(`no answer within ${seconds} seconds`);
  }
}

const DENIED = /UnauthorizedOperation|AccessDenied|not authorized|Forbidden/i;

/** Errors of AWS, the provider and the engine. The first one that matches is used. */
const KNOWN: readonly (Failure & { readonly says: RegExp })[] = [
  {
    says: /ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|InvalidAccessKeyId|NoCredentialProviders|no valid credential|validate AWS credentials|get credentials|refresh cached credentials/i,
    reason:
      "the AWS credentials are missing, wrong or expired, or the region is not enabled in the account",
    remedy:
      "log in again, and check with `aws sts get-caller-identity`; if that works, enable the region in the account, or use another",
  },
  {
    says: /invalid AWS Region|not a valid region/i,
    reason: "the region of the AWS provider is not an AWS region",
    remedy: "set it, for example with `pulumi config set aws:region us-west-2`",
  },
  {
    says: /STS: GetCallerIdentity.*(?:AccessDenied|not authorized|Forbidden)/is,
    reason: "AWS refused this call, which needs no permission",
    remedy: "check the policy of the VPC endpoint for STS, if there is one",
  },
  {
    says: DENIED,
    reason: "the credentials lack the permission for this call",
    remedy:
      "allow the call in an IAM policy of the identity that `aws sts get-caller-identity` shows",
  },
  {
    says: /Throttl|RequestLimitExceeded|TooManyRequests|Rate exceeded/i,
    reason: "AWS throttled the call",
    remedy: "run the command again in a minute",
  },
  {
    says: /unknown function|invalid function|no such function|unimplemented|function .*not (?:found|supported)/i,
    reason: "this version of the AWS provider does not support the call",
    remedy: "use a newer version of the Pulumi AWS provider (@pulumi/aws, pulumi-aws)",
  },
  {
    says: /timed? ?out|deadline exceeded|ECONNREFUSED|ECONNRESET|ENOTFOUND|connection re|no such host|dial tcp|network is unreachable/i,
    reason: "AWS can't be reached",
    remedy: "check your network and aws:region, and run the command again",
  },
];

/** Why a lookup failed, in words that follow the IAM action in a message. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LookupTimeout) {
    return {
      reason: `AWS did not answer within ${error.seconds} seconds`,
      remedy: "run the command again",
    };
  }
  const said = errorText(error);
  const known = KNOWN.find(({ says }) => says.test(said));
  if (known !== undefined) return known;
  return {
    reason: `AWS answered "${lastLine(said)}"`,
    remedy: "solve the problem that this answer describes, or run the command again",
  };
}

/** A check that throws, although its lookups were answered. */
export function unexpected(error: unknown): Failure {
  return {
    reason: `failed unexpectedly ("${lastLine(errorText(error))}")`,
    remedy: "please report this as a bug of the component",
  };
}

/** Whether the error says that a permission is lacking. */
export function saysDenied(error: unknown): boolean {
  return DENIED.test(errorText(error));
}

/** Whether the error says that the bucket is in another region. S3 answers with a redirect. */
export function saysElsewhere(error: unknown): boolean {
  return /StatusCode: 301|MovedPermanently|PermanentRedirect|actual location/.test(
    errorText(error),
  );
}

/** Whether the error says that the resource does not exist. */
export function saysMissing(error: unknown): boolean {
  const missing =
    /NotFound|WebACL not found|no matching|multiple .* matched|no results|returned 0 results|couldn't find resource/i;
  return missing.test(errorText(error));
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const MAX_ANSWER_LENGTH = 200;

/** The last line of an error, which is AWS's message. The provider and the engine add text before it. */
function lastLine(said: string): string {
  const own = /api error (.*)/s.exec(said)?.[1] ?? said;
  const [line = ""] = own
    .split("\n")
    .map((one) => one.replace(/^\s*\*\s*/, "").trim())
    .filter((one) => one !== "")
    .slice(-1);
  return shortened(legible(line), MAX_ANSWER_LENGTH);
}
