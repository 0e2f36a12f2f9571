import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Cloud } from "../../local/cloud";
import { writeArchives } from "../../tools/package/archives";
import { bundle } from "../../tools/package/bundle";
import { readManifest } from "../../tools/package/manifest";
import { useTerminal, type Outcome, type Terminal } from "./terminal";

/** A YAML program that uses the package as strangers do: by the plugin's archive. */
export class Consumer {
  private constructor(private readonly terminal: Terminal) {}

  /** One for all tests of a suite. */
  static forSuite(): () => Consumer {
    return useTerminal(async (terminal) => {
      const consumer = new Consumer(terminal);
      await consumer.install();
      await consumer.write({});
      await consumer.pulumi("stack", "init", "dev");
      await consumer.pulumi("config", "set", "aws:region", terminal.cloud.ec2.region);
      return consumer;
    });
  }

  get cloud(): Cloud {
    return this.terminal.cloud;
  }

  /** Writes the program: its resources and outputs, as JSON, which is YAML too. */
  async write(program: { resources?: object; outputs?: object }): Promise<void> {
    const text = JSON.stringify({ name: "consumer", runtime: "yaml", ...program });
    await writeFile(path.join(this.terminal.program, "Pulumi.yaml"), text);
  }

  pulumi(...args: string[]): Promise<Outcome> {
    return this.terminal.pulumi(...args);
  }

  /** Installs the archive for this platform, as `pulumi plugin install` does from a release. */
  private async install(): Promise<void> {
    const { folder } = this.terminal;
    const [provider, archives] = [path.join(folder, "provider"), path.join(folder, "archives")];
    await bundle(provider);
    await writeArchives(provider, archives);
    const { name, version } = readManifest();
    const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
    const archive = path.join(archives, `pulumi-resource-${name}-v${version}-${platform}.tar.gz`);
    const install = ["plugin", "install", "resource", name, version, "--file", archive];
    const { code, output } = await this.pulumi(...install);
    if (code !== 0) throw new Error(output);
  }
}
