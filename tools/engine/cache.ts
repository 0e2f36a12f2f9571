import { readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { versionOf, isExecutable } from "./onPath";

/** A Pulumi engine with its language hosts, ready to run. */
export interface Engine {
  /** The path of `pulumi`. */
  command: string;
  /** The folder of `pulumi` and the language hosts. */
  binFolder: string;
  /**
   * The `root` for the SDK's `PulumiCommand.get`; undefined for the engine on PATH.
   */
  root: string | undefined;
  version: string;
  source: "path" | "installed" | "compiled";
}

const NOTE = "engine.json";
const HOSTS = ["pulumi-language-nodejs", "pulumi-language-yaml"];

type Note = Pick<Engine, "source" | "version">;

/** The cache folder for programs of a kind. It is outside the checkout, so all checkouts of the user share it. */
export function cacheFolder(kind: string): string {
  const base = process.env.XDG_CACHE_HOME;
  // The XDG standard says that a relative path must be ignored.
  const usable = base !== undefined && path.isAbsolute(base);
  return path.join(usable ? base : path.join(homedir(), ".cache"), "load-balanced-group", kind);
}

/** Runs the new engine, and writes its version and its source into a file in its folder. */
export async function writeNote(root: string, source: Engine["source"]): Promise<void> {
  const version = await versionOf(path.join(root, "bin", "pulumi"));
  const missing = await missingHost(root);
  if (missing !== undefined) {
    throw new Error(`${missing} is missing beside the engine`);
  }
  const note: Note = { source, version };
  await writeFile(path.join(root, NOTE), `${JSON.stringify(note)}\n`);
}

/** The engine that is cached in the folder, if it is complete. */
export async function readCached(root: string): Promise<Engine | undefined> {
  const binFolder = path.join(root, "bin");
  const command = path.join(binFolder, "pulumi");
  let note: unknown;
  try {
    note = JSON.parse(await readFile(path.join(root, NOTE), "utf8"));
  } catch {
    return undefined;
  }
  const isWhole = (await isExecutable(command)) && (await missingHost(root)) === undefined;
  if (!isNote(note) || !isWhole) {
    return undefined;
  }
  return { command, binFolder, root, version: note.version, source: note.source };
}

async function missingHost(root: string): Promise<string | undefined> {
  for (const host of HOSTS) {
    if (!(await isExecutable(path.join(root, "bin", host)))) {
      return host;
    }
  }
  return undefined;
}

function isNote(value: unknown): value is Note {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    typeof value.version === "string" &&
    "source" in value &&
    (value.source === "installed" || value.source === "compiled")
  );
}
