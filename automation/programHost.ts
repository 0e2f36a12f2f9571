import path from "node:path";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { ReportedProblem } from "../components/checks";

/** Why the program failed; errors of the engine's own are told by its events. */
export interface ProgramFailure {
  readonly message: string;
  readonly stack: string | undefined;
  /** What a check of ours found, if it was one. */
  readonly problems: readonly ReportedProblem[] | undefined;
}

/** What the worker tells. */
export type Message = { readonly port: number } | { readonly failure: ProgramFailure };

/**
 * Runs the program for one operation of the engine, in a thread of its own.
 *
 * The SDK listens for unhandled rejections of the whole process, so programs side by side in one thread
 * would fail each other; and one that fails in an output never ends. A thread can be ended.
 */
export class ProgramHost {
  private constructor(
    private readonly worker: Worker,
    /** Where the engine finds the program. */
    readonly port: number,
  ) {}

  static async start(onFault: (fault: ProgramFailure) => void): Promise<ProgramHost> {
    const extension = path.extname(__filename);
    const worker = new Worker(path.join(__dirname, `programWorker${extension}`), {
      ...(extension === ".ts" ? fromSources() : {}),
      // What the program prints must not appear in the output of whoever imports this.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    const port = await new Promise<number>((resolve, reject) => {
      worker.on("message", (message: Message) => {
        if ("port" in message) resolve(message.port);
        else onFault(message.failure);
      });
      worker.on("error", (error) => {
        onFault({ message: error.message, stack: error.stack, problems: undefined });
        reject(error);
      });
    });
    return new ProgramHost(worker, port);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

/** As in this package's own tests, wherever they run. */
function fromSources(): WorkerOptions {
  const project = path.join(__dirname, "../tsconfig.json");
  return {
    execArgv: ["-r", require.resolve("ts-node/register/transpile-only")],
    env: { ...process.env, TS_NODE_PROJECT: project },
  };
}
