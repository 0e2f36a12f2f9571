import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Configuration, type Environment, LockedError } from "../../automation";
import type { Fault } from "../../emulator";
import { accountForChanges } from "../changes/account";
import { awsState, differences } from "../changes/awsState";
import { Environments } from "../support/environments";
import { failure } from "../support/failure";
import { killEngines } from "../support/killEngines";
import { Inventory } from "../support/inventory";
import type { Situation } from "./arguments";
import { stateInShort } from "./state";

/** What goes wrong during an update. */
export const KINDS = [
  "AWS refuses the call",
  "AWS throttles the call",
  "AWS's answer is lost",
  "the update is cancelled",
  "the provider crashes",
  "the engine is killed",
  "the disk with the state is full",
  "a second update at the same time",
] as const;

export type Kind = (typeof KINDS)[number];

/** A call to AWS: the first, second or n-th of its name. */
export interface Point {
  readonly call: string;
  readonly at: number;
}

/** What a run without faults ends in, and the calls that it makes. */
export interface CleanRun {
  readonly aws: unknown;
  readonly state: unknown;
  readonly points: readonly Point[];
}

/** What became of an update with a fault. */
export interface FaultResult {
  readonly situation: string;
  readonly kind: Kind;
  readonly point: Point;
  /** Whether the update made the call. */
  readonly isReached: boolean;
  /** Whether the update failed. */
  readonly failed: boolean;
  readonly violations: readonly string[];
}

const PROJECT = "load-balanced-group";

/** An emulator and environments on it, in which updates go wrong. */
export class FaultRehearsal {
  private readonly inventory: Inventory;
  private readonly empty: unknown;
  private count = 0;

  private constructor(
    private readonly environments: Environments,
    account: ReturnType<typeof accountForChanges>,
  ) {
    this.inventory = new Inventory(environments.emulator, account);
    this.empty = awsState(this.inventory);
  }

  static async open(): Promise<FaultRehearsal> {
    const account = accountForChanges();
    return new FaultRehearsal(await Environments.start({ account }), account);
  }

  close(): Promise<void> {
    return this.environments.stop();
  }

  /** Makes the change without a fault. */
  async clean({ before, after }: Situation): Promise<CleanRun> {
    const name = this.nextName();
    await this.deploy(name, before);
    const { calls } = this.environments.emulator;
    const from = calls.length;
    const environment = await this.environment(name, after);
    await environment.up();
    const points = pointsIn(calls.slice(from).map(({ call }) => call));
    const aws = awsState(this.inventory);
    const state = await this.state(name);
    await this.clear(environment);
    return { aws, state, points };
  }

  /** Makes the change with a fault and takes the documented next step, which must end as without the fault. */
  async run(situation: Situation, clean: CleanRun, kind: Kind, point: Point): Promise<FaultResult> {
    const { before, after } = situation;
    const name = this.nextName();
    const disk = kind === "the disk with the state is full" ? await this.disk(name) : undefined;
    const open = (configuration: Configuration) =>
      this.environment(name, configuration, disk?.folder);
    try {
      if (before !== undefined) await (await open(before)).up();
      const environment = await open(after);
      const first = await this.fail(environment, kind, point, {
        second: () => open(after),
        kill: () => killEngines(this.backend, PROJECT, name),
        fill: () => disk?.fill() ?? Promise.resolve(),
      });
      await disk?.free();
      await this.restore(name, disk?.folder);
      const violations = await this.nextStep(environment, clean, name, disk?.folder);
      return { situation: situation.name, kind, point, ...first, violations };
    } finally {
      await disk?.remove();
    }
  }

  /** Runs the update in which something goes wrong. */
  private async fail(
    environment: Environment,
    kind: Kind,
    point: Point,
    { second, kill, fill }: Effects,
  ): Promise<{ isReached: boolean; failed: boolean }> {
    const stop = new AbortController();
    const never = new Promise<void>(() => undefined);
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const held: Fault = { kind: "hold", until };
    const [fault, effect] = (
      {
        "AWS refuses the call": [error("AccessDenied", "You are not authorized to do this")],
        "AWS throttles the call": [error("Throttling", "Rate exceeded")],
        "AWS's answer is lost": [{ kind: "lost" }],
        "the provider crashes": [{ kind: "crash" }],
        "the update is cancelled": [
          {
            kind: "lost",
            hold: () => {
              stop.abort();
              return never;
            },
          },
        ],
        "the engine is killed": [{ kind: "lost", hold: () => kill().then(() => never) }],
        "the disk with the state is full": [held, fill],
        "a second update at the same time": [
          held,
          async () => {
            await failure((await second()).up(), LockedError);
          },
        ],
      } satisfies Record<Kind, [Fault, (() => Promise<unknown>)?]>
    )[kind] as [Fault, (() => Promise<unknown>)?];
    const planned = this.environments.emulator.faults.add({ ...point, fault });
    const progress = { isReached: false };
    const struck = planned.reached.then(async () => {
      progress.isReached = true;
      await effect?.();
    });
    void struck.then(release, release);
    const failed = await environment.up({ signal: stop.signal }).then(
      () => false,
      () => true,
    );
    planned.withdraw();
    if (progress.isReached) await struck;
    return { ...progress, failed };
  }

  private async nextStep(
    environment: Environment,
    clean: CleanRun,
    name: string,
    folder?: string,
  ): Promise<string[]> {
    try {
      await environment.up({ afterCrash: true });
      const { counts } = await environment.preview();
      const further = Object.keys(counts).filter((change) => change !== "same");
      const drift = await environment.drift();
      const found = [
        ...differences(clean.aws, awsState(this.inventory), "AWS"),
        ...differences(clean.state, await this.state(name, folder), "state"),
        ...further.map((change) => `a second update would ${change} resources`),
        ...drift.changes.map((one) => `drift: ${one.change} of ${one.name}`),
      ];
      await this.clear(environment);
      if (found.length > 0) return found;
      return differences(this.empty, awsState(this.inventory), "AWS after destroy");
    } catch (reason) {
      return [`the next step failed: ${reason instanceof Error ? reason.message : String(reason)}`];
    }
  }

  /** Does what the error says of a state that can't be read. */
  private async restore(name: string, folder = this.backend): Promise<void> {
    const file = path.join(folder, ".pulumi/stacks", PROJECT, `${name}.json`);
    if (!(await isJson(`${file}.attrs`))) await rm(`${file}.attrs`, { force: true });
    if (!(await isJson(file))) await copyFile(`${file}.bak`, file);
  }

  private nextName(): string {
    this.count += 1;
    return `faults-${this.count}`;
  }

  private async deploy(name: string, configuration: Configuration | undefined): Promise<void> {
    if (configuration === undefined) return;
    const environment = await this.environment(name, configuration);
    await environment.up();
  }

  private environment(
    name: string,
    configuration: Configuration,
    folder?: string,
  ): Promise<Environment> {
    const backend = folder === undefined ? {} : { backend: pathToFileURL(folder).href };
    return this.environments.open(name, { configuration, ...backend });
  }

  /** Destroys the group, and deletes ACM's validation records, which stay on purpose. */
  private async clear(environment: Environment): Promise<void> {
    await environment.destroy();
    const { route53 } = this.environments.emulator;
    for (const { zoneId } of this.inventory.account.hostedZones) {
      const records = route53.recordsIn(zoneId).filter(({ name }) => name.startsWith("_"));
      for (const record of records) route53.change("DELETE", zoneId, record);
    }
  }

  private get backend(): string {
    return path.join(this.environments.folder, "state");
  }

  private async state(name: string, folder = this.backend): Promise<unknown> {
    const file = path.join(folder, ".pulumi/stacks", PROJECT, `${name}.json`);
    return stateInShort(await readFile(file, "utf8"), name);
  }

  /** A small disk for a state. It needs the rights to mount one. */
  private async disk(name: string): Promise<Disk> {
    const folder = path.join(this.environments.folder, name);
    const filler = path.join(folder, "filler");
    await mkdir(folder);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder]);
    return {
      folder,
      fill: async () => {
        const full = await writeFile(filler, Buffer.alloc(8 * 1024 * 1024)).then(
          () => false,
          () => true,
        );
        if (!full) throw new Error("the disk is larger than the filler");
      },
      free: () => rm(filler, { force: true }),
      remove: () => {
        execFileSync("umount", ["--lazy", folder]);
        return Promise.resolve();
      },
    };
  }
}

interface Disk {
  readonly folder: string;
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** What happens when the call is made. */
interface Effects {
  readonly second: () => Promise<Environment>;
  readonly kill: () => Promise<void>;
  readonly fill: () => Promise<void>;
}

async function isJson(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

const error = (code: string, message: string): Fault => ({ kind: "error", code, message });

function pointsIn(calls: readonly string[]): Point[] {
  const counts = new Map<string, number>();
  return calls.map((call) => {
    const at = (counts.get(call) ?? 0) + 1;
    counts.set(call, at);
    return { call, at };
  });
}
