import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as settings from "@pulumi/pulumi/runtime/settings";

/** What a run of the engine is to be started with. */
export interface EngineRun {
  readonly signal: AbortSignal;
  readonly onEvent: (event: EngineEvent) => void;
}

/**
 * Runs the engine with a program that may fail in an output. The SDK hands such a fault to the engine,
 * but then waits for ever for what hangs on the output: the run is ended when the engine has told of it.
 */
export async function endingAtFault<T>(
  start: (options: EngineRun) => Promise<T>,
  onEvent: (event: EngineEvent) => void = () => undefined,
): Promise<T> {
  shareNoConnections();
  const listeners = process.listeners("unhandledRejection");
  const end = new AbortController();
  let failed = false;
  const fail = () => {
    failed = true;
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", fail);
  try {
    return await start({
      signal: end.signal,
      onEvent: (event) => {
        onEvent(event);
        if (failed && event.diagnosticEvent?.severity === "error") end.abort();
      },
    });
  } finally {
    process.off("unhandledRejection", fail);
    listeners.forEach((listener) => process.on("unhandledRejection", listener));
  }
}

/**
 * The SDK never closes the connections of a run that was ended, and gRPC takes a later engine that
 * listens on the same port for the one that is gone. So each run gets connections of its own.
 */
function shareNoConnections(): void {
  const options: unknown = Reflect.get(settings, "grpcClientOptions");
  if (typeof options === "object" && options !== null) {
    Reflect.set(options, "grpc.use_local_subchannel_pool", 1);
  }
}
