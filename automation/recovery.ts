import { setTimeout as pause } from "node:timers/promises";
import { LockedError } from "./errors";
import { isAlive } from "./locks";
import type { InterruptedResource } from "./state";

/** The time between two checks whether the engine of a crashed run is still running. */
const PAUSE_MILLISECONDS = 250;

/**
 * Runs an operation on a stack that a crashed process of this machine may have locked. Waits for its engine if
 * it is still running, and releases the lock if it is not. The result also has the interrupted resources.
 */
export async function afterCrash<T>(
  run: () => Promise<T>,
  release: () => Promise<readonly InterruptedResource[]>,
  limited: (wait: (signal: AbortSignal) => Promise<void>) => Promise<void>,
): Promise<T & { readonly interrupted: readonly InterruptedResource[] }> {
  try {
    return { ...(await run()), interrupted: [] };
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    await limited((signal) => waitForEngine(error, signal));
  }
  try {
    return { ...(await run()), interrupted: [] };
  } catch (error) {
    if (!(error instanceof LockedError) || error.holders.some(({ alive }) => alive !== false)) {
      throw error;
    }
    const interrupted = await release();
    return { ...(await run()), interrupted };
  }
}

/** An engine continues after its process has crashed until its calls to AWS have ended. */
async function waitForEngine(locked: LockedError, signal: AbortSignal): Promise<void> {
  const { holders } = locked;
  // It is unknown whether a process on another machine is running.
  if (holders.length === 0 || holders.some(({ alive }) => alive === undefined)) throw locked;
  while (holders.some(({ pid }) => isAlive(pid))) {
    await pause(PAUSE_MILLISECONDS, undefined, { signal });
  }
}
