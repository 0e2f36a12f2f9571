import path from "node:path";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { ReportedProblem } from "../components/checks";

/** Why the program failed. The engine reports its own errors as events. */
export interface ProgramFailure {
  readonly message: string;
  readonly stack: string | undefined;
  /** The problems, if a check of the component failed. */
  readonly problems: readonly ReportedProblem[] | undefined;
}

/** The messages of the worker thread. */
export type Message = { readonly port: number } | { readonly failure: ProgramFailure };

/**
 * Runs the program for one operation of the engine, in its own thread.
 *
 * The SDK handles unhandled rejections of a whole thread, so one program would make the others in it fail.
 * A program that fails in an output never ends, but its thread can be stopped.
 */
export class ProgramHost {
  private constructor(
    private readonly worker: Worker,
    /** The port on which the engine reaches the program. */
    readonly port: number,
  ) {}

  /**
   * @param formerKeys the former keys of target groups by their new ones, so that their resources are kept.
   */
  static async start(
    onProgramFailure: (failure: ProgramFailure) => void,
    formerKeys: Readonly<Record<string, string>>,
  ): Promise<ProgramHost> {
    const extension = path.extname(__filename);
    const worker = new Worker(path.join(__dirname, `programWorker${extension}`), {
      ...(extension === ".ts" ? fromSources() : {}),
      // The program's output must not appear in the output of the caller's process.
      stdout: true,
      stderr: true,
      workerData: formerKeys,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    const port = await new Promise<number>((resolve, reject) => {
      worker.on("message", (message: Message) => {
        if ("port" in message) resolve(message.port);
        else {
          onProgramFailure(message.failure);
          // The program failed before it had a port; later, this does nothing.
          reject(new Error(message.failure.message));
        }
      });
      worker.on("error", (error) => {
        onProgramFailure({ message: error.message, stack: error.stack, problems: undefined });
        reject(error);
      });
    });
    return new ProgramHost(worker, port);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}

/** The options to run the worker from its TypeScript source, as in this package's tests. */
function fromSources(): WorkerOptions {
  const project = path.join(__dirname, "../tsconfig.json");
  return {
    execArgv: ["-r", require.resolve("ts-node/register/transpile-only")],
    env: { ...process.env, TS_NODE_PROJECT: project },
  };
}
