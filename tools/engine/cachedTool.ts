import path from "node:path";
import { compile } from "./compile";
import { keptFolder } from "./cache";
import type { Log } from "./log";
import { keyOf, requiredVersion, type GoModule } from "./modules";
import { isExecutable } from "./onPath";
import { makeOnce, type Workshop } from "./buildOnce";

/** A program that is compiled from a Go module. */
export interface Tool {
  readonly module: GoModule;
  /** Its name in the cache folder of its kind. */
  readonly command: string;
  readonly kind: string;
  /** The module whose version is the tool's. */
  readonly dependency: string;
  /** What it is and how long it takes to compile, for the log. */
  readonly title: string;
  readonly duration: string;
}

/** Finds the tool in the cache, or compiles it. `prepare` runs before, and may throw. */
export async function keptTool(
  { module, command, kind, dependency, title, duration }: Tool,
  log: Log,
  prepare: (workshop: Workshop) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> {
  const version = requiredVersion(module, dependency);
  const folder = path.join(keptFolder(kind), keyOf(version, [module]));
  const file = path.join(folder, "bin", command);
  const isComplete = () => isExecutable(file);
  if (await isComplete()) return file;
  const make = async (workshop: Workshop) => {
    await prepare(workshop);
    await compile([{ module }], `${title} ${version}`, duration, workshop, log);
  };
  await makeOnce(folder, isComplete, make, log);
  log.line(`${title} ${version} is kept in ${folder}.`);
  return file;
}
