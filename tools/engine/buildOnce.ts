import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { takeLock, isLocked, isCode, readHolder } from "./lockFile";
import { interruptible } from "./interruption";
import type { Log } from "./log";

/** Where a folder is built before it is moved to its final path. */
export interface BuildFolders {
  /** Becomes the folder. The build creates it. */
  result: string;
  /** For temporary files of the build. */
  temporary: string;
  /** Aborted when the user interrupts the work. */
  signal: AbortSignal;
}

const SUFFIX = ".part";
/** A build without a heartbeat for this time counts as crashed. */
const LOCK_SILENCE = 30_000;
/** Its files are deleted only after this time, because it may only have been suspended. */
const SWEEP_SILENCE = 3_600_000;
const POLL = 500;

/**
 * Builds a folder once for several processes.
 *
 * The folder is never incomplete: it is built next to its final path and then renamed. Other processes wait
 * meanwhile. If two build at the same time nevertheless, the second finds the folder and keeps it.
 */
export async function buildOnce(
  folder: string,
  isComplete: () => Promise<boolean>,
  make: (folders: BuildFolders) => Promise<void>,
  log: Log,
): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  await sweep(path.dirname(folder));
  const lockFile = `${folder}.lock`;
  for (;;) {
    const lock = await takeLock(lockFile);
    if (lock !== undefined) {
      await interruptible(async (signal) => {
        try {
          if (!(await isComplete())) {
            await buildAndPublish(folder, isComplete, make, signal);
          }
        } finally {
          await lock.release();
        }
      });
      return;
    }
    await waitForRelease(folder, lockFile, log);
  }
}

async function waitForRelease(folder: string, lockFile: string, log: Log): Promise<void> {
  let isLogged = false;
  for (;;) {
    const holder = await readHolder(lockFile);
    if (!(await isLocked(lockFile, LOCK_SILENCE))) {
      const holderNow = await readHolder(lockFile);
      // Another waiting process may have been faster, and holds the lock now.
      if (holderNow?.token === holder?.token) {
        await rm(lockFile, { force: true });
      }
      return;
    }
    if (!isLogged) {
      isLogged = true;
      log.line(`Process ${holder?.pid ?? "unknown"} is making ${folder}; waiting for it.`);
    }
    await delay(POLL);
  }
}

async function buildAndPublish(
  folder: string,
  isComplete: () => Promise<boolean>,
  make: (folders: BuildFolders) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const part = `${folder}.${randomUUID().slice(0, 8)}${SUFFIX}`;
  const folders = {
    result: path.join(part, "result"),
    temporary: path.join(part, "tmp"),
    signal,
  };
  const lock = await lockPart(part);
  try {
    await mkdir(folders.temporary);
    await make(folders);
    signal.throwIfAborted();
    await publish(folders.result, folder, isComplete);
  } finally {
    await lock?.release();
    await remove(part);
  }
}

async function publish(
  result: string,
  folder: string,
  isComplete: () => Promise<boolean>,
): Promise<void> {
  if (!(await isComplete())) {
    // It is incomplete because something removed a part of it.
    await remove(folder);
  }
  try {
    await rename(result, folder);
  } catch (error) {
    if (!isCode(error, "ENOTEMPTY", "EEXIST") || !(await isComplete())) {
      throw error;
    }
  }
}

async function lockPart(part: string) {
  await mkdir(part);
  return takeLock(path.join(part, "maker"));
}

/** Removes the files of builds that were killed. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const part = path.join(parent, name);
    if (name.endsWith(SUFFIX) && !(await isLocked(path.join(part, "maker"), SWEEP_SILENCE))) {
      await remove(part);
    }
  }
}

async function remove(folder: string): Promise<void> {
  // A compiler that was killed may still write for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
