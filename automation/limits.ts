import { setMaxListeners } from "node:events";
import { CancelledError, InvalidConfigurationError, TimedOutError } from "./errors";
import { errorOf } from "./failure";
import type { Failure } from "./knownFailures";
import type { CallOptions } from "./operations";
import type { Redaction } from "./redaction";

/** The longest time of a timer in Node.js, 24 days. A longer one would end immediately. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

/**
 * Checks that times are positive numbers.
 *
 * @throws InvalidConfigurationError
 */
export function checkTimes(
  environment: string,
  times: Readonly<Record<string, number | undefined>>,
): void {
  const problems = Object.entries(times)
    .filter(([, value]) => value !== undefined && !(typeof value === "number" && value > 0))
    .map(([propertyPath, value]) => ({
      propertyPath,
      reason: `${propertyPath} must be a number of milliseconds greater than 0, got ${String(value)}`,
    }));
  if (problems.length > 0) throw new InvalidConfigurationError(environment, problems);
}

/** Does the work until the caller's signal or the time limit stops it. Every error is an EnvironmentError. */
export async function limited<T>(
  context: Omit<Failure, "error"> & { readonly redaction: Redaction },
  { signal, timeLimit }: CallOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { environment, operation, redaction } = context;
  checkTimes(environment, { timeLimit });
  // AbortSignal.any would leak listeners in Node 20 as long as the caller's signal exists
  // (https://github.com/nodejs/node/issues/54614).
  const end = new AbortController();
  // Each run of the engine listens to it.
  setMaxListeners(0, end.signal);
  const abort = () => {
    end.abort();
  };
  signal?.addEventListener("abort", abort);
  const timer =
    timeLimit === undefined ? undefined : setTimeout(abort, Math.min(timeLimit, MAX_MILLISECONDS));
  try {
    signal?.throwIfAborted();
    return await work(end.signal);
  } catch (thrown) {
    const error = redaction.error(thrown);
    if (signal?.aborted) throw new CancelledError(environment, operation, error);
    if (end.signal.aborted) {
      throw new TimedOutError(environment, operation, timeLimit ?? 0, error);
    }
    throw errorOf({ ...context, error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
