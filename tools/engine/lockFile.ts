import { randomUUID } from "node:crypto";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";

/** A lock file, which a process holds while it works on something. */
export interface LockFile {
  release(): Promise<void>;
}

export interface LockHolder {
  pid: number;
  host: string;
  token: string;
}

const HEARTBEAT = 5_000;

/** Creates the file; undefined if it exists already. */
export async function takeLock(file: string): Promise<LockFile | undefined> {
  const self: LockHolder = { pid: process.pid, host: hostname(), token: randomUUID() };
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
    // Another process may have removed the file because it seemed abandoned. The work continues.
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      const holder = await readHolder(file);
      if (holder?.token === self.token) {
        await rm(file, { force: true });
      }
    },
  };
}

/**
 * Whether the process that created the file is still running.
 *
 * A process on this machine is checked by its ID. The heartbeat decides if that is not enough: for another machine
 * or container that shares the folder, and if another process has the same ID now.
 */
export async function isLocked(file: string, longestSilence: number): Promise<boolean> {
  let modified: number;
  try {
    modified = (await stat(file)).mtimeMs;
  } catch {
    return false;
  }
  if (Date.now() - modified > longestSilence) {
    return false;
  }
  const holder = await readHolder(file);
  return holder?.host === hostname() ? isRunning(holder.pid) : true;
}

/** The process that created the file; undefined if the file is missing or incomplete. */
export async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
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

/** Whether an error is a system error with one of the codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    codes.includes(error.code)
  );
}
