import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { FleetMember } from "../../automation";
import { findTemporal, NoTemporalError } from "../../tools/temporal";
import { engine, ENGINE_TIMEOUT } from "../support/engine";
import { Environments } from "../support/environments";
import { freePort } from "../../emulator";
import { build } from "./build";
import { History } from "./history";
import { killGroup, Run, says } from "./run";

/** Temporal's development server, and the workers and fleets that tests start on it. */
export class Temporal {
  private readonly started: ChildProcessWithoutNullStreams[] = [];

  private constructor(
    /** The environments that are deployed. */
    readonly stage: Environments,
    private readonly command: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** One for all tests of a suite, which are skipped where there is neither Temporal nor Go. */
  static forSuite(): () => Temporal {
    let temporal: Temporal | undefined;
    before(async function () {
      this.timeout(ENGINE_TIMEOUT);
      try {
        temporal = await Temporal.open(await findTemporal());
      } catch (error) {
        if (!(error instanceof NoTemporalError)) throw error;
        for (const test of this.test?.parent?.tests ?? []) {
          test.title += `, skipped: ${error.message}`;
        }
        this.skip();
      }
    });
    after(() => temporal?.stop());
    return () => {
      if (temporal === undefined) throw new Error("Temporal is there in tests only");
      return temporal;
    };
  }

  private static async open(command: string): Promise<Temporal> {
    const stage = await Environments.start();
    const folder = path.join(stage.folder, "temporal");
    await build(folder);
    const temporal = new Temporal(stage, command, folder, await freePort());
    const place = ["--headless", "--ip", "127.0.0.1", "--port", String(temporal.port)];
    const args = ["server", "start-dev", ...place, "--log-level", "never"];
    const server = temporal.keep(spawn(command, args, { detached: true }));
    await says(server, server.stdout, "Server:");
    return temporal;
  }

  /** Starts a worker in a process group of its own, which stands for a machine. */
  async worker(queue: string): Promise<ChildProcessWithoutNullStreams> {
    const worker = await this.node(queue, "dist/worker.js");
    await says(worker, worker.stdout, "listening");
    return worker;
  }

  /** Starts a fleet, or follows the one of this name; resolves when it is under way. */
  async fleet(
    queue: string,
    name: string,
    members: readonly FleetMember[],
    options: object = {},
  ): Promise<Run> {
    const file = path.join(this.folder, `${name}.json`);
    await writeFile(file, JSON.stringify({ members: members.map(withoutVariables), ...options }));
    const child = await this.node(queue, "dist/start.js", name, file);
    const run = new Run(child, new History(this.command, this.address, name));
    await says(child, child.stderr, "following");
    return run;
  }

  /** Ends all that was started, with what that started. */
  private async stop(): Promise<void> {
    // The server last, since it was the first.
    for (const child of this.started.reverse()) {
      killGroup(child);
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    await this.stage.stop();
  }

  private get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  private async node(queue: string, ...args: string[]): Promise<ChildProcessWithoutNullStreams> {
    const { binFolder } = await engine();
    const env = {
      ...process.env,
      ...this.stage.variables,
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
      TEMPORAL_ADDRESS: this.address,
      TEMPORAL_TASK_QUEUE: queue,
    };
    return this.keep(spawn(process.execPath, args, { cwd: this.folder, env, detached: true }));
  }

  private keep(child: ChildProcessWithoutNullStreams): ChildProcessWithoutNullStreams {
    // A pipe that nobody reads would hold it up in the end.
    child.stdout.resume();
    child.stderr.resume();
    this.started.push(child);
    return child;
  }
}

/** The workers have them. */
function withoutVariables({ options, ...order }: FleetMember): object {
  const kept = { ...options, environmentVariables: undefined, engine: undefined };
  return { ...order, options: kept };
}
