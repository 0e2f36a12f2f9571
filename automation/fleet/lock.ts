import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { valueAt } from "../../components/checks";
import { isAlive } from "../locks";

/** How often a holder updates the time of its file to show that it is running. */
const HEARTBEAT_MILLISECONDS = 5_000;
/**
 * A holder that has been silent for this time counts as crashed, even if there is a process with its ID, which may
 * be another process.
 */
const MAX_SILENCE_MILLISECONDS = 60_000;

/** When this process started, because in a container the next process may get the same process ID. */
const STARTED = performance.timeOrigin;

/** Another process holds the lock. */
export class LockHeldError extends Error {
  override readonly name = "LockHeldError";
}

/**
 * A lock file, for processes on this machine or on others that share the folder.
 *
 * The file is created in one step, and contains a unique token. If its holder has crashed, another process may
 * replace it. Of several such processes only one may: the one that creates a file named after the token.
 */
export class Lock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly token: string,
  ) {
    this.heartbeat = setInterval(() => {
      const now = new Date();
      // If another process has replaced the lock, the work continues.
      utimes(file, now, now).catch(() => undefined);
    }, HEARTBEAT_MILLISECONDS);
    this.heartbeat.unref();
  }

  /** @throws LockHeldError if another process holds the lock. */
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

/** Replaces the lock file of a holder that has crashed. */
async function takeOver(file: string, own: string): Promise<void> {
  const holder = await holderOf(file);
  const token = tokenOf(holder);
  if (await isHeld(file, holder)) throw heldError(file, holder);
  const takeoverFile = `${file}.after-${token}`;
  if (!(await createsLink(own, takeoverFile))) {
    throw new LockHeldError(
      `${file} is being taken over by another process; if no such process is running, remove ${file} and ${takeoverFile}`,
    );
  }
  try {
    // Since it was read, another process may have replaced it and removed its takeover file.
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
      `${file} can't be read, perhaps because another process is writing it at the moment; if no other process ` +
        `uses ${file}, remove it`,
    );
  }
  const host = String(valueAt(holder, "host"));
  const where = host === hostname() ? "" : ` on ${host}`;
  return new LockHeldError(
    `${file} is locked by process ${String(valueAt(holder, "pid"))}${where}; wait until that process ends`,
  );
}

/** Creates a file as a link to another one. Resolves to false if it exists already. */
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
