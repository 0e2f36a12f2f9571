import { valueAt } from "../components/checks";
import {
  BackendUnusableError,
  CredentialsError,
  type EnvironmentError,
  PassphraseError,
  UnreachableError,
} from "./errors";
import type { ProgramFailure } from "./programHost";
import { again, type OperationName, type Progress } from "./progress";

/** An operation that failed, and what is known about the reason. */
export interface Failure {
  readonly environment: string;
  readonly operation: OperationName;
  /** The error that was thrown, without secrets. */
  readonly error: unknown;
  readonly progress?: Progress;
  readonly programFailures?: readonly ProgramFailure[];
}

type ErrorFactory = (failure: Failure, matched: string) => EnvironmentError;

const NAME_A_BACKEND =
  "Set PULUMI_BACKEND_URL (or the option backend) to an existing one, such as file:///srv/state or " +
  "s3://bucket. A folder must already exist.";
const LOOK_AT_BACKEND = "Check PULUMI_BACKEND_URL (or the option backend) and the network.";
const LOOK_AT_RIGHTS =
  "Check the credentials for the backend, and their permissions to read and write there.";

/** How to restore the previous state, which the engine keeps. */
const restoreAdvice = (environment: string) =>
  `In the backend, delete .pulumi/stacks/<project>/${environment}.json.attrs. If that does not help, ` +
  `copy .pulumi/stacks/<project>/${environment}.json.bak over .pulumi/stacks/<project>/` +
  `${environment}.json. Then update the state with refresh(), or with pulumi refresh --stack ` +
  `${environment}. Then look in AWS for resources that were created last and are missing in the state, and ` +
  "delete them there.";

const backend =
  (reason: BackendUnusableError["reason"], what: string, advice: string): ErrorFactory =>
  ({ environment, operation, error }, matched) =>
    new BackendUnusableError(
      environment,
      operation,
      reason,
      matched === "" ? what : `${what}: ${matched}`,
      advice,
      error,
    );

const credentials =
  (reason: CredentialsError["reason"], what: string): ErrorFactory =>
  ({ environment, operation, error }) =>
    new CredentialsError(environment, operation, reason, what, error);

/**
 * Messages of the engine and the AWS SDKs about backend, credentials and network, and the errors that they
 * become. There are no events or codes for them. The text that a pattern captures is shown in the error.
 */
const KNOWN: readonly (readonly [RegExp, ErrorFactory])[] = [
  [
    /PULUMI_ACCESS_TOKEN must be set for login/,
    backend(
      "not-logged-in",
      "there is no backend for its state: nobody is logged in",
      `${NAME_A_BACKEND} Or log in with pulumi login.`,
    ),
  ],
  [/passphrase must be set with/, (failure) => passphrase(failure, "missing")],
  [/incorrect passphrase/, (failure) => passphrase(failure, "wrong")],
  [
    /(no space left on device|disk quota exceeded|ENOSPC)/i,
    ({ environment, operation, error }) =>
      new BackendUnusableError(
        environment,
        operation,
        "full",
        "a disk is full, perhaps the disk with the state",
        `Free some space. Then ${again(operation)}. If the state can't be read then: ${restoreAdvice(environment)}`,
        error,
      ),
  ],
  [
    /failed to load checkpoint: (.*)/,
    ({ environment, operation, error }, matched) =>
      new BackendUnusableError(
        environment,
        operation,
        "unreadable",
        `its state can't be read: ${matched}`,
        restoreAdvice(environment),
        error,
      ),
  ],
  [
    /unable to open (?:bucket|state directory) .*?: (.*(?:no such file|not exist).*)/,
    backend("missing", "its backend does not exist", NAME_A_BACKEND),
  ],
  [
    /((?:NoSuchBucket|code=NotFound).*)/,
    backend("missing", "its backend does not exist", NAME_A_BACKEND),
  ],
  [
    /unable to open (?:bucket|state directory) (.*)/,
    backend("unreachable", "its backend can't be opened", LOOK_AT_BACKEND),
  ],
  [
    /(?:performing HTTP request|blob \(key )[^]*?(dial tcp[^\n]*)/,
    backend("unreachable", "its backend can't be reached", LOOK_AT_BACKEND),
  ],
  [/blob \(key .*?\) (.*)/, backend("denied", "its backend denies access", LOOK_AT_RIGHTS)],
  [
    /(invalid access token|\[401\] .*|permission denied.*\.pulumi.*)/i,
    backend("denied", "its backend denies access", LOOK_AT_RIGHTS),
  ],
  [
    /\b(ExpiredToken|RequestExpired|token (?:included in the request )?(?:is|has) expired|SSO session.*expired)/i,
    credentials("expired", "the credentials have expired"),
  ],
  [
    /\b(InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId|Invalid credentials configured)/,
    credentials("refused", "AWS does not accept the credentials"),
  ],
  [
    /(No valid credential sources|failed to refresh cached credentials|no EC2 IMDS role|Could not load credentials|CredentialsProviderError|NoCredentialProviders|Could not resolve credentials|unable to validate AWS credentials)/i,
    credentials("missing", "there are no credentials for AWS"),
  ],
  [
    /invalid AWS Region: (\S+)/i,
    ({ environment, operation, error }, matched) =>
      new UnreachableError(environment, operation, `AWS has no region ${matched}`, error),
  ],
  [
    /((?:ECONNREFUSED|ENOTFOUND|ECONNRESET|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN)[^\n]*|dial tcp[^\n]*)/,
    ({ environment, operation, error }, matched) =>
      new UnreachableError(environment, operation, `AWS can't be reached: ${matched}`, error),
  ],
];

function passphrase(
  { environment, operation, error }: Failure,
  reason: PassphraseError["reason"],
): PassphraseError {
  return new PassphraseError(environment, operation, reason, error);
}

/** The failure as an EnvironmentError, if its cause is the backend, the credentials or the network. */
export function knownFailure(
  failure: Failure,
  said: readonly string[],
): EnvironmentError | undefined {
  const text = [...said, ...describe(failure.error)].join("\n");
  for (const [pattern, make] of KNOWN) {
    const found = pattern.exec(text);
    if (found !== null) return make(failure, (found.at(1) ?? "").trim());
  }
  return undefined;
}

/** The text of an error, with its name and code. */
function describe(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const code = valueAt(error, "code");
  return [`${error.name}: ${typeof code === "string" ? `${code} ` : ""}${error.message}`];
}
