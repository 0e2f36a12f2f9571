import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import type { Configuration, Outputs } from "load-balanced-group/automation";

/** What the service remembers of an environment, also when it is killed. */
export interface Record {
  readonly name: string;
  readonly region: string;
  readonly configuration: Configuration;
  readonly state: "queued" | "deploying" | "deployed" | "destroying" | "destroyed" | "failed";
  /** Who asked for what is being done, by which request, since when. */
  readonly client: string;
  readonly request: string;
  readonly since: string;
  readonly outputs?: Outputs;
  readonly error?: unknown;
  /** Whether the service was killed in the middle, and completed it at its next start. */
  readonly repaired?: boolean;
}

/** A file for each environment. */
export class Records {
  private constructor(
    private readonly folder: string,
    private readonly byName: Map<string, Record>,
  ) {}

  static async open(folder: string): Promise<Records> {
    await mkdir(folder, { recursive: true });
    const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
    const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
    const records = texts.map((text) => JSON.parse(text) as Record);
    return new Records(folder, new Map(records.map((record) => [record.name, record])));
  }

  get all(): Record[] {
    return [...this.byName.values()];
  }

  get(name: string): Record | undefined {
    return this.byName.get(name);
  }

  /** Whole or not at all, whenever the process is killed. */
  async put(record: Record): Promise<void> {
    this.byName.set(record.name, record);
    const file = path.join(this.folder, `${record.name}.json`);
    const draft = await open(`${file}.draft`, "w");
    await draft.writeFile(JSON.stringify(record, undefined, 2));
    await draft.sync();
    await draft.close();
    await rename(`${file}.draft`, file);
  }
}
