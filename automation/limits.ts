import { CancelledError, InvalidConfigurationError, TimedOutError } from "./errors";
import { errorOf } from "./failure";
import type { Failure } from "./knownFailures";
import type { CallOptions } from "./operations";
import type { Redaction } from "./redaction";

/** The longest that a timer of Node waits, 24 days; a longer one would end at once. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

/**
 * Refuses times that make no sense, with which nothing would be waited for, or for ever.
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

/** Works until the caller's signal or the time limit ends it; every failure is one of our errors. */
export async function limited<T>(
  context: Omit<Failure, "error"> & { readonly redaction: Redaction },
  { signal, timeLimit }: CallOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { environment, operation, redaction } = context;
  checkTimes(environment, { timeLimit });
  // Not AbortSignal.any, which in Node 20 keeps all that ever listened as long as the caller's signal
  // lives (https://github.com/nodejs/node/issues/54614).
  const end = new AbortController();
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
