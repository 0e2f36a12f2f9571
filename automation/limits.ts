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
  const limit = timeLimit === undefined ? undefined : AbortSignal.timeout(timeLimit);
  const end = AbortSignal.any([signal, limit].filter((one) => one !== undefined));
  try {
    end.throwIfAborted();
    return await work(end);
  } catch (thrown) {
    const error = redaction.error(thrown);
    if (signal?.aborted) throw new CancelledError(environment, operation, error);
    if (limit?.aborted) throw new TimedOutError(environment, operation, timeLimit ?? 0, error);
    throw errorOf({ ...context, error });
  }
}
