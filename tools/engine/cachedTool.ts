import path from "node:path";
import { compile } from "./compile";
import { cacheFolder } from "./cache";
import type { Log } from "./log";
import { keyOf, requiredVersion, type GoModule } from "./modules";
import { isExecutable } from "./onPath";
import { buildOnce, type BuildFolders } from "./buildOnce";

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
export async function cachedTool(
  { module, command, kind, dependency, title, duration }: Tool,
  log: Log,
  prepare: (folders: BuildFolders) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> {
  const version = requiredVersion(module, dependency);
  const folder = path.join(cacheFolder(kind), keyOf(version, [module]));
  const file = path.join(folder, "bin", command);
  const isComplete = () => isExecutable(file);
  if (await isComplete()) return file;
  const make = async (folders: BuildFolders) => {
    await prepare(folders);
    await compile([{ module }], `${title} ${version}`, duration, folders, log);
  };
  await buildOnce(folder, isComplete, make, log);
  log.line(`${title} ${version} is kept in ${folder}.`);
  return file;
}
