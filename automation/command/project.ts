import { readdir } from "node:fs/promises";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { EngineCommand } from "../engineCommand";
import { DEFAULT_PROJECT } from "../options";

/** The environments whose settings lie in a folder, in alphabetical order. */
export async function environmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []).sort();
}

/** The name of the project in a folder, which its settings' keys begin with. */
export async function projectIn(folder: string): Promise<string> {
  const { sdk: pulumiCommand } = await EngineCommand.find("(all)", undefined);
  try {
    const workspace = await LocalWorkspace.create({ workDir: folder, pulumiCommand });
    return (await workspace.projectSettings()).name;
  } catch {
    // There is no Pulumi.yaml.
    return DEFAULT_PROJECT;
  }
}
