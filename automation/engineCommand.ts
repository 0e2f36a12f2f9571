import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { EngineUnusableError } from "./errors";

/** The oldest engine that this library is tested with. */
export const MINIMUM_ENGINE = "3.230.0";

/** What all runs of the engine that a call leads to have in common. */
export interface RunContext {
  /** Ends them, with what AWS was asked for before finished. */
  readonly signal?: AbortSignal;
  /** Where the program is that `up` and `preview` run. */
  readonly port?: number;
}

/**
 * The circumstances of a call, and whose they are: one that an environment's caller makes for
 * another has its own.
 */
interface Call extends RunContext {
  readonly command: EngineCommand;
}

/**
 * One for all commands: Node keeps every storage that was ever used, and asks each at every
 * promise.
 */
const calls = new AsyncLocalStorage<Call>();

/**
 * The engine's command line, as the SDK calls it.
 *
 * It differs from the SDK's in four ways. A program that runs elsewhere is given to the engine. Every
 * run can be ended, where the SDK offers that for some. Secrets stay encrypted in what is exported. And no stack is selected, since that would leave
 * a file in Pulumi's home for each workspace, and selecting side by side corrupts it
 * (https://github.com/pulumi/pulumi/issues/7782): every call names its stack.
 */
export class EngineCommand {
  private constructor(
    /** What the SDK's workspaces are given. */
    readonly sdk: PulumiCommand,
  ) {
    const run: unknown = Reflect.get(sdk, "run");
    if (typeof run !== "function") {
      throw new Error("this version of @pulumi/pulumi runs no commands");
    }
    const adaptArguments = (
      args: string[],
      cwd: unknown,
      variables: unknown,
      onOutput: unknown,
      onError: unknown,
    ): unknown => {
      const { signal } = this.context;
      // The SDK waits for the signal's event, which is gone if it came while the run was prepared.
      signal?.throwIfAborted();
      const all = [this.adaptArguments(args), cwd, variables, onOutput, onError, signal];
      return Reflect.apply(run, sdk, all);
    };
    Reflect.set(sdk, "run", adaptArguments);
  }

  /**
   * Finds the engine in a folder that Pulumi was installed to, or on PATH.
   *
   * @throws EngineUnusableError
   */
  static async find(environment: string, root: string | undefined): Promise<EngineCommand> {
    const engine = new EngineCommand(await findCommand(environment, root));
    const { version } = engine.sdk;
    if (version === null || version.compare(MINIMUM_ENGINE) < 0) {
      const what = `the Pulumi engine ${version?.version ?? "of unknown version"} is too old`;
      const advice = `Install Pulumi ${MINIMUM_ENGINE} or newer: https://www.pulumi.com/docs/install/`;
      throw new EngineUnusableError(environment, "too-old", what, advice);
    }
    return engine;
  }

  /** Calls what runs the engine, under these circumstances. */
  withContext<T>(context: RunContext, call: () => Promise<T>): Promise<T> {
    return calls.run({ ...this.context, ...context, command: this }, call);
  }

  /** Runs the engine with a text as its standard input, which the SDK does not offer. */
  async runWithInput(
    args: readonly string[],
    input: string,
    cwd: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { signal } = this.context;
    signal?.throwIfAborted();
    const { command } = this.sdk;
    const PATH = [path.dirname(command), { ...process.env, ...variables }.PATH].join(
      path.delimiter,
    );
    const env = { ...process.env, ...variables, ...(path.isAbsolute(command) ? { PATH } : {}) };
    const child = spawn(command, [...args, "--non-interactive"], { cwd, env, stdio: "pipe" });
    const end = () => child.kill("SIGINT");
    signal?.addEventListener("abort", end);
    child.stdout.resume();
    // An engine that fails early does not read what it is told.
    child.stdin.on("error", () => undefined).end(input);
    try {
      const closed = once(child, "close");
      const said = await text(child.stderr);
      await closed;
      if (child.exitCode !== 0) throw new Error(said);
    } finally {
      signal?.removeEventListener("abort", end);
    }
  }

  private get context(): RunContext {
    const call = calls.getStore();
    return call?.command === this ? call : {};
  }

  private adaptArguments(args: string[]): string[] {
    const [command, subcommand] = args;
    const { port } = this.context;
    if (port !== undefined && (command === "up" || command === "preview")) {
      return [...args, `--client=127.0.0.1:${port}`];
    }
    if (command !== "stack") return args;
    if (subcommand === "init") return [...args, "--no-select"];
    // Nothing that is read out of a state here is secret.
    if (subcommand === "export") return args.filter((one) => one !== "--show-secrets");
    // Fails as selecting does when there is no such stack.
    return subcommand === "select" ? ["stack", "--show-name", ...args.slice(2)] : args;
  }
}

async function findCommand(environment: string, root: string | undefined): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get({ root, skipVersionCheck: true });
  } catch (error) {
    const where = root === undefined ? "on PATH" : `in ${root}`;
    const what = `there is no Pulumi engine ${where}`;
    const advice = `Install Pulumi ${MINIMUM_ENGINE} or newer (https://www.pulumi.com/docs/install/), or set the option "engine" to its folder.`;
    throw new EngineUnusableError(environment, "missing", what, advice, error);
  }
}
