import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { runCommand } from "../../tools/engine/command";
import { keptPackages } from "../languages/language";

const COMMAND = "python3";
const PROBE = "import pip, sys; assert sys.version_info >= (3, 10); print(sys.version)";
const PACKAGES = ["moto==5.1.22", "boto3==1.44.8"];
const PROGRAM = path.join(__dirname, "serve.py");

/** Why moto can't run here; empty where it can. */
export const whyMissing = () =>
  version() === undefined ? "there is no python3 of 3.10 or newer with pip" : "";

type Parameters = Record<string, unknown>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each call has an answer of its own
export type Answer = any;

/** An independent emulator of AWS, in a process of its own. */
export class Moto {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: Interface,
  ) {}

  static async start(): Promise<Moto> {
    const packages = await keptPackages(
      "Python",
      PACKAGES.join() + (version() ?? ""),
      async (target, signal) => {
        const options = ["--quiet", "--disable-pip-version-check", "--target", target];
        await runCommand(COMMAND, ["-m", "pip", "install", ...options, ...PACKAGES], { signal });
      },
    );
    const child = spawn(COMMAND, [PROGRAM], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, PYTHONPATH: packages },
    });
    return new Moto(child, createInterface(child.stdout));
  }

  /** The answer, or an error that carries AWS's code. */
  async call(service: string, operation: string, parameters: Parameters = {}): Promise<Answer> {
    const line = new Promise<string>((resolve, reject) => {
      const ended = () => {
        reject(new Error("moto has ended"));
      };
      this.process.once("exit", ended);
      this.lines.once("line", (text) => {
        this.process.off("exit", ended);
        resolve(text);
      });
    });
    this.process.stdin?.write(`${JSON.stringify({ service, operation, parameters })}\n`);
    const { error, answer } = JSON.parse(await line) as { error?: string; answer?: Answer };
    if (error !== undefined) throw Object.assign(new Error(error), { code: error });
    return answer;
  }

  close(): void {
    this.process.stdin?.end();
  }
}

function version(): string | undefined {
  const { status, stdout } = spawnSync(COMMAND, ["-c", PROBE], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}
