import type { Context } from "@temporalio/activity";
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import { EnvironmentError } from "load-balanced-group/automation";

/** What stands in the history of a failure; an engine can say much. */
const MAX_LENGTH = 4000;

/** The error as Temporal understands it: with its kind as its type, and retried if it may succeed later. */
export async function failureOf(error: unknown, context: Context): Promise<unknown> {
  // What nobody has thought of, such as a full disk, may be this machine's own: it is retried.
  if (!(error instanceof EnvironmentError)) return error;
  if (error.kind === "cancelled") return cancellation(context);
  return ApplicationFailure.create({
    message: error.message.slice(0, MAX_LENGTH),
    type: error.kind,
    nonRetryable: !isRetried(error),
  });
}

function isRetried({ kind, retryable }: EnvironmentError): boolean {
  // Their time was over.
  return retryable && kind !== "unhealthy";
}

async function cancellation({ cancelled }: Context): Promise<unknown> {
  const reason: unknown = await cancelled.catch((thrown: unknown) => thrown);
  const isStopped = reason instanceof CancelledFailure && reason.message === "WORKER_SHUTDOWN";
  // Another worker completes what this one had to leave.
  return isStopped
    ? ApplicationFailure.retryable("the worker was stopped", "worker-stopped")
    : reason;
}
