import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as settings from "@pulumi/pulumi/runtime/settings";

/** The options of a run of the engine. */
export interface EngineRun {
  readonly signal: AbortSignal;
  readonly onEvent: (event: EngineEvent) => void;
}

/**
 * Runs the engine with a program that may fail in an output. The SDK reports such a failure to the engine, but then
 * waits forever for what depends on the output. So this ends the run when the engine has reported it.
 */
export async function endingAtFault<T>(
  start: (options: EngineRun) => Promise<T>,
  onEvent: (event: EngineEvent) => void = () => undefined,
): Promise<T> {
  shareNoConnections();
  const end = new AbortController();
  let failed = false;
  const restoreListeners = replaceListeners(() => {
    failed = true;
  });
  try {
    return await start({
      signal: end.signal,
      onEvent: (event) => {
        onEvent(event);
        if (failed && event.diagnosticEvent?.severity === "error") end.abort();
      },
    });
  } finally {
    restoreListeners();
  }
}

/**
 * Takes unhandled rejections instead of the process's own listeners, until the returned function is called. That
 * also removes the listeners that the SDK added: of a run that was ended, they would stay forever.
 */
function replaceListeners(onRejection: () => void): () => void {
  const rejections = process.listeners("unhandledRejection");
  const exceptions = process.listeners("uncaughtException");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", onRejection);
  return () => {
    process.removeAllListeners("unhandledRejection");
    for (const listener of rejections) process.on("unhandledRejection", listener);
    for (const listener of process.listeners("uncaughtException")) {
      if (!exceptions.includes(listener)) process.off("uncaughtException", listener);
    }
  };
}

/**
 * The SDK never closes the connections of a run that was ended. gRPC would use them for a later engine on the same
 * port. So each run gets its own connections.
 */
function shareNoConnections(): void {
  const options: unknown = Reflect.get(settings, "grpcClientOptions");
  if (typeof options === "object" && options !== null) {
    Reflect.set(options, "grpc.use_local_subchannel_pool", 1);
  }
}
