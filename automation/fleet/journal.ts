import { createHash } from "node:crypto";
import { type FileHandle, open, readFile, rm, truncate } from "node:fs/promises";
import path from "node:path";
import { valueAt } from "../../components/rules";
import { isAlive } from "../locks";
import type { EnvironmentOptions } from "../options";

type Event = "begun" | "deployed" | "failed";

/** What became of an environment in the run before, if that did not end. */
export type Before = "interrupted" | "deployed" | undefined;

/** The journal is used by another process, or is no journal. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/**
 * What a fleet has done, line by line in a file, each on the disk before the next step: a run that
 * crashed is resumed by it. It has neither configuration nor secrets, only their hashes.
 */
export class Journal {
  private constructor(
    private readonly file: FileHandle,
    private readonly lock: string,
    private readonly last: ReadonlyMap<string, { readonly event: Event; readonly hash: string }>,
  ) {}

  /** @throws JournalError when another process has it open, or a line can't be read. */
  static async open(name: string): Promise<Journal> {
    const lock = `${name}.lock`;
    await takeLock(lock);
    try {
      const text = await readIfThere(name);
      // What follows the last line's end was being written when the process was killed.
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const last = parse(whole, name);
      if (whole.length < text.length) await truncate(name, Buffer.byteLength(whole));
      return new Journal(await open(name, "a"), lock, last);
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    }
  }

  before(environment: string, hash: string): Before {
    const last = this.last.get(environment);
    if (last?.event === "begun") return "interrupted";
    return last?.event === "deployed" && last.hash === hash ? "deployed" : undefined;
  }

  async write(event: Event, environment: string, hash: string): Promise<void> {
    await this.append({ at: new Date().toISOString(), event, environment, hash });
  }

  /** A run that was done whole is not resumed: the next one begins from the beginning. */
  async finish(): Promise<void> {
    await this.append({ at: new Date().toISOString(), event: "finished" });
  }

  async close(): Promise<void> {
    await this.file.close();
    await rm(this.lock, { force: true });
  }

  private async append(entry: object): Promise<void> {
    await this.file.appendFile(`${JSON.stringify(entry)}\n`);
    await this.file.datasync();
  }
}

/** What an environment's deployment depends on; another hash means that it must be deployed again. */
export async function hashOf(options: EnvironmentOptions): Promise<string> {
  const { name, settingsFolder } = options;
  const settings =
    settingsFolder && (await readFile(path.join(settingsFolder, `Pulumi.${name}.yaml`), "utf8"));
  const elsewhere = {
    environmentVariables: undefined,
    engine: undefined,
    settingsFolder: undefined,
  };
  const text = JSON.stringify([{ ...options, ...elsewhere }, settings], sorted);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The same values give the same text, in whatever order their keys stand. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function parse(text: string, name: string): Map<string, { event: Event; hash: string }> {
  const last = new Map<string, { event: Event; hash: string }>();
  for (const [index, line] of text.split("\n").slice(0, -1).entries()) {
    const entry = parseLine(line);
    const event = valueAt(entry, "event");
    const environment = valueAt(entry, "environment");
    const hash = valueAt(entry, "hash");
    if (event === "finished") last.clear();
    else if (isEvent(event) && typeof environment === "string" && typeof hash === "string") {
      last.set(environment, { event, hash });
    } else {
      throw new JournalError(
        `${name}:${index + 1} is not a fleet's journal; name another file, or mend that line`,
      );
    }
  }
  return last;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isEvent(event: unknown): event is Event {
  return event === "begun" || event === "deployed" || event === "failed";
}

async function readIfThere(name: string): Promise<string> {
  try {
    return await readFile(name, "utf8");
  } catch (error) {
    if (valueAt(error, "code") === "ENOENT") return "";
    throw error;
  }
}

/** Of two processes with one journal, the second is refused; the lock of one that is gone is not in the way. */
async function takeLock(lock: string): Promise<void> {
  try {
    const file = await open(lock, "wx");
    await file.writeFile(JSON.stringify(OWN));
    await file.close();
  } catch (error) {
    if (valueAt(error, "code") !== "EEXIST") throw error;
    const holder = parseLine(await readIfThere(lock));
    if (isRunning(holder)) {
      const pid = String(valueAt(holder, "pid"));
      throw new JournalError(`${lock} is held by process ${pid}, which deploys with this journal`);
    }
    await rm(lock, { force: true });
    await takeLock(lock);
  }
}

/** In a container each process may have the number of the one before. */
const OWN = { pid: process.pid, started: performance.timeOrigin };

function isRunning(holder: unknown): boolean {
  const pid = valueAt(holder, "pid");
  if (typeof pid !== "number" || pid <= 0) return false;
  if (pid === OWN.pid) return valueAt(holder, "started") === OWN.started;
  return isAlive(pid);
}
