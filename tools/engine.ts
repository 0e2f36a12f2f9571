import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { CommandFailed } from "./engine/command";
import { compileEngine } from "./engine/compile";
import { type Engine, cacheFolder, readCached, writeNote } from "./engine/cache";
import { type Log, logTo } from "./engine/log";
import { goOf, readNewest, readOldest, type EngineModules } from "./engine/modules";
import { installRelease } from "./engine/installRelease";
import { findOnPath } from "./engine/onPath";
import { buildOnce, type BuildFolders } from "./engine/buildOnce";

export type { Engine };

/** No engine was found, and none could be installed or compiled. */
export class NoEngineError extends Error {
  constructor({ version, cli }: EngineModules, reasons: readonly string[]) {
    super(
      [
        `There is no Pulumi engine: ${reasons.join("; ")}.`,
        `Install Pulumi ${version} or newer (https://www.pulumi.com/docs/install/) and run this again.`,
        `Where that site is closed, install Go ${goOf(cli)} or newer: the engine is then compiled here.`,
      ].join("\n"),
    );
    this.name = "NoEngineError";
  }
}

const FOLDER = path.join(__dirname, "engine");

interface Options {
  readonly log?: Log;
}

/**
 * Finds the Pulumi engine: the one on PATH, or else one in the cache, or else the official release, or else one that
 * is compiled here.
 */
export async function findEngine({ log = logTo(process.stderr) }: Options = {}): Promise<Engine> {
  const { version } = await readOldest(FOLDER);
  return (await engineOnPath(version, log)) ?? cachedEngine(await readNewest(FOLDER), log);
}

/** Finds the oldest engine that this package supports. The one on PATH is not used. */
export async function findOldestEngine({
  log = logTo(process.stderr),
}: Options = {}): Promise<Engine> {
  return cachedEngine(await readOldest(FOLDER), log);
}

async function cachedEngine(modules: EngineModules, log: Log): Promise<Engine> {
  const folder = path.join(cacheFolder("engine"), modules.key);
  const cached = await readCached(folder);
  if (cached !== undefined) {
    return cached;
  }
  const isComplete = async () => (await readCached(folder)) !== undefined;
  const make = (folders: BuildFolders) => makeEngine(modules, folders, log);
  await buildOnce(folder, isComplete, make, log);
  const made = await readCached(folder);
  if (made === undefined) {
    throw new Error(`The Pulumi engine was removed from ${folder} while it was looked for.`);
  }
  log.line(`The Pulumi engine ${made.version} is kept in ${folder}.`);
  return made;
}

async function engineOnPath(minimum: string, log: Log): Promise<Engine | undefined> {
  try {
    const found = await findOnPath(minimum);
    return (
      found && { ...found, binFolder: path.dirname(found.command), root: undefined, source: "path" }
    );
  } catch (error) {
    log.line(`Passing over the Pulumi engine on PATH: ${messageOf(error)}.`);
    return undefined;
  }
}

async function makeEngine(modules: EngineModules, folders: BuildFolders, log: Log): Promise<void> {
  const reasons = ["none that fits is on PATH"];
  const ways: [Engine["source"], () => Promise<void>][] = [
    ["installed", () => installRelease(modules.version, folders, log)],
    ["compiled", () => compileEngine(modules, folders, log)],
  ];
  for (const [source, make] of ways) {
    try {
      await emptyFolder(folders.result);
      await make();
      await writeNote(folders.result, source);
      return;
    } catch (error) {
      folders.signal.throwIfAborted();
      reasons.push(messageOf(error));
      log.line(`The engine is not ${source}: ${messageOf(error)}.`);
      if (error instanceof CommandFailed) {
        error.details.forEach((line) => {
          log.line(`  ${line}`);
        });
      }
    }
  }
  throw new NoEngineError(modules, reasons);
}

/** A failed installation may have left files. */
async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  try {
    const { command } = await findEngine();
    process.stdout.write(`${command}\n`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) {
  void main();
}
