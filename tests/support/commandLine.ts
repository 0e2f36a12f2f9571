import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cloud } from "../../local/cloud";
import { isolatedEnvironment } from "../../tools/isolation";
import { engine, ENGINE_TIMEOUT } from "./engine";
import { resetEnvironment } from "./scratch";

const CHECKOUT = path.resolve(__dirname, "../..");
/** What a run of the engine may write to, or a test may change. */
const COPIED = [
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.local.yaml",
  "Pulumi.prod.yaml",
  "package.json",
  "tsconfig.json",
  "stacks",
];
const LINKED = ["components", "node_modules"];

/** What a command came to: its exit code, and all that it printed. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The checked-in program in a folder of its own, for the engine's command line, and a cloud for it. */
export class CommandLine {
  private constructor(
    readonly cloud: Cloud,
    readonly folder: string,
    private readonly command: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly leave: () => Promise<void>,
  ) {}

  /** One for all tests of a suite, with these stacks. */
  static forSuite(...stacks: string[]): () => CommandLine {
    let opened: CommandLine | undefined;
    before(async function () {
      this.timeout(ENGINE_TIMEOUT);
      opened = await CommandLine.open();
      for (const stack of stacks) await opened.pulumi("stack", "init", stack);
    });
    after(async () => {
      await opened?.leave();
    });
    return () => {
      if (opened === undefined) throw new Error("the command line is there in tests only");
      return opened;
    };
  }

  static async open(): Promise<CommandLine> {
    const environment = { ...process.env };
    const { binFolder, command } = await engine();
    const folder = await mkdtemp(path.join(tmpdir(), "load balanced group "));
    const cloud = await Cloud.start();
    const leave = async () => {
      await cloud.close();
      await rm(folder, { recursive: true, force: true });
      resetEnvironment(environment);
    };
    try {
      const program = path.join(folder, "program");
      for (const name of COPIED) {
        await cp(path.join(CHECKOUT, name), path.join(program, name), { recursive: true });
      }
      for (const name of LINKED) await symlink(path.join(CHECKOUT, name), path.join(program, name));
      const isolated = isolatedEnvironment(folder);
      const env = {
        ...process.env,
        ...isolated,
        ...cloud.environment,
        PATH: [binFolder, process.env.PATH].join(path.delimiter),
        // The checked-in stacks were made with this one.
        PULUMI_CONFIG_PASSPHRASE: "local",
      };
      return new CommandLine(cloud, program, command, env, leave);
    } catch (error) {
      await leave();
      throw error;
    }
  }

  /** Runs the engine as in a script: without a terminal, in plain text. */
  pulumi(...args: string[]): Promise<Outcome> {
    const options = { cwd: this.folder, env: this.env };
    return new Promise((resolve) => {
      execFile(
        this.command,
        [...args, "--non-interactive", "--color=never"],
        options,
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr });
        },
      );
    });
  }

  /** The changes that were asked of AWS so far. */
  get changes(): string[] {
    return this.cloud.calls.map(({ call }) => call).filter((call) => !call.startsWith("Describe"));
  }
}
