import type { Context } from "@temporalio/activity";
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import { EnvironmentError } from "load-balanced-group/automation";

/** The longest message in Temporal's history, because an engine's messages can be long. */
const MAX_LENGTH = 4000;

/** The error for Temporal: its kind is the type, and it is retried if it may succeed later. */
export async function failureOf(error: unknown, context: Context): Promise<unknown> {
  // Retry unexpected errors, such as a full disk, because another machine may succeed.
  if (!(error instanceof EnvironmentError)) return error;
  if (error.kind === "cancelled") return cancellation(context);
  return ApplicationFailure.create({
    message: error.message.slice(0, MAX_LENGTH),
    type: error.kind,
    nonRetryable: !isRetried(error),
  });
}

function isRetried({ kind, retryable }: EnvironmentError): boolean {
  // Unhealthy targets have had their time limit already.
  return retryable && kind !== "unhealthy";
}

async function cancellation({ cancelled }: Context): Promise<unknown> {
  const reason: unknown = await cancelled.catch((thrown: unknown) => thrown);
  const isStopped = reason instanceof CancelledFailure && reason.message === "WORKER_SHUTDOWN";
  // Another worker completes the deployment.
  return isStopped
    ? ApplicationFailure.retryable("the worker was stopped", "worker-stopped")
    : reason;
}
