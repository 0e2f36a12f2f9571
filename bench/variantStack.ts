import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Emulator } from "../emulator";
import { runCommand } from "../tools/engine/command";
import { readManifest } from "../tools/package/manifest";
import { accountOf } from "./account";
import { startProvider, type Variant } from "./variants";
import type { Operation } from "./operations";
import type { Setup } from "./setup";

/** How much a program makes. */
export interface Size {
  readonly servers: number;
  readonly groups: number;
  /** The rules of each group. */
  readonly rules?: number;
}

const UPDATE = ["up", "--skip-preview", "--yes"];
const COMMANDS: Readonly<Record<Operation, readonly string[]>> = {
  preview: ["preview"],
  update: UPDATE,
  unchanged: [...UPDATE, "--expect-no-changes"],
};

const TIME_LIMIT = 10 * 60_000;
let made = 0;

/** An account in which nothing is deployed yet, and a variant's program and empty stack for it. */
export class VariantStack {
  private constructor(
    private readonly setup: Setup,
    readonly variant: Variant,
    private readonly emulator: Emulator,
    private readonly folder: string,
    private readonly environment: Record<string, string>,
  ) {}

  static async open(setup: Setup, variant: Variant, size: Size): Promise<VariantStack> {
    made += 1;
    const folder = path.join(setup.folder, "stacks", `${variant.key}-${made}`);
    await mkdir(folder, { recursive: true });
    const program = path.join(setup.compiled, "bench", "programs", variant.program);
    await writeFile(path.join(folder, "index.js"), `require(${JSON.stringify(program)});\n`);
    await writeFile(path.join(folder, "package.json"), '{ "main": "index.js" }\n');
    await writeFile(path.join(folder, "Pulumi.yaml"), project(variant.package?.(setup)));
    // No server listens, so that what health checks do does not hang on how many there are.
    const emulator = await Emulator.start({ account: accountOf(size.servers), ports: [] });
    const environment = {
      ...setup.environment,
      ...emulator.environment,
      BENCH_STACK: folder,
      BENCH_SERVERS: String(size.servers),
      BENCH_GROUPS: String(size.groups),
      BENCH_RULES: String(size.rules ?? 0),
    };
    const stack = new VariantStack(setup, variant, emulator, folder, environment);
    await stack.pulumi(["stack", "init", stack.name]);
    return stack;
  }

  /** Runs an operation and returns how many milliseconds it took, a provider's start included. */
  async run(operation: Operation): Promise<number> {
    const start = process.hrtime.bigint();
    const { attached, provider: command } = this.variant;
    const args = [...COMMANDS[operation], "--stack", this.name, "--suppress-progress"];
    if (attached !== true || command === undefined) {
      await this.pulumi(args);
      return since(start);
    }
    const provider = await startProvider(command(this.setup), this.folder, this.environment);
    try {
      const own = `load-balanced-group:${provider.port}`;
      const providers = [this.environment.PULUMI_DEBUG_PROVIDERS, own].join(",");
      await this.pulumi(args, { PULUMI_DEBUG_PROVIDERS: providers });
      return since(start);
    } finally {
      await provider.stop();
    }
  }

  /** The stack's state as the engine exports it, in JSON. */
  state(): Promise<string> {
    return this.pulumi(["stack", "export", "--stack", this.name]);
  }

  /** A variable that all processes of the stack have in their environment, and no others. */
  get mark(): string {
    return `BENCH_STACK=${this.folder}`;
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }

  private get name(): string {
    return path.basename(this.folder);
  }

  private pulumi(args: readonly string[], variables = {}): Promise<string> {
    return runCommand(this.setup.engine.command, [...args, "--non-interactive", "--color=never"], {
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
