import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Emulator } from "../../emulator";
import { installArchive } from "../support/archive";
import { useTerminal, type Outcome, type Terminal } from "../support/terminal";

/** A YAML program that uses the package as strangers do. */
export class Consumer {
  private constructor(private readonly terminal: Terminal) {}

  /** One for all tests of a suite, which has the package from the plugin's archive by default. */
  static forSuite(
    install: (terminal: Terminal) => Promise<unknown> = installArchive,
  ): () => Consumer {
    return useTerminal(async (terminal) => {
      const consumer = new Consumer(terminal);
      await install(terminal);
      await consumer.write({});
      await consumer.pulumi("stack", "init", "dev");
      await consumer.pulumi("config", "set", "aws:region", terminal.emulator.ec2.region);
      return consumer;
    });
  }

  get emulator(): Emulator {
    return this.terminal.emulator;
  }

  /** Writes the program: its packages, resources and outputs, as JSON, which is YAML too. */
  async write(program: {
    packages?: object;
    variables?: object;
    resources?: object;
    outputs?: object;
  }): Promise<void> {
    const text = JSON.stringify({ name: "consumer", runtime: "yaml", ...program });
    await writeFile(path.join(this.terminal.program, "Pulumi.yaml"), text);
  }

  pulumi(...args: string[]): Promise<Outcome> {
    return this.terminal.pulumi(...args);
  }
}
