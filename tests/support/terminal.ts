import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Emulator } from "../../emulator";
import { isolatedEnvironment } from "../../tools/isolation";
import { engine, ENGINE_TIMEOUT } from "./engine";
import { resetEnvironment } from "./scratch";

/** What a command came to: its exit code, and all that it printed. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The engine's command line in a folder of its own, and an emulator for it. */
export class Terminal {
  private constructor(
    readonly emulator: Emulator,
    /** A folder of the test's own, of which `program` is a part. */
    readonly folder: string,
    /** Where commands are run. */
    readonly program: string,
    private readonly command: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<Terminal> {
    const environment = { ...process.env };
    const { binFolder, command } = await engine();
    const folder = await mkdtemp(path.join(tmpdir(), "load balanced group "));
    const program = path.join(folder, "program");
    await mkdir(program);
    const emulator = await Emulator.start();
    const env = {
      ...process.env,
      ...isolatedEnvironment(folder),
      ...emulator.environment,
      PATH: [binFolder, process.env.PATH].join(path.delimiter),
    };
    return new Terminal(emulator, folder, program, command, env, async () => {
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
      resetEnvironment(environment);
    });
  }

  /** Lets the engine use a provider that runs already, beside those of the emulator. */
  attach(provider: string, port: number): void {
    const attached = this.env.PULUMI_DEBUG_PROVIDERS ?? "";
    this.env.PULUMI_DEBUG_PROVIDERS = `${attached},${provider}:${port}`;
  }

  /** Runs the engine as in a script: without a terminal, in plain text. */
  pulumi(...args: string[]): Promise<Outcome> {
    return this.run(this.command, [...args, "--non-interactive", "--color=never"]);
  }

  /** Runs a program that calls the engine by itself. */
  run(command: string, args: readonly string[], variables = {}): Promise<Outcome> {
    const options = { cwd: this.program, env: { ...this.env, ...variables } };
    return new Promise((resolve) => {
      execFile(command, args, options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr });
      });
    });
  }
}

/** One terminal for all tests of a suite, with what `prepare` makes of it. */
export function useTerminal<T>(prepare: (terminal: Terminal) => Promise<T>): () => T {
  let terminal: Terminal | undefined;
  let prepared: { readonly it: T } | undefined;
  before(async function () {
    this.timeout(ENGINE_TIMEOUT);
    terminal = await Terminal.open();
    prepared = { it: await prepare(terminal) };
  });
  after(async () => {
    await terminal?.close();
  });
  return () => {
    if (prepared === undefined) throw new Error("the command line is there in tests only");
    return prepared.it;
  };
}
