import path from "node:path";
import { compile, checkGo } from "./engine/compile";
import { keptFolder } from "./engine/kept";
import { type Log, logTo } from "./engine/log";
import { keyOf, readModule } from "./engine/modules";
import { findExecutable, isExecutable } from "./engine/onPath";
import { makeOnce, type Workshop } from "./engine/workshop";

const REQUIREMENT = /^\s*github\.com\/temporalio\/cli v(\S+)/m;

/** There is no Temporal, and no Go to compile it. */
export class NoTemporalError extends Error {
  constructor(reason: string) {
    super(`there is no temporal on PATH, and ${reason}`);
    this.name = "NoTemporalError";
  }
}

/**
 * Finds the command line of Temporal, which has its development server in it: the user's own, else one that
 * was kept from an earlier run, else one compiled here.
 *
 * @returns its path.
 */
export async function findTemporal(log: Log = logTo(process.stderr)): Promise<string> {
  const onPath = await findExecutable("temporal");
  if (onPath !== undefined) return onPath;
  const module = await readModule(path.join(__dirname, "temporal"));
  const version = REQUIREMENT.exec(module.contents)?.[1];
  if (version === undefined) {
    throw new Error(`${module.folder}/go.mod requires no github.com/temporalio/cli`);
  }
  const folder = path.join(keptFolder("temporal"), keyOf(version, [module]));
  const command = path.join(folder, "bin", "temporal");
  const isComplete = () => isExecutable(command);
  if (await isComplete()) return command;
  const make = async (workshop: Workshop) => {
    await checkGo(module, workshop.signal).catch((error: unknown) => {
      workshop.signal.throwIfAborted();
      throw new NoTemporalError(error instanceof Error ? error.message : String(error));
    });
    await compile([{ module }], `Temporal ${version}`, "three minutes", workshop, log);
  };
  await makeOnce(folder, isComplete, make, log);
  log.line(`Temporal ${version} is kept in ${folder}.`);
  return command;
}
