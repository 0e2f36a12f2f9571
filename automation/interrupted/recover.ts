import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { EngineCommand } from "../engineCommand";
import { limited } from "../limits";
import type { CallOptions } from "../operations";
import { Redaction } from "../redaction";
import type { InterruptedResource } from "../state";
import { takeOver } from "./takeOver";

/**
 * Takes over what an interrupted update of a stack left, in the folder of its program, which may be any program
 * with the component.
 */
export async function recoverStack(
  folder: string,
  name: string,
  call: CallOptions,
): Promise<InterruptedResource[]> {
  const engine = await EngineCommand.find(name, undefined);
  const context = {
    environment: name,
    operation: "recover" as const,
    redaction: new Redaction([]),
  };
  return limited(context, call, (signal) =>
    engine.withContext({ signal }, async () => {
      const workspace = await LocalWorkspace.create({
        workDir: folder,
        pulumiCommand: engine.sdk,
      });
      return takeOver(await Stack.select(name, workspace), engine);
    }),
  );
}
