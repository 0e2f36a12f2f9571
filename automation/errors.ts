import { legible, type ReportedProblem } from "../components/checks";
import { nameOf } from "./changes";
import { again, type OperationName } from "./progress";
import { describeTarget, isHealthy, type TargetHealth, type TooFewTargets } from "./targetHealth";

/** The kind of error, for a switch. */
export type ErrorKind = EnvironmentError["kind"];

/**
 * The base of every error of an environment's operations.
 *
 * Its message says what happened and what to do. `cause` is the original error. Secret values are in
 * neither the message nor the fields; the text of `cause` is redacted too.
 */
export abstract class EnvironmentError extends Error {
  abstract readonly kind:
    | "locked"
    | "cancelled"
    | "timed-out"
    | "invalid-configuration"
    | "refused"
    | "aws"
    | "engine-unusable"
    | "backend-unusable"
    | "passphrase"
    | "credentials"
    | "unreachable"
    | "program"
    | "not-found"
    | "unhealthy"
    | "events-lost"
    | "failed";
  /** Whether the same call may succeed later without any change. */
  abstract readonly retryable: boolean;

  constructor(
    /** The environment's name. */
    readonly environment: string,
    readonly operation: OperationName,
    what: string,
    /** What to do about it. */
    readonly advice: string,
    cause?: unknown,
  ) {
    super(`${operation} ${environment}: ${what}\n${advice}`, { cause });
    this.name = new.target.name;
  }

  /** The error as plain data, for a log or an answer over the network; without its cause. */
  toJSON(): Record<string, unknown> {
    const { kind, message } = this;
    const fields = Object.entries(this).filter(([key]) => key !== "name" && key !== "cause");
    return { kind, message, ...Object.fromEntries(fields) };
  }
}

/** How to continue an operation that was stopped. */
function continuation(operation: OperationName): string {
  return CHANGING.includes(operation)
    ? "Operations that had started were completed, and the state has their results. For the rest, " +
        `${again(operation)}.`
    : `Nothing was changed. To try it again, ${again(operation)}.`;
}

/** The operations that change resources or the state. */
const CHANGING: readonly OperationName[] = [
  "up",
  "refresh",
  "recover",
  "destroy",
  "cancel",
  "remove",
];

/** The holder of the lock of an environment's state. */
export interface LockHolder {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  readonly since: Date;
  /** Whether that process still runs; unknown for another host. */
  readonly alive: boolean | undefined;
}

/** Another update of the same environment is running, or one has crashed and left its lock. */
export class LockedError extends EnvironmentError {
  readonly kind = "locked";
  readonly retryable = true;

  constructor(
    environment: string,
    operation: OperationName,
    /** Empty if the backend does not provide it. */
    readonly holders: readonly LockHolder[],
    cause: unknown,
  ) {
    const release = `release its lock with cancel(), or with pulumi cancel --stack ${environment}`;
    const crashed = holders.length > 0 && holders.every(({ alive }) => alive === false);
    super(
      environment,
      operation,
      holders.length === 0
        ? "another update is running"
        : `locked by ${holders.map(describeHolder).join(" and ")}`,
      crashed
        ? `That process crashed: ${release}, then ${again(operation)}.`
        : `Wait until it ends. If it crashed, ${release}.`,
      cause,
    );
  }
}

function describeHolder({ user, host, pid, since, alive }: LockHolder): string {
  const state = alive === false ? ", which is no longer running" : "";
  return `${user}@${host} (process ${pid}${state}) since ${since.toISOString()}`;
}

/** The caller's signal was aborted. */
export class CancelledError extends EnvironmentError {
  readonly kind = "cancelled";
  readonly retryable = false;

  constructor(environment: string, operation: OperationName, cause: unknown) {
    super(environment, operation, "cancelled", continuation(operation), cause);
  }
}

/** The time limit ended. */
export class TimedOutError extends EnvironmentError {
  readonly kind = "timed-out";
  readonly retryable = true;

  constructor(
    environment: string,
    operation: OperationName,
    /** In milliseconds. */
    readonly timeLimit: number,
    cause: unknown,
  ) {
    const advice =
      `${continuation(operation)} AWS needs up to five minutes for a load balancer, and longer for a ` +
      "certificate: set a longer time limit.";
    super(environment, operation, `not finished within ${timeLimit / 1000} s`, advice, cause);
  }
}

/** The environment's configuration is not valid. The engine was not called. */
export class InvalidConfigurationError extends EnvironmentError {
  readonly kind = "invalid-configuration";
  readonly retryable = false;

  constructor(
    environment: string,
    /** All of them, each with the property's path, the rule and the remedy. */
    readonly problems: readonly ReportedProblem[],
  ) {
    super(
      environment,
      "open",
      `invalid configuration:${listed(problems)}`,
      "Correct these values.",
    );
  }
}

/** A check of the component refused the arguments, such as a check against AWS at preview. */
export class RefusedError extends EnvironmentError {
  readonly kind = "refused";
  readonly retryable = false;

  constructor(
    environment: string,
    operation: OperationName,
    readonly problems: readonly ReportedProblem[],
    cause: unknown,
  ) {
    const advice =
      "Correct these values, or the resources in AWS that they refer to, as each line says.";
    super(
      environment,
      operation,
      `refused before any resource of the load-balanced group was changed:${listed(problems)}`,
      advice,
      cause,
    );
  }
}

/** The most problems in a message. The error has all of them. */
const MAX_PROBLEMS = 20;

function listed(problems: readonly ReportedProblem[]): string {
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ reason }) => legible(reason));
  const omitted = problems.length - lines.length;
  return [...lines, ...(omitted > 0 ? [`and ${omitted} more`] : [])]
    .map((line) => `\n  - ${line}`)
    .join("");
}

/** A call that AWS refused. */
export interface Rejection {
  /** AWS's error code, without "Exception". */
  readonly code: string;
  readonly message: string;
  /** The API operation, such as "CreateLoadBalancer". */
  readonly call: string;
  /** The URN of the resource that was created, changed or deleted; undefined for a lookup. */
  readonly resource: string | undefined;
  /** The argument of the component that belongs to the code, if there is one. */
  readonly property: string | undefined;
  readonly advice: string;
  readonly retryable: boolean;
}

/** AWS refused one or more calls. */
export class AwsError extends EnvironmentError {
  readonly kind = "aws";
  readonly retryable: boolean;

  constructor(
    environment: string,
    operation: OperationName,
    /** At least one. */
    readonly rejections: readonly Rejection[],
    cause: unknown,
  ) {
    const retryable = rejections.every((one) => one.retryable);
    const later = retryable ? [`Wait a minute. Then ${again(operation)}.`] : [];
    super(
      environment,
      operation,
      `AWS refused:${rejections.map((one) => `\n  - ${describeRejection(one)}`).join("")}`,
      [...new Set(rejections.map(({ advice }) => advice)), ...later].join("\n"),
      cause,
    );
    this.retryable = retryable;
  }
}

function describeRejection({ code, message, call, resource, property }: Rejection): string {
  const about = [
    ...(resource === undefined ? [] : [`resource ${nameOf(resource)}`]),
    ...(property === undefined ? [] : [`argument ${property}`]),
  ].join(", ");
  return `${call}: ${code}: ${message}${about === "" ? "" : ` (${about})`}`;
}

/** There is no Pulumi engine, or it is older than the oldest supported version. */
export class EngineUnusableError extends EnvironmentError {
  readonly kind = "engine-unusable";
  readonly retryable = false;

  constructor(
    environment: string,
    readonly reason: "missing" | "too-old",
    what: string,
    advice: string,
    cause?: unknown,
  ) {
    super(environment, "open", what, advice, cause);
  }
}

/**
 * The state can't be reached: nobody is logged in, or the backend does not exist or denies access.
 */
export class BackendUnusableError extends EnvironmentError {
  readonly kind = "backend-unusable";
  readonly retryable: boolean;

  constructor(
    environment: string,
    operation: OperationName,
    readonly reason: "not-logged-in" | "missing" | "unreachable" | "denied" | "full" | "unreadable",
    what: string,
    advice: string,
    cause: unknown,
  ) {
    super(environment, operation, what, advice, cause);
    this.retryable = reason === "unreachable";
  }
}

/** The passphrase for the environment's secrets is missing or wrong. */
export class PassphraseError extends EnvironmentError {
  readonly kind = "passphrase";
  readonly retryable = false;

  constructor(
    environment: string,
    operation: OperationName,
    readonly reason: "missing" | "wrong",
    cause?: unknown,
  ) {
    const [what, advice] =
      reason === "missing"
        ? [
            "the passphrase for its secrets is missing",
            "Set PULUMI_CONFIG_PASSPHRASE to the passphrase, or set " +
              "PULUMI_CONFIG_PASSPHRASE_FILE to the path of a file that contains it.",
          ]
        : [
            "its secrets are encrypted with another passphrase",
            "Correct PULUMI_CONFIG_PASSPHRASE, or the file in PULUMI_CONFIG_PASSPHRASE_FILE.",
          ];
    super(environment, operation, `${what}; nothing was changed`, advice, cause);
  }
}

/** There are no AWS credentials, or AWS does not accept them. */
export class CredentialsError extends EnvironmentError {
  readonly kind = "credentials";
  readonly retryable = false;

  constructor(
    environment: string,
    operation: OperationName,
    readonly reason: "missing" | "expired" | "refused",
    what: string,
    cause: unknown,
  ) {
    const advice =
      reason === "expired"
        ? `Renew them, for example with aws sso login. Then ${again(operation)}.`
        : "Set AWS_PROFILE to a profile of the account, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and for " +
          "temporary credentials AWS_SESSION_TOKEN; aws sts get-caller-identity shows which identity they belong to.";
    super(environment, operation, what, advice, cause);
  }
}

/** AWS does not answer. */
export class UnreachableError extends EnvironmentError {
  readonly kind = "unreachable";
  readonly retryable = true;

  constructor(environment: string, operation: OperationName, what: string, cause: unknown) {
    const advice = "Check the region's name, the network, and AWS_ENDPOINT_URL if it is set.";
    super(environment, operation, what, advice, cause);
  }
}

/** The program has an error. The error is not in its configuration. */
export class ProgramError extends EnvironmentError {
  readonly kind = "program";
  readonly retryable = false;

  constructor(environment: string, operation: OperationName, message: string, cause: unknown) {
    const advice =
      "This is an error in the program of load-balanced-group, not in your configuration. Please report it, with the " +
      'stack trace in the property "cause" of this error.';
    super(environment, operation, `the program failed: ${message}`, advice, cause);
  }
}

/** There is no such environment in the backend. */
export class NotFoundError extends EnvironmentError {
  readonly kind = "not-found";
  readonly retryable = false;

  constructor(environment: string, operation: OperationName, cause: unknown) {
    const advice = "Deploy it first, or check the name, the project and the backend.";
    super(environment, operation, "there is no such environment in the backend", advice, cause);
  }
}

/** Targets did not become healthy in time. */
export class UnhealthyError extends EnvironmentError {
  readonly kind = "unhealthy";
  readonly retryable = true;

  constructor(
    environment: string,
    /** Their last known health. */
    readonly targets: readonly TargetHealth[],
    /** In milliseconds. */
    readonly timeLimit: number,
    /** The target groups with traffic that have no targets, or fewer than they must have. */
    readonly tooFewTargets: readonly TooFewTargets[],
    advice = `${remedyOf(targets, tooFewTargets)}, or check the health check's settings.`,
  ) {
    const unhealthy = targets.filter((target) => !isHealthy(target)).map(describeTarget);
    const lines = [...unhealthy, ...tooFewTargets.map(describeTooFew)]
      .map((one) => `\n  - ${one}`)
      .join("");
    super(environment, "health", `not healthy within ${timeLimit / 1000} s:${lines}`, advice);
  }
}

function remedyOf(
  targets: readonly TargetHealth[],
  tooFewTargets: readonly TooFewTargets[],
): string {
  const isMissing = tooFewTargets.length > 0;
  if (targets.every(isHealthy)) return "Register the missing targets";
  return isMissing ? "Repair these targets, register the missing ones" : "Repair these targets";
}

function describeTooFew({ targetGroup, registered, minimum }: TooFewTargets): string {
  if (minimum === 1) return `the target group ${targetGroup} has no targets`;
  return `the target group ${targetGroup} has ${registered} of ${minimum} targets`;
}

/**
 * The connection to the engine was lost during an operation. It is not known which resources were
 * changed.
 */
export class EventsLostError extends EnvironmentError {
  readonly kind = "events-lost";
  readonly retryable = true;

  constructor(environment: string, operation: OperationName) {
    const advice =
      `To continue, ${again(operation)}: finished operations are in the state and are not repeated. If it ` +
      "happens again, check whether something closes connections on 127.0.0.1.";
    super(
      environment,
      operation,
      "the connection to the engine was lost before the operation ended",
      advice,
    );
  }
}

/** The engine failed for a reason that none of the other classes covers. */
export class FailedError extends EnvironmentError {
  readonly kind = "failed";
  readonly retryable = false;

  constructor(
    environment: string,
    operation: OperationName,
    /** The engine's error messages. */
    readonly diagnostics: readonly string[],
    cause: unknown,
  ) {
    const said = diagnostics.map((one) => `\n  - ${one.trim()}`).join("");
    const advice =
      `Correct what the engine's messages above report. Then ${again(operation)}: resources that were changed before ` +
      "are in the state.";
    super(environment, operation, `the engine failed:${said}`, advice, cause);
  }
}
