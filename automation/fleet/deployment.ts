import { setTimeout as pause } from "node:timers/promises";
import { Environment } from "../environment";
import { LockedError } from "../errors";
import { isAlive } from "../locks";
import type { OperationOptions, UpResult } from "../operations";
import type { EnvironmentOptions } from "../options";
import type { InterruptedResource } from "../state";

/** How often it is asked whether the engine of a run that crashed still works. */
const PAUSE_MILLISECONDS = 250;

/** What a deployment came to, and what the one before it, which crashed, left half done. */
export interface Deployed extends UpResult {
  readonly interrupted?: readonly InterruptedResource[];
}

/**
 * Opens an environment, deploys it and closes it.
 *
 * One that a crashed run was deploying may be locked still: its engine, if it lives, is waited for, and
 * the lock of one that is gone from this machine is released.
 */
export async function deploy(
  options: EnvironmentOptions,
  run: OperationOptions,
  resumed: boolean,
): Promise<Deployed> {
  const environment = await Environment.open(options);
  try {
    return await environment.up(run);
  } catch (error) {
    if (!resumed || !(error instanceof LockedError)) throw error;
    return await deployAfterCrash(environment, run, error);
  } finally {
    await environment.close();
  }
}

async function deployAfterCrash(
  environment: Environment,
  run: OperationOptions,
  locked: LockedError,
): Promise<Deployed> {
  const { holders } = locked;
  // Nobody here knows whether a process of another machine lives.
  if (holders.length === 0 || holders.some(({ alive }) => alive === undefined)) throw locked;
  // An engine outlives the process that started it until AWS has answered what it asked.
  while (holders.some(({ pid }) => isAlive(pid))) {
    await pause(PAUSE_MILLISECONDS, undefined, { signal: run.signal });
  }
  try {
    return await environment.up(run);
  } catch (error) {
    if (!(error instanceof LockedError) || error.holders.some(({ alive }) => alive !== false)) {
      throw error;
    }
    const interrupted = await environment.cancel();
    return { ...(await environment.up(run)), interrupted };
  }
}

/** Waits until every target of a deployed environment is healthy. */
export async function waitForHealth(
  options: EnvironmentOptions,
  timeLimit: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const environment = await Environment.open({ ...options, mustExist: true });
  try {
    await environment.waitUntilHealthy({ timeLimit, signal });
  } finally {
    await environment.close();
  }
}
