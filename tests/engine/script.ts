import { spawn, type ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { constants } from "node:os";
import path from "node:path";

const CHECKOUT = path.resolve(__dirname, "../..");

/** One of the package's scripts, run by npm in a process group of its own, as from a terminal. */
export class Script {
  stdout = "";
  stderr = "";
  private readonly child: ChildProcess;
  private readonly output = new EventEmitter();
  private readonly ended: Promise<unknown[]>;

  /** `folder` is where it finds a place for its temporary files. */
  constructor(folder: string, ...args: string[]) {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn("npm", args, { cwd: CHECKOUT, env, detached: true, stdio: "pipe" });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
      this.output.emit("data");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
      this.output.emit("data");
    });
    this.child = child;
    this.ended = once(child, "close");
    void this.ended.then(() => this.output.emit("data"));
  }

  /** Resolves when it has said this. */
  async says(text: string): Promise<void> {
    while (!`${this.stdout}\n${this.stderr}`.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`it ended without saying ${text}`);
      await once(this.output, "data");
    }
  }

  /** Sends a signal to all of its processes, as a terminal does. */
  signal(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** Asks it to end, as a supervisor does, which knows of npm alone. */
  terminate(): void {
    process.kill(this.pid, "SIGTERM");
  }

  /** Resolves with its exit code, for one that a signal ended as a shell tells it. */
  async end(): Promise<unknown> {
    const [code, signal] = (await this.ended) as [number | null, NodeJS.Signals | null];
    return signal === null ? code : 128 + constants.signals[signal];
  }

  /** Whether any process of it is left. */
  get isAlive(): boolean {
    try {
      process.kill(-this.pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  private get pid(): number {
    if (this.child.pid === undefined) throw new Error("npm did not start");
    return this.child.pid;
  }
}

/** Runs scripts in a test, and ends those that a failed test left. */
export function useScripts(folder: () => string): (...args: string[]) => Script {
  const started: Script[] = [];
  afterEach(() => {
    for (const script of started.splice(0)) {
      if (script.isAlive) script.signal("SIGKILL");
    }
  });
  return (...args) => {
    const script = new Script(folder(), ...args);
    started.push(script);
    return script;
  };
}
