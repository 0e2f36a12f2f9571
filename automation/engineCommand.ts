import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { EngineUnusableError } from "./errors";

/** The oldest engine that this library is tested with. */
export const MINIMUM_ENGINE = "3.230.0";

/** What all runs of the engine during one call have in common. */
export interface RunContext {
  /** Stops them. Calls to AWS that have started are completed. */
  readonly signal?: AbortSignal;
  /** The port on which the program that `up` and `preview` run can be reached. */
  readonly port?: number;
}

/**
 * The context of a call and the environment's command: in a call, another environment's method may be called, which
 * has its own context.
 */
interface Call extends RunContext {
  readonly command: EngineCommand;
}

/**
 * One storage for all commands, because Node keeps every storage and updates each for every promise.
 */
const calls = new AsyncLocalStorage<Call>();

/**
 * The engine's command line, as the SDK calls it.
 *
 * It differs from the SDK's in four ways. It gives the engine a program that runs in another thread. Every run
 * can be stopped; in the SDK only some can. Secrets stay encrypted in exported states. And no stack is selected:
 * every call names its stack, because selecting would leave a file in Pulumi's home for each workspace, and
 * selecting at the same time corrupts it (https://github.com/pulumi/pulumi/issues/7782).
 */
export class EngineCommand {
  private constructor(
    /** The command for the SDK's workspaces. */
    readonly sdk: PulumiCommand,
  ) {
    const run: unknown = Reflect.get(sdk, "run");
    if (typeof run !== "function") {
      throw new Error(
        "this version of @pulumi/pulumi is not supported, because its PulumiCommand has no method run; install a version " +
          "that the file docs/compatibility.md of the package load-balanced-group lists",
      );
    }
    const adaptArguments = (
      args: string[],
      cwd: unknown,
      variables: unknown,
      onOutput: unknown,
      onError: unknown,
    ): unknown => {
      const { signal } = this.context;
      // The SDK listens to the signal only from now on, so an earlier abort must be checked here.
      signal?.throwIfAborted();
      const all = [this.adaptArguments(args), cwd, variables, onOutput, onError, signal];
      return Reflect.apply(run, sdk, all);
    };
    Reflect.set(sdk, "run", adaptArguments);
  }

  /**
   * Finds the engine in its installation folder `root`, or on PATH.
   *
   * @throws EngineUnusableError
   */
  static async find(environment: string, root: string | undefined): Promise<EngineCommand> {
    const engine = new EngineCommand(await findCommand(environment, root));
    const { version } = engine.sdk;
    if (version === null || version.compare(MINIMUM_ENGINE) < 0) {
      const what =
        version === null
          ? "the Pulumi engine does not tell its version"
          : `the Pulumi engine ${version.version} is too old`;
      const advice = `Install Pulumi ${MINIMUM_ENGINE} or newer: https://www.pulumi.com/docs/install/`;
      throw new EngineUnusableError(environment, "too-old", what, advice);
    }
    return engine;
  }

  /** Makes a call. All runs of the engine in it get this context. */
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
    // An engine that fails early does not read its input.
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
    // No secret value is read from an exported state.
    if (subcommand === "export") return args.filter((one) => one !== "--show-secrets");
    // Like selecting, it fails if there is no such stack.
    return subcommand === "select" ? ["stack", "--show-name", ...args.slice(2)] : args;
  }
}

async function findCommand(environment: string, root: string | undefined): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get({ root, skipVersionCheck: true });
  } catch (error) {
    const where = root === undefined ? "on PATH" : `in ${root}`;
    const what = `there is no Pulumi CLI ${where}`;
    const advice =
      `Install Pulumi ${MINIMUM_ENGINE} or newer (https://www.pulumi.com/docs/install/), or set the option ` +
      `"engine" to the folder that contains bin/pulumi.`;
    throw new EngineUnusableError(environment, "missing", what, advice, error);
  }
}
