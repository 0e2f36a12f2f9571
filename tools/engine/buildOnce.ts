import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { claim, isClaimed, isCode, readClaimant } from "./lockFile";
import { interruptible } from "./interruption";
import type { Log } from "./log";

/** Where a folder is made before it is moved to its place. */
export interface Workshop {
  /** Becomes the folder; made by the maker. */
  result: string;
  /** For the temporary files of whatever makes it. */
  temporary: string;
  /** Aborted when the user interrupts the work. */
  signal: AbortSignal;
}

const SUFFIX = ".part";
/** A maker that was silent for so long is taken for dead. */
const LOCK_SILENCE = 30_000;
/** What it left is kept longer, since it may only have been suspended. */
const SWEEP_SILENCE = 3_600_000;
const POLL = 500;

/**
 * Makes a folder that several processes want, once.
 *
 * The folder appears whole or not at all: it is made beside its place and then renamed. Whoever comes
 * while it is made waits. That is a courtesy only: two makers at once do no harm, since the
 * second finds the folder in place and leaves it there.
 */
export async function makeOnce(
  folder: string,
  isComplete: () => Promise<boolean>,
  make: (workshop: Workshop) => Promise<void>,
  log: Log,
): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  await sweep(path.dirname(folder));
  const lock = `${folder}.lock`;
  for (;;) {
    const claimed = await claim(lock);
    if (claimed !== undefined) {
      await interruptible(async (signal) => {
        try {
          if (!(await isComplete())) {
            await makeAndPublish(folder, isComplete, make, signal);
          }
        } finally {
          await claimed.release();
        }
      });
      return;
    }
    await waitForRelease(folder, lock, log);
  }
}

async function waitForRelease(folder: string, lock: string, log: Log): Promise<void> {
  let told = false;
  for (;;) {
    const holder = await readClaimant(lock);
    if (!(await isClaimed(lock, LOCK_SILENCE))) {
      const holderNow = await readClaimant(lock);
      // Somebody else who waited may have been faster, and is the holder now.
      if (holderNow?.token === holder?.token) {
        await rm(lock, { force: true });
      }
      return;
    }
    if (!told) {
      told = true;
      log.line(`Process ${holder?.pid ?? "unknown"} is making ${folder}; waiting for it.`);
    }
    await delay(POLL);
  }
}

async function makeAndPublish(
  folder: string,
  isComplete: () => Promise<boolean>,
  make: (workshop: Workshop) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const part = `${folder}.${randomUUID().slice(0, 8)}${SUFFIX}`;
  const workshop = {
    result: path.join(part, "result"),
    temporary: path.join(part, "tmp"),
    signal,
  };
  const claimed = await claimPart(part);
  try {
    await mkdir(workshop.temporary);
    await make(workshop);
    signal.throwIfAborted();
    await publish(workshop.result, folder, isComplete);
  } finally {
    await claimed?.release();
    await remove(part);
  }
}

async function publish(
  result: string,
  folder: string,
  isComplete: () => Promise<boolean>,
): Promise<void> {
  if (!(await isComplete())) {
    // Left there by somebody who removed a part of it.
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

async function claimPart(part: string) {
  await mkdir(part);
  return claim(path.join(part, "maker"));
}

/** Removes what makers left that were killed. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const part = path.join(parent, name);
    if (name.endsWith(SUFFIX) && !(await isClaimed(path.join(part, "maker"), SWEEP_SILENCE))) {
      await remove(part);
    }
  }
}

async function remove(folder: string): Promise<void> {
  // A killed compiler may still write for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
