import { createHash } from "node:crypto";
import { type FileHandle, open, readFile, truncate } from "node:fs/promises";
import path from "node:path";
import { valueAt } from "../../components/checks";
import type { EnvironmentOptions } from "../options";
import { Lock, LockHeldError } from "./lock";
import type { FleetSummary } from "./summary";

type Event = "begun" | "deployed" | "failed";

/** What became of an environment in the run before, if that did not end. */
export type PreviousRun = "interrupted" | "deployed" | undefined;

/** The journal is used by another process, is no journal, or can't be written. */
export class JournalError extends Error {
  override readonly name = "JournalError";

  constructor(
    message: string,
    /** What was deployed all the same, where it could not be written down. */
    readonly summary?: FleetSummary,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/**
 * What a fleet has done, line by line in a file, each on the disk before the next step: a run that
 * crashed is resumed by it. It has neither configuration nor secrets, only their hashes.
 */
export class Journal {
  /** Why nothing can be written any more: what follows half a line could not be read. */
  private writeError: JournalError | undefined;

  private constructor(
    private readonly name: string,
    private readonly file: FileHandle,
    private readonly lock: Lock,
    private readonly lastEntries: ReadonlyMap<
      string,
      { readonly event: Event; readonly hash: string }
    >,
  ) {}

  /** @throws JournalError when another process has it open, or a line can't be read. */
  static async open(name: string): Promise<Journal> {
    const lock = await Lock.take(`${name}.lock`).catch((error: unknown) => {
      if (!(error instanceof LockHeldError)) throw writeErrorOf(name, error);
      throw new JournalError(error.message, undefined, error);
    });
    try {
      const text = await readIfThere(name);
      // What follows the last line's end was being written when the process was killed.
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const last = parse(whole, name);
      if (whole.length < text.length) await truncate(name, Buffer.byteLength(whole));
      return new Journal(name, await open(name, "a"), lock, last);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Why the journal is not true to what was done, if that is so. */
  get failure(): JournalError | undefined {
    return this.writeError;
  }

  previousRun(environment: string, hash: string): PreviousRun {
    const last = this.lastEntries.get(environment);
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
    await this.lock.release();
  }

  /** @throws JournalError */
  private async append(entry: object): Promise<void> {
    if (this.writeError !== undefined) throw this.writeError;
    try {
      await this.file.appendFile(`${JSON.stringify(entry)}\n`);
      await this.file.datasync();
    } catch (error) {
      this.writeError = writeErrorOf(this.name, error);
      throw this.writeError;
    }
  }
}

function writeErrorOf(name: string, cause: unknown): JournalError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const advice = "free some space, or use another file, and run it again: finished work is kept";
  return new JournalError(`${name} can't be written: ${why}; ${advice}`, undefined, cause);
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
        `${name}:${index + 1} is not a line of a fleet's journal; use another file, or correct that line`,
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
