import { hostname } from "node:os";
import type { LockHolder } from "./errors";

/**
 * The holders of the lock, from the engine's text, because there is no event for it. Only self-managed backends
 * name them.
 */
export function lockHolders(text: string): LockHolder[] {
  const pattern = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
  // The SDK's error repeats the engine's output.
  const matches = new Map([...text.matchAll(pattern)].map((match) => [match[0], match]));
  return [...matches.values()].map(([, user, host, pid, since]) => ({
    user,
    host,
    pid: Number(pid),
    since: new Date(since),
    alive: host === hostname() ? isAlive(Number(pid)) : undefined,
  }));
}

/** Whether a process is running on this machine. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, but under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
