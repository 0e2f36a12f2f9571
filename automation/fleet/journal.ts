import { createHash } from "node:crypto";
import { type FileHandle, open, readFile, truncate } from "node:fs/promises";
import path from "node:path";
import { valueAt } from "../../components/checks";
import type { EnvironmentOptions } from "../options";
import { Lock, LockHeldError } from "./lock";
import type { FleetSummary } from "./summary";

type Event = "begun" | "deployed" | "failed";

/** What happened to an environment in the previous run, if that run was not finished. */
export type PreviousRun = "interrupted" | "deployed" | undefined;

/** The journal is used by another process, is not a journal, or can't be written. */
export class JournalError extends Error {
  override readonly name = "JournalError";

  constructor(
    message: string,
    /** The result of the deployment, if only the journal could not be written. */
    readonly summary?: FleetSummary,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/**
 * The journal of a fleet: a file with one line for each step. A line is on the disk before the next step starts,
 * so a run that crashed can be resumed. The file has hashes of configurations, but no values and no secrets.
 */
export class Journal {
  /** The first error of writing. Nothing is written after it, because a line after half a line can't be read. */
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

  /** @throws JournalError if another process uses the journal, or a line can't be read. */
  static async open(name: string): Promise<Journal> {
    const lock = await Lock.take(`${name}.lock`).catch((error: unknown) => {
      if (!(error instanceof LockHeldError)) throw writeErrorOf(name, error);
      throw new JournalError(error.message, undefined, error);
    });
    try {
      const text = await readIfThere(name);
      // An incomplete last line was being written when the process was killed.
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const last = parse(whole, name);
      if (whole.length < text.length) await truncate(name, Buffer.byteLength(whole));
      return new Journal(name, await open(name, "a"), lock, last);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** The error that made the journal incomplete, if there was one. */
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

  /** Marks the run as complete. The next run then deploys everything again. */
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
  const advice =
    "correct this, and call deployAll again: the environments that are done are skipped";
  return new JournalError(`${name} can't be written: ${why}; ${advice}`, undefined, cause);
}

/** The hash of an environment's configuration. If it changes, the environment must be deployed again. */
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

/** A JSON replacer that sorts keys, so that their order does not change the text. */
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
