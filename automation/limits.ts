import { CancelledError, TimedOutError } from "./errors";
import { errorOf, type Failure } from "./failure";
import type { CallOptions } from "./operations";
import type { Redaction } from "./redaction";

/** Works until the caller's signal or the time limit ends it; every failure is one of our errors. */
export async function limited<T>(
  context: Omit<Failure, "error"> & { readonly redaction: Redaction },
  { signal, timeLimit }: CallOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { environment, operation, redaction } = context;
  // Not AbortSignal.any, which in Node 20 keeps all that ever listened as long as the caller's signal
  // lives (https://github.com/nodejs/node/issues/54614).
  const end = new AbortController();
  const abort = () => {
    end.abort();
  };
  signal?.addEventListener("abort", abort);
  const timer = timeLimit === undefined ? undefined : setTimeout(abort, timeLimit);
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
