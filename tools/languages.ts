import { mkdir } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./engine/command";
import { compile } from "./engine/compile";
import { keptFolder } from "./engine/kept";
import { type Log, logTo } from "./engine/log";
import { keyOf, readModule } from "./engine/modules";
import { isExecutable } from "./engine/onPath";
import { makeOnce, type Workshop } from "./engine/workshop";
import { SCHEMA_FILE } from "./package/schemaFile";

const REQUIREMENT = /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m;

/**
 * Writes the code that programs in other languages have of the package into the folder, each language's
 * under its name: `go`, `nodejs` and `python`. It is what `pulumi package add` writes.
 */
export async function generateCode(
  folder: string,
  log: Log = logTo(process.stderr),
): Promise<void> {
  const generator = await findGenerator(log);
  await mkdir(folder, { recursive: true });
  await runCommand(generator, [SCHEMA_FILE, folder]);
}

/** The generators, which are compiled once and kept. */
async function findGenerator(log: Log): Promise<string> {
  const module = await readModule(path.join(__dirname, "languages"), "main.go");
  const version = REQUIREMENT.exec(module.contents)?.[1];
  if (version === undefined) {
    throw new Error(`${module.folder}/go.mod requires no github.com/pulumi/pulumi/pkg/v3`);
  }
  const folder = path.join(keptFolder("generators"), keyOf(version, [module]));
  const command = path.join(folder, "bin", "languages");
  const isComplete = () => isExecutable(command);
  if (await isComplete()) return command;
  const make = (workshop: Workshop) =>
    compile([{ module }], `Pulumi's code generators ${version}`, "two minutes", workshop, log);
  await makeOnce(folder, isComplete, make, log);
  return command;
}
