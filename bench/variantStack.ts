import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Emulator } from "../emulator";
import { runCommand } from "../tools/engine/command";
import { readManifest } from "../tools/package/manifest";
import { accountOf } from "./account";
import { startProvider, type Contestant } from "./variants";
import type { Operation } from "./operations";
import type { Workbench } from "./setup";

/** How much a program makes. */
export interface Size {
  readonly servers: number;
  readonly groups: number;
}

const UPDATE = ["up", "--skip-preview", "--yes"];
const COMMANDS: Readonly<Record<Operation, readonly string[]>> = {
  preview: ["preview"],
  update: UPDATE,
  unchanged: [...UPDATE, "--expect-no-changes"],
};

const TIME_LIMIT = 10 * 60_000;
let made = 0;

/** An account in which nothing is deployed yet, and a contestant's program and empty stack for it. */
export class Stage {
  private constructor(
    private readonly bench: Workbench,
    readonly contestant: Contestant,
    private readonly emulator: Emulator,
    private readonly folder: string,
    private readonly environment: Record<string, string>,
  ) {}

  static async open(bench: Workbench, contestant: Contestant, size: Size): Promise<Stage> {
    made += 1;
    const folder = path.join(bench.folder, "stages", `${contestant.key}-${made}`);
    await mkdir(folder, { recursive: true });
    const program = path.join(bench.compiled, "bench", "programs", contestant.program);
    await writeFile(path.join(folder, "index.js"), `require(${JSON.stringify(program)});\n`);
    await writeFile(path.join(folder, "package.json"), '{ "main": "index.js" }\n');
    await writeFile(path.join(folder, "Pulumi.yaml"), project(contestant.package?.(bench)));
    // No server listens, so that what health checks do does not hang on how many there are.
    const emulator = await Emulator.start({ account: accountOf(size.servers), ports: [] });
    const environment = {
      ...bench.environment,
      ...emulator.environment,
      BENCH_SERVERS: String(size.servers),
      BENCH_GROUPS: String(size.groups),
    };
    const stage = new Stage(bench, contestant, emulator, folder, environment);
    await stage.pulumi(["stack", "init", stage.stack]);
    return stage;
  }

  /** Runs an operation and returns how many milliseconds it took, a provider's start included. */
  async run(operation: Operation): Promise<number> {
    const start = process.hrtime.bigint();
    const { attached, provider: command } = this.contestant;
    const args = [...COMMANDS[operation], "--stack", this.stack, "--suppress-progress"];
    if (attached !== true || command === undefined) {
      await this.pulumi(args);
      return since(start);
    }
    const provider = await startProvider(command(this.bench), this.folder, this.environment);
    try {
      const own = `load-balanced-group:${provider.port}`;
      const providers = [this.environment.PULUMI_DEBUG_PROVIDERS, own].join(",");
      await this.pulumi(args, { PULUMI_DEBUG_PROVIDERS: providers });
      return since(start);
    } finally {
      await provider.stop();
    }
  }

  /** The stack's state as the engine exports it. */
  async state(): Promise<unknown> {
    return JSON.parse(await this.pulumi(["stack", "export", "--stack", this.stack]));
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }

  private get stack(): string {
    return path.basename(this.folder);
  }

  private pulumi(args: readonly string[], variables = {}): Promise<string> {
    return runCommand(this.bench.engine.command, [...args, "--non-interactive", "--color=never"], {
      cwd: this.folder,
      env: { ...this.environment, ...variables },
      timeLimit: TIME_LIMIT,
    });
  }
}

/** A project as JSON, which is YAML too. */
function project(folder?: string): string {
  return JSON.stringify({
    name: "bench",
    runtime: { name: "nodejs", options: { typescript: false } },
    config: { "aws:region": { value: "us-west-2" } },
    packages: folder === undefined ? {} : { [readManifest().name]: folder },
  });
}

function since(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e6;
}
