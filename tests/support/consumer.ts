import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cloud } from "../../local/cloud";
import { isolatedEnvironment } from "../../tools/isolation";
import { writeArchives } from "../../tools/package/archives";
import { bundle } from "../../tools/package/bundle";
import { readManifest } from "../../tools/package/manifest";
import type { Outcome } from "./commandLine";
import { engine, ENGINE_TIMEOUT } from "./engine";
import { resetEnvironment } from "./scratch";

/** A YAML program that uses the package as strangers do: by the plugin's archive. */
export class Consumer {
  private constructor(
    readonly cloud: Cloud,
    private readonly folder: string,
    private readonly command: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly leave: () => Promise<void>,
  ) {}

  /** One for all tests of a suite. */
  static forSuite(): () => Consumer {
    let opened: Consumer | undefined;
    before(async function () {
      this.timeout(ENGINE_TIMEOUT);
      opened = await Consumer.open();
    });
    after(async () => {
      await opened?.leave();
    });
    return () => {
      if (opened === undefined) throw new Error("the consumer is there in tests only");
      return opened;
    };
  }

  static async open(): Promise<Consumer> {
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
      const env = {
        ...process.env,
        ...isolatedEnvironment(folder),
        ...cloud.environment,
        PATH: [binFolder, process.env.PATH].join(path.delimiter),
      };
      const program = path.join(folder, "program");
      await mkdir(program);
      const consumer = new Consumer(cloud, program, command, env, leave);
      await consumer.install(folder);
      await consumer.write({});
      await consumer.pulumi("stack", "init", "dev");
      await consumer.pulumi("config", "set", "aws:region", cloud.ec2.region);
      return consumer;
    } catch (error) {
      await leave();
      throw error;
    }
  }

  /** Writes the program: its resources and outputs, as JSON, which is YAML too. */
  async write(program: { resources?: object; outputs?: object }): Promise<void> {
    const text = JSON.stringify({ name: "consumer", runtime: "yaml", ...program });
    await writeFile(path.join(this.folder, "Pulumi.yaml"), text);
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

  /** Installs the archive for this platform, as `pulumi plugin install` does from a release. */
  private async install(folder: string): Promise<void> {
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
