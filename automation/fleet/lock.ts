import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { valueAt } from "../../components/checks";
import { isAlive } from "../locks";

/** How often a holder shows that it lives. */
const HEARTBEAT_MILLISECONDS = 5_000;
/**
 * After how long without that it is taken for gone, even if a process has its id, which may be
 * another's.
 */
const MAX_SILENCE_MILLISECONDS = 60_000;

/** In a container each process may have the number of the one before. */
const STARTED = performance.timeOrigin;

/** Whoever holds a lock that is wanted. */
export class LockHeldError extends Error {
  override readonly name = "LockHeldError";
}

/**
 * A file that one process has at a time, on this machine or on others that share the folder.
 *
 * It appears whole or not at all, and has a name of its own inside. Of those who find its holder gone,
 * one may put his own in its place: the one who makes the file that is called after that name.
 */
export class Lock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly token: string,
  ) {
    this.heartbeat = setInterval(() => {
      const now = new Date();
      // Where somebody took it for abandoned, the work goes on; there is nothing to be saved.
      utimes(file, now, now).catch(() => undefined);
    }, HEARTBEAT_MILLISECONDS);
    this.heartbeat.unref();
  }

  /** @throws LockHeldError when another process has it. */
  static async take(file: string): Promise<Lock> {
    const token = randomUUID();
    const own = `${file}.${token}`;
    const holder = { pid: process.pid, host: hostname(), started: STARTED, token };
    try {
      await writeFile(own, JSON.stringify(holder), { flag: "wx" });
      if (!(await createsLink(own, file))) await takeOver(file, own);
      return new Lock(file, token);
    } finally {
      await rm(own, { force: true });
    }
  }

  async release(): Promise<void> {
    clearInterval(this.heartbeat);
    if (valueAt(await holderOf(this.file), "token") === this.token) {
      await rm(this.file, { force: true });
    }
  }
}

/** Puts one's own file in the place of a lock whose holder is gone. */
async function takeOver(file: string, own: string): Promise<void> {
  const holder = await holderOf(file);
  const token = tokenOf(holder);
  if (await isHeld(file, holder)) throw heldError(file, holder);
  const takeoverFile = `${file}.after-${token}`;
  if (!(await createsLink(own, takeoverFile))) {
    throw new LockHeldError(
      `${file} is being taken over by another process; if no such process is running, remove it and ${takeoverFile}`,
    );
  }
  try {
    // Somebody else may have taken it over and given up the right to, since it was read.
    const now = await holderOf(file);
    if (now !== undefined && tokenOf(now) !== token) {
      throw heldError(file, now);
    }
    await rename(own, file);
  } finally {
    await rm(takeoverFile, { force: true });
  }
}

function tokenOf(holder: unknown): string {
  const token = valueAt(holder, "token");
  return typeof token === "string" ? token : "nobody";
}

function heldError(file: string, holder: unknown): LockHeldError {
  if (holder === undefined) {
    return new LockHeldError(
      `${file} can't be read, and is new; if no other process uses it, remove it`,
    );
  }
  const host = String(valueAt(holder, "host"));
  const where = host === hostname() ? "" : ` on ${host}`;
  return new LockHeldError(
    `${file} is locked by process ${String(valueAt(holder, "pid"))}${where}, which is using it`,
  );
}

/** Makes the file with the content of another; false when it is there already. */
async function createsLink(content: string, file: string): Promise<boolean> {
  try {
    await link(content, file);
    return true;
  } catch (error) {
    if (valueAt(error, "code") === "EEXIST") return false;
    throw error;
  }
}

async function holderOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

async function isHeld(file: string, holder: unknown): Promise<boolean> {
  const modified = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (Date.now() - modified > MAX_SILENCE_MILLISECONDS) return false;
  const [pid, host, started] = ["pid", "host", "started"].map((key) => valueAt(holder, key));
  if (host !== hostname() || typeof pid !== "number") return true;
  return pid === process.pid ? started === STARTED : isAlive(pid);
}
