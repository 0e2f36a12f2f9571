import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface CommandOptions {
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string>;
  /** Stops the command and all processes that it started. */
  signal?: AbortSignal;
  /** In milliseconds. The command is stopped if it takes longer. */
  timeLimit?: number;
  onErrorLine?: (line: string) => void;
}

/** A command could not be started, failed, or was stopped. */
export class CommandFailed extends Error {
  /** The last lines of the command's error output. */
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

const KEPT_LINES = 20;

/** Runs a command and returns its standard output. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const limits = options.signal === undefined ? [] : [options.signal];
  if (options.timeLimit !== undefined) {
    limits.push(AbortSignal.timeout(options.timeLimit));
  }
  return runUntil(AbortSignal.any(limits), command, args, options);
}

function runUntil(
  end: AbortSignal,
  command: string,
  args: readonly string[],
  { cwd, env, onErrorLine, timeLimit }: CommandOptions,
): Promise<string> {
  end.throwIfAborted();
  return new Promise((resolve, reject) => {
    // In its own process group, so that its child processes can be stopped with it.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: string[] = [];
    const errors: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    createInterface(child.stderr).on("line", (line) => {
      errors.push(line);
      errors.splice(0, errors.length - KEPT_LINES);
      onErrorLine?.(line);
    });
    const endGroup = () => {
      killGroup(child.pid);
    };
    end.addEventListener("abort", endGroup);
    child.on("error", (error) => {
      end.removeEventListener("abort", endGroup);
      reject(new CommandFailed(`${command} cannot be started: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      end.removeEventListener("abort", endGroup);
      if (end.aborted) {
        reject(interruption(end, command, timeLimit));
      } else if (code === 0) {
        resolve(output.join(""));
      } else {
        const how = code === null ? `was ended by ${signal ?? "a signal"}` : `failed (${code})`;
        reject(new CommandFailed(`${[command, ...args].slice(0, 2).join(" ")} ${how}`, errors));
      }
    });
  });
}

function interruption(end: AbortSignal, command: string, timeLimit?: number): Error {
  const reason: unknown = end.reason;
  if (reason instanceof Error && reason.name !== "TimeoutError") {
    return reason;
  }
  return new CommandFailed(`${command} took longer than ${(timeLimit ?? 0) / 1000} seconds`);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has ended already.
  }
}
