import {
  Environment,
  EnvironmentError,
  type EnvironmentOptions,
  type ProgressEvent,
} from "load-balanced-group/automation";
import { Events } from "./events";
import type { Record, Records } from "./records";

/** Another deployment of the environment is not done yet. */
export class Busy extends Error {
  constructor(readonly holder: Pick<Record, "client" | "request" | "since" | "state">) {
    super(`${holder.client} is at it since ${holder.since}`);
  }
}

/** The environment is another client's, or nobody can tell whose it is. */
export class NotYours extends Error {}

export type Wish = Pick<Record, "name" | "region" | "configuration" | "client" | "request">;

/** Deploys and destroys environments: one thing at a time for each, and so many at a time in all. */
export class Deployments {
  /** What is at work or about to be, by the environment's name. */
  private readonly busy = new Map<string, Busy["holder"]>();
  private readonly events = new Map<string, Events>();
  private readonly waiting: (() => void)[] = [];
  private readonly abort = new AbortController();
  private readonly tasks = new Set<Promise<void>>();
  private running = 0;

  constructor(
    private readonly records: Records,
    private readonly concurrency: number,
    private readonly log: (entry: object) => void,
  ) {}

  eventsOf(name: string): Events {
    const known = this.events.get(name) ?? new Events();
    this.events.set(name, known);
    return known;
  }

  isBusy(name: string): boolean {
    return this.busy.has(name);
  }

  /** The record, if the client may see it. @throws NotYours */
  recordFor(name: string, client: string): Record | undefined {
    if (this.records.unreadable.has(name)) {
      throw new NotYours(`the record of ${name} can't be read; ask whoever runs this service`);
    }
    const record = this.records.get(name);
    if (record !== undefined && record.owner !== client) {
      throw new NotYours(`${name} is another client's`);
    }
    return record;
  }

  /** Begins to deploy; throws NotYours, Busy, NoRoom, or the library's InvalidConfigurationError with all problems. */
  async deploy(wish: Wish): Promise<Record> {
    return this.claim(wish, "deploying", false);
  }

  async destroy(wish: Wish): Promise<Record> {
    return this.claim(wish, "destroying", false);
  }

  /** Completes what was being done when the service was killed. */
  async repair(): Promise<void> {
    for (const record of this.records.all) {
      const { state } = record;
      if (state !== "queued" && state !== "deploying" && state !== "destroying") continue;
      this.log({ event: "interrupted", environment: record.name, state });
      const task = state === "destroying" ? state : "deploying";
      await this.claim(record, task, true).catch((error: unknown) => this.failed(record, error));
    }
  }

  /** Lets what runs finish for so long, and then cancels it cleanly. */
  async stop(graceMilliseconds: number): Promise<void> {
    const limit = setTimeout(() => this.abort.abort(), graceMilliseconds);
    while (this.tasks.size > 0) await Promise.all(this.tasks);
    clearTimeout(limit);
  }

  cancel(): void {
    this.abort.abort();
  }

  private async claim(
    wish: Wish,
    state: "deploying" | "destroying",
    repaired: boolean,
  ): Promise<Record> {
    const { name, region, configuration, client, request } = wish;
    const owner = repaired ? this.records.get(name)?.owner : this.ownerOf(name, client);
    const holder = this.busy.get(name);
    if (holder !== undefined) {
      throw new Busy({ ...holder, state: this.records.get(name)?.state ?? holder.state });
    }
    const since = new Date().toISOString();
    this.busy.set(name, { client, request, since, state: "queued" });
    try {
      await Environment.check(optionsOf(wish));
      const own = { name, region, configuration, client, request, since };
      const record: Record = { ...own, owner: owner ?? client, state: "queued", repaired };
      await this.records.put(record);
      this.tell(record);
      const task: Promise<void> = this.run(record, state).finally(() => {
        this.busy.delete(name);
        this.eventsOf(name).end();
        this.tasks.delete(task);
      });
      this.tasks.add(task);
      return record;
    } catch (error) {
      this.busy.delete(name);
      throw error;
    }
  }

  /** Whose an environment is, or will be: what is destroyed may be made by anybody. */
  private ownerOf(name: string, client: string): string {
    const record = this.records.get(name);
    if (record?.state !== "destroyed") return this.recordFor(name, client)?.owner ?? client;
    // What happened to the one before is nothing to its new owner.
    if (record.owner !== client) this.events.delete(name);
    return client;
  }

  private async run(record: Record, state: "deploying" | "destroying"): Promise<void> {
    await this.turn();
    try {
      await this.change({ ...record, state });
      await this.change(await this.done({ ...record, state }));
    } catch (error) {
      await this.failed(record, error);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  private async done(record: Record): Promise<Record> {
    const { signal } = this.abort;
    const environment = await Environment.open(optionsOf(record), { signal });
    const onProgress = (progress: ProgressEvent) => {
      this.eventsOf(record.name).tell("progress", progress);
    };
    const run = { signal, onProgress, afterCrash: record.repaired };
    try {
      if (record.state === "deploying") {
        const { outputs } = await environment.up(run);
        return { ...record, state: "deployed", outputs };
      }
      await environment.destroy(run);
      return { ...record, state: "destroyed" };
    } finally {
      await environment.close();
    }
  }

  private async failed(record: Record, error: unknown): Promise<void> {
    // One that was cancelled when the service was stopped is completed at its next start.
    if (!this.abort.signal.aborted) {
      await this.change({ ...record, state: "failed", error: errorJson(error) });
    }
    this.eventsOf(record.name).tell("failed", errorJson(error));
    this.log({ event: "failed", environment: record.name, error: errorJson(error) });
  }

  /** What can't be written goes on all the same: the next start completes what its record says. */
  private async change(record: Record): Promise<void> {
    await this.records.put(record).catch((error: unknown) => {
      this.records.keep(record);
      this.log({ event: "unwritten", environment: record.name, error: String(error) });
    });
    this.tell(record);
  }

  private tell(record: Record): void {
    const { name, state, client, request } = record;
    this.eventsOf(name).tell(state, { state, client, request });
    this.log({ event: state, environment: name, client, request });
  }

  private async turn(): Promise<void> {
    if (this.running < this.concurrency) this.running += 1;
    // Whoever ends gives his place to the one who has waited longest.
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

function optionsOf({ name, region, configuration }: Wish): EnvironmentOptions {
  // The backend, its passphrase and AWS's credentials are in the environment of this process.
  return { name, region, configuration };
}

function errorJson(error: unknown): unknown {
  return error instanceof EnvironmentError ? error : { kind: "failed", message: String(error) };
}
