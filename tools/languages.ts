import { mkdir } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./engine/command";
import { cachedTool } from "./engine/cachedTool";
import { type Log, logTo } from "./engine/log";
import { readModule } from "./engine/modules";
import { SCHEMA_FILE } from "./package/schemaFile";

/**
 * Generates the SDKs of the package into the subfolders `go`, `nodejs` and `python`. They are the same as those that
 * `pulumi package add` generates.
 */
export async function generateCode(
  folder: string,
  log: Log = logTo(process.stderr),
): Promise<void> {
  const tool = {
    module: await readModule(path.join(__dirname, "languages"), "main.go"),
    command: "languages",
    kind: "generators",
    dependency: "github.com/pulumi/pulumi/pkg/v3",
    title: "Pulumi's code generators",
    duration: "two minutes",
  };
  const generator = await cachedTool(tool, log);
  await mkdir(folder, { recursive: true });
  await runCommand(generator, [SCHEMA_FILE, folder]);
}
