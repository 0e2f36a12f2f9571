import { readdir } from "node:fs/promises";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { EngineCommand } from "../engineCommand";
import { UsageError } from "./arguments";
import { DEFAULT_PROJECT } from "../options";

/** The environments that have a settings file in the folder, in alphabetical order. */
export async function environmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []).sort();
}

/** The name of the project in the folder, which is the prefix of the settings' keys. @throws UsageError */
export async function projectIn(folder: string): Promise<string> {
  const { sdk: pulumiCommand } = await EngineCommand.find("(all)", undefined);
  const files = await readdir(folder);
  if (!files.some((name) => /^Pulumi\.(yaml|yml|json)$/.test(name))) return DEFAULT_PROJECT;
  try {
    const workspace = await LocalWorkspace.create({ workDir: folder, pulumiCommand });
    return (await workspace.projectSettings()).name;
  } catch (error) {
    throw new UsageError(
      `Pulumi.yaml can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
