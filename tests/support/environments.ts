import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Configuration, Environment, type EnvironmentOptions } from "../../automation";
import { Emulator, type EmulatorOptions, sampleAccount } from "../../emulator";
import { engine, ENGINE_TIMEOUT } from "./engine";

const [FIRST, SECOND] = sampleAccount().instances.map(({ instanceId }) => instanceId);

/** Two zones and two servers; checked rarely, so that many groups cost little. */
export const CONFIGURATION: Configuration = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  instanceIds: [FIRST, SECOND],
  targetGroup: { healthCheck: { interval: 300, timeout: 2 } },
};

export const PASSPHRASE = "correct horse battery staple";

/** An emulator, a backend in a folder, and the environments that a test opens on them. */
export class Environments {
  private readonly opened: Environment[] = [];

  private constructor(
    readonly emulator: Emulator,
    readonly folder: string,
    private readonly root: string | undefined,
  ) {}

  /** A stage for all tests of a suite. */
  static forSuite(options: EmulatorOptions = {}): () => Environments {
    let stage: Environments | undefined;
    before(async function () {
      this.timeout(ENGINE_TIMEOUT);
      stage = await Environments.start(options);
    });
    after(async () => {
      await stage?.stop();
    });
    return () => {
      if (stage === undefined) throw new Error("the stage is there in tests only");
      return stage;
    };
  }

  static async start(options: EmulatorOptions = {}): Promise<Environments> {
    const { root } = await engine();
    const folder = await mkdtemp(path.join(tmpdir(), "load balanced group "));
    for (const name of ["home", "state"]) await mkdir(path.join(folder, name));
    return new Environments(await Emulator.start(options), folder, root);
  }

  /** What an environment of this name is opened with. */
  options(name: string, changes: Partial<EnvironmentOptions> = {}): EnvironmentOptions {
    return {
      name,
      configuration: CONFIGURATION,
      region: "us-west-2",
      backend: pathToFileURL(path.join(this.folder, "state")).href,
      engine: this.root,
      ...changes,
      environmentVariables: { ...this.variables, ...changes.environmentVariables },
    };
  }

  get variables(): Record<string, string> {
    return {
      ...this.emulator.environment,
      PULUMI_HOME: path.join(this.folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    };
  }

  /** Opens an environment, which is closed when the suite ends. */
  async open(name: string, changes: Partial<EnvironmentOptions> = {}): Promise<Environment> {
    const environment = await Environment.open(this.options(name, changes));
    this.opened.push(environment);
    return environment;
  }

  /** The calls that change AWS, so far. */
  get changes(): string[] {
    return this.emulator.calls
      .map(({ call }) => call)
      .filter((call) => !call.startsWith("Describe"));
  }

  async stop(): Promise<void> {
    await Promise.all(this.opened.map((environment) => environment.close()));
    await this.emulator.close();
    // An engine whose parent was killed may still write for a moment.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
