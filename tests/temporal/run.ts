import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { History } from "./history";

/** What became of an environment. */
export interface Entry {
  readonly status: string;
  readonly url?: string;
  readonly counts?: Partial<Record<string, number>>;
  readonly interrupted?: readonly string[];
  readonly kind?: string;
  readonly reason?: string;
}

/** A fleet that is followed to its end. */
export class Run {
  private readonly output: Promise<string>;
  private readonly end: Promise<unknown[]>;

  constructor(
    private readonly child: ChildProcess,
    readonly history: History,
  ) {
    const { stdout } = child;
    assert.ok(stdout);
    this.output = stdout.toArray().then((parts) => Buffer.concat(parts as Buffer[]).toString());
    this.end = once(child, "exit");
  }

  /** As Ctrl-C does. */
  cancel(): void {
    this.child.kill("SIGINT");
  }

  /** What became of each environment, and the exit code. */
  async result(): Promise<{ fleet: Record<string, Entry>; code: unknown }> {
    const [code] = await this.end;
    return { fleet: JSON.parse(await this.output) as Record<string, Entry>, code };
  }

  /** Which of the workers has the only activity that is under way. */
  async busy(workers: readonly ChildProcess[]): Promise<ChildProcess> {
    const [{ lastWorkerIdentity = "nobody" }] = await this.history.pending();
    const found = workers.find(({ pid }) => lastWorkerIdentity === `${pid ?? 0}@${hostname()}`);
    assert.ok(found, `${lastWorkerIdentity} is none of the workers`);
    return found;
  }
}

/** Resolves when a line that a process writes holds this. */
export async function says(
  child: ChildProcess,
  output: Readable | null,
  text: string,
): Promise<void> {
  assert.ok(output);
  const lines: string[] = [];
  const said = new Promise<void>((resolve) => {
    createInterface(output).on("line", (line) => {
      lines.push(line);
      if (line.includes(text)) resolve();
    });
  });
  const ended = once(child, "close").then(() => {
    throw new Error(`it ended and did not say "${text}", but: ${lines.join("\n")}`);
  });
  ended.catch(() => undefined);
  await Promise.race([said, ended]);
}

/** Kills a process with all that it started, as the end of its machine does. */
export function killGroup({ pid }: Pick<ChildProcess, "pid">): void {
  try {
    process.kill(-(pid ?? NaN), "SIGKILL");
  } catch {
    // All of them have ended.
  }
}
