import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { valueAt } from "../components/checks";
import stack from "../stacks";
import { findEngine } from "../tools/engine";
import { logTo } from "../tools/engine/log";
import { isolatedEnvironment } from "../tools/isolation";
import type { Emulator } from "../emulator";
import { endingAtFault } from "./inlineProgram";

const CHECKOUT = path.resolve(__dirname, "..");
/** What the engine says at the end of a destroy, of a stack that is removed along. */
const OF_WHAT_IS_GONE = /the history and configuration associated with the stack|pulumi stack rm /;

/** The `local` stack, deployed to the emulator, with its state in a folder of its own. */
export class Deployment {
  private constructor(
    private readonly stack: Stack,
    private readonly folder: string,
    private readonly stream: NodeJS.WriteStream,
  ) {}

  /** Opens the stack with its checked-in configuration, but for the listener's port. */
  static async open(
    emulator: Emulator,
    port: number,
    stream: NodeJS.WriteStream,
  ): Promise<Deployment> {
    const { root } = await findEngine({ log: logTo(stream) });
    const folder = await mkdtemp(path.join(tmpdir(), "load-balanced-group-"));
    try {
      const pulumiCommand = await PulumiCommand.get({ root });
      const envVars = { ...isolatedEnvironment(folder), ...emulator.environment };
      const checkout = await LocalWorkspace.create({ workDir: CHECKOUT, pulumiCommand, envVars });
      const { name } = await checkout.projectSettings();
      const { config } = await checkout.stackSettings("local");
      const opened = await LocalWorkspace.createOrSelectStack(
        { stackName: "local", projectName: name, program: stack },
        {
          workDir: folder,
          pulumiCommand,
          envVars,
          stackSettings: { local: { config: { ...config, [`${name}:port`]: String(port) } } },
        },
      );
      return new Deployment(opened, folder, stream);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Deploys, and returns the number of resources that were created, and the listener's ARN. */
  async up(): Promise<{ created: number; listenerArn: string }> {
    const { summary, outputs } = await endingAtFault((run) =>
      this.stack.up({ ...this.shown(), ...run }),
    );
    const arns: unknown = outputs.listenerArns.value;
    const listenerArn = valueAt(arns, "http");
    if (typeof listenerArn !== "string") throw new Error("the stack has no HTTP listener");
    return { created: summary.resourceChanges?.create ?? 0, listenerArn };
  }

  /** Destroys what was deployed, wholly or in part, and leaves nothing behind on this machine. */
  async destroy(): Promise<void> {
    try {
      // An update that was interrupted may have left its lock.
      await this.stack.cancel();
      await this.stack.destroy({ ...this.shown(), remove: true });
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  private shown() {
    const color = this.stream.isTTY ? ("always" as const) : ("never" as const);
    let rest = "";
    const onOutput = (text: string) => {
      const lines = (rest + text).split(/(?<=\n)/);
      rest = lines.at(-1)?.endsWith("\n") === false ? (lines.pop() ?? "") : "";
      for (const line of lines) if (!OF_WHAT_IS_GONE.test(line)) this.stream.write(line);
    };
    return { color, onOutput };
  }
}
