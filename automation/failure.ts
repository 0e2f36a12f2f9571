import { ConcurrentUpdateError, StackNotFoundError } from "@pulumi/pulumi/automation";
import { rejectionOf, rejectionsIn } from "./awsAdvice";
import * as errors from "./errors";
import { knownFailure, type Failure } from "./knownFailures";
import { lockHolders } from "./locks";

/**
 * The failure as an EnvironmentError. Errors of AWS come first, then problems of the component's checks, then
 * errors of the program.
 */
export function errorOf(failure: Failure): errors.EnvironmentError {
  const { environment, operation, error, progress, programFailures = [] } = failure;
  if (error instanceof errors.EnvironmentError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof ConcurrentUpdateError || /the stack is currently locked by/.test(text)) {
    return new errors.LockedError(environment, operation, lockHolders(text), error);
  }
  if (error instanceof StackNotFoundError) {
    return new errors.NotFoundError(environment, operation, error);
  }
  const diagnostics = progress?.errors ?? [];
  const known = knownFailure(failure, [
    ...diagnostics.map(({ message }) => message),
    ...programFailures.map(({ message }) => message),
  ]);
  if (known !== undefined) return known;
  const rejections = unique([
    ...diagnostics.flatMap(({ message, urn }) => rejectionsIn(message, urn)),
    ...programFailures.flatMap(({ message }) => rejectionsIn(message, undefined)),
    ...[rejectionOf(error, "DescribeTargetHealth")].filter((one) => one !== undefined),
  ]);
  if (rejections.length > 0) {
    return new errors.AwsError(environment, operation, rejections, error);
  }
  const problems = programFailures.flatMap((one) => one.problems ?? []);
  if (problems.length > 0) return new errors.RefusedError(environment, operation, problems, error);
  const programFailure = programFailures.at(0);
  if (programFailure !== undefined) {
    const cause = new Error(programFailure.message, { cause: error });
    cause.stack = programFailure.stack;
    return new errors.ProgramError(environment, operation, programFailure.message, cause);
  }
  const messages =
    diagnostics.length > 0 ? diagnostics.map(({ message }) => message) : errorLines(text);
  return new errors.FailedError(environment, operation, messages, error);
}

/** The errors in the SDK's text, which also has the command and its output twice. */
function errorLines(text: string): string[] {
  const errors = [...text.matchAll(/^error: (.+)$/gm)].map(([, words]) => words);
  return errors.length === 0 ? [text] : [...new Set(errors)];
}

/** Each rejection once: at the end of an update the engine reports a resource's error again. */
function unique(rejections: readonly errors.Rejection[]): errors.Rejection[] {
  const known = new Map<string, errors.Rejection>();
  for (const one of rejections) {
    const key = `${one.call} ${one.code} ${one.message}`;
    const before = known.get(key);
    if (before?.resource === undefined) known.set(key, one);
  }
  return [...known.values()];
}
