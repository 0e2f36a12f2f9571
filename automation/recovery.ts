import { setTimeout as pause } from "node:timers/promises";
import { LockedError } from "./errors";
import { isAlive } from "./locks";
import type { InterruptedResource } from "./state";

/** How often it is asked whether the engine of a run that crashed still works. */
const PAUSE_MILLISECONDS = 250;

/**
 * Runs what a crashed process of this machine may have locked: its engine, if it lives, is waited for,
 * and a lock whose holder is gone is released. What the crash left half done is returned too.
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

/** An engine outlives the process that started it until AWS has answered what it asked. */
async function waitForEngine(locked: LockedError, signal: AbortSignal): Promise<void> {
  const { holders } = locked;
  // Nobody here knows whether a process of another machine lives.
  if (holders.length === 0 || holders.some(({ alive }) => alive === undefined)) throw locked;
  while (holders.some(({ pid }) => isAlive(pid))) {
    await pause(PAUSE_MILLISECONDS, undefined, { signal });
  }
}
