import { randomUUID } from "node:crypto";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";

/** A file that says which process is at work on something, for as long as that process lives. */
export interface Claim {
  release(): Promise<void>;
}

export interface Claimant {
  pid: number;
  host: string;
  token: string;
}

const HEARTBEAT = 5_000;

/** Makes the file, or returns nothing when there is one already. */
export async function claim(file: string): Promise<Claim | undefined> {
  const self: Claimant = { pid: process.pid, host: hostname(), token: randomUUID() };
  try {
    await writeFile(file, JSON.stringify(self), { flag: "wx" });
  } catch (error) {
    if (isCode(error, "EEXIST")) {
      return undefined;
    }
    throw error;
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Somebody who took the claim for a dead one may have removed the file; the work goes on.
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      const holder = await readClaimant(file);
      if (holder?.token === self.token) {
        await rm(file, { force: true });
      }
    },
  };
}

/**
 * Whether the process that made the file is still at work.
 *
 * A process of this machine is asked for by its id. The heartbeat decides where that says nothing:
 * for another machine or container that shares the folder, and for an id that was given away again.
 */
export async function isClaimed(file: string, longestSilence: number): Promise<boolean> {
  let modified: number;
  try {
    modified = (await stat(file)).mtimeMs;
  } catch {
    return false;
  }
  if (Date.now() - modified > longestSilence) {
    return false;
  }
  const holder = await readClaimant(file);
  return holder?.host === hostname() ? isRunning(holder.pid) : true;
}

/** Who made the file; nothing when it is gone or was not written to its end. */
export async function readClaimant(file: string): Promise<Claimant | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isClaimant(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isClaimant(value: unknown): value is Claimant {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "host" in value &&
    typeof value.host === "string" &&
    "token" in value &&
    typeof value.token === "string"
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

/** Whether an error is the system's error of that code. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    codes.includes(error.code)
  );
}
