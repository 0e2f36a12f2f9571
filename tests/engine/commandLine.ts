import { cp, symlink } from "node:fs/promises";
import path from "node:path";
import type { Emulator } from "../../emulator";
import { useTerminal, type Outcome, type Terminal } from "../support/terminal";

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
  "schema.json",
];
const LINKED = ["components", "node_modules"];

/** The checked-in program in a folder of its own, for the engine's command line, and an emulator for it. */
export class CommandLine {
  private constructor(private readonly terminal: Terminal) {}

  /** One for all tests of a suite, with these stacks. */
  static forSuite(...stacks: string[]): () => CommandLine {
    return useTerminal(async (terminal) => {
      for (const name of COPIED) {
        const copy = path.join(terminal.program, name);
        await cp(path.join(CHECKOUT, name), copy, { recursive: true });
      }
      for (const name of LINKED) {
        await symlink(path.join(CHECKOUT, name), path.join(terminal.program, name));
      }
      for (const stack of stacks) await terminal.pulumi("stack", "init", stack);
      return new CommandLine(terminal);
    });
  }

  get emulator(): Emulator {
    return this.terminal.emulator;
  }

  get folder(): string {
    return this.terminal.program;
  }

  /** Lets the engine use a provider that runs already. */
  attach(provider: string, port: number): void {
    this.terminal.attach(provider, port);
  }

  pulumi(...args: string[]): Promise<Outcome> {
    return this.terminal.pulumi(...args);
  }

  /** The changes that were asked of AWS so far. */
  get changes(): string[] {
    return this.emulator.calls
      .map(({ call }) => call)
      .filter((call) => !/^(Describe|Get)/.test(call));
  }
}
