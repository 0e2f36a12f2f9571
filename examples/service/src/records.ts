import { chmod, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Configuration, Outputs } from "load-balanced-group/automation";

/** What the service remembers of an environment, also when it is killed. */
export interface Record {
  readonly name: string;
  readonly region: string;
  readonly configuration: Configuration;
  readonly state: "queued" | "deploying" | "deployed" | "destroying" | "destroyed" | "failed";
  /** Who made it: nobody else may see, change or destroy it. */
  readonly owner: string;
  /** Who asked for what is being done, by which request, since when. */
  readonly client: string;
  readonly request: string;
  readonly since: string;
  readonly outputs?: Outputs;
  readonly error?: unknown;
  /** Whether the service was killed in the middle, and completed it at its next start. */
  readonly repaired?: boolean;
}

/** What is asked for can't be written down, so it is not begun. */
export class NoRoom extends Error {}

/** A file for each environment, which only this service's user may read. */
export class Records {
  private constructor(
    private readonly folder: string,
    private readonly byName: Map<string, Record>,
    /** The environments whose files can't be read, with the reason. */
    readonly unreadable: ReadonlyMap<string, string>,
  ) {}

  static async open(folder: string): Promise<Records> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const records = new Map<string, Record>();
    const unreadable = new Map<string, string>();
    for (const file of (await readdir(folder)).filter((one) => one.endsWith(".json"))) {
      const name = file.slice(0, -".json".length);
      try {
        await chmod(path.join(folder, file), 0o600);
        records.set(name, recordIn(await readFile(path.join(folder, file), "utf8")));
      } catch (error) {
        unreadable.set(name, `${path.join(folder, file)}: ${String(error)}`);
      }
    }
    return new Records(folder, records, unreadable);
  }

  get all(): Record[] {
    return [...this.byName.values()];
  }

  get(name: string): Record | undefined {
    return this.byName.get(name);
  }

  /** Until the service ends, for what can't be written. */
  keep(record: Record): void {
    this.byName.set(record.name, record);
  }

  /** Whole or not at all, whenever the process is killed. @throws NoRoom */
  async put(record: Record): Promise<void> {
    const file = path.join(this.folder, `${record.name}.json`);
    const draft = `${file}.draft`;
    try {
      const handle = await open(draft, "w", 0o600);
      try {
        await handle.writeFile(JSON.stringify(record, undefined, 2));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw new NoRoom(`${file} can't be written: ${String(error)}`);
    }
    this.keep(record);
  }
}

function recordIn(text: string): Record {
  const record: unknown = JSON.parse(text);
  const { name, owner, client, state } = Object(record) as Partial<Record>;
  if (name === undefined || state === undefined || client === undefined) {
    throw new Error("it is no record");
  }
  // Before there were owners, an environment was of whoever asked for it last.
  return { ...(record as Record), owner: owner ?? client };
}
