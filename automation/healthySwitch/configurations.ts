import { isDeepStrictEqual } from "node:util";
import type { ConfigMap, Stack } from "@pulumi/pulumi/automation";
import type { Configuration } from "../../stacks/configuration";
import { parseConfig } from "../../stacks/parsing";
import type { EngineCommand } from "../engineCommand";
import { SwitchRefusal } from "./stages";

/** The number of past operations in which the last update is searched. */
const PAGE_SIZE = 50;

/** The configurations of a stack: the deployed one, and the wanted one in its workspace. */
export class Configurations {
  private constructor(
    private readonly stack: Stack,
    private readonly engine: EngineCommand,
    private readonly prefix: string,
    private readonly deployedValues: ConfigMap,
    private readonly wantedValues: ConfigMap,
  ) {}

  /**
   * Undefined if nothing is deployed.
   *
   * @throws SwitchRefusal if the last update failed: it is not known then which configuration is deployed.
   */
  static async read(stack: Stack, engine: EngineCommand): Promise<Configurations | undefined> {
    const history = await stack.history(PAGE_SIZE, 1, true);
    const last = history.find(({ kind }) => kind === "update" || kind === "destroy");
    if (last?.kind !== "update") return undefined;
    if (last.result !== "succeeded") {
      throw new SwitchRefusal(
        "switchWhenHealthy",
        "switchWhenHealthy can't know the deployed configuration, because the last update did not succeed; first run " +
          "up without switchWhenHealthy, with the former configuration if there is one, then run up with your change " +
          "and switchWhenHealthy",
      );
    }
    const { name } = await stack.workspace.projectSettings();
    return new Configurations(stack, engine, `${name}:`, last.config, await stack.getAllConfig());
  }

  get deployed(): Configuration {
    return this.parsed(this.deployedValues);
  }

  get wanted(): Configuration {
    return this.parsed(this.wantedValues);
  }

  /** Does the work while the workspace has another configuration. Afterwards it has the wanted one again. */
  async with<T>(configuration: Configuration, work: () => Promise<T>): Promise<T> {
    const { workspace, name } = this.stack;
    const settings = await workspace.stackSettings(name);
    try {
      const secrets = await this.write(configuration);
      for (const [key, text] of Object.entries(secrets)) {
        const args = ["config", "set", key, "--secret", "--stack", name];
        await this.engine.runWithInput(args, text, workspace.workDir, workspace.envVars);
      }
      return await work();
    } finally {
      await workspace.saveStackSettings(name, settings);
    }
  }

  /** Writes the values that are not secret. Returns the secret ones. */
  private async write(configuration: Configuration): Promise<Record<string, string>> {
    const { workspace, name } = this.stack;
    const settings = await workspace.stackSettings(name);
    const wanted = new Map<string, unknown>(Object.entries(this.wanted));
    // An unchanged value is kept as it is, since parts of it may be encrypted.
    const kept = Object.entries(settings.config ?? {}).filter(
      ([key]) =>
        !key.startsWith(this.prefix) ||
        isDeepStrictEqual(
          plain(Reflect.get(configuration, key.slice(this.prefix.length))),
          wanted.get(key.slice(this.prefix.length)),
        ),
    );
    const config = Object.fromEntries(kept);
    const secrets: Record<string, string> = {};
    for (const [key, value] of Object.entries<unknown>(configuration)) {
      const full = `${this.prefix}${key}`;
      if (value === undefined || full in config) continue;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const isSecret = [this.deployedValues, this.wantedValues].some((values) =>
        Object.entries(values).some(([one, { secret }]) => one === full && secret),
      );
      (isSecret ? secrets : config)[full] = text;
    }
    await workspace.saveStackSettings(name, { ...settings, config });
    return secrets;
  }

  private parsed(values: ConfigMap): Configuration {
    const own = Object.entries(values).filter(([key]) => key.startsWith(this.prefix));
    return parseConfig(own.map(([key, { value }]) => [key.slice(this.prefix.length), value]));
  }
}

/** The value without properties that are undefined. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
