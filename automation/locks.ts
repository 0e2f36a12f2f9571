import { hostname } from "node:os";
import type { LockHolder } from "./errors";

/**
 * Who holds the lock, as a self-managed backend tells; the service's backend names nobody.
 *
 * There is no event for it, so the engine's text is read.
 */
export function lockHolders(text: string): LockHolder[] {
  const pattern = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
  // The SDK's error has what the engine printed more than once.
  const matches = new Map([...text.matchAll(pattern)].map((match) => [match[0], match]));
  return [...matches.values()].map(([, user, host, pid, since]) => ({
    user,
    host,
    pid: Number(pid),
    since: new Date(since),
    alive: host === hostname() ? isAlive(Number(pid)) : undefined,
  }));
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, but under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
