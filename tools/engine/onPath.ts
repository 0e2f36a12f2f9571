import { access, constants, realpath } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./command";
import { isAtLeast, parseVersion } from "./version";

/** The engine on PATH. */
export interface EngineOnPath {
  command: string;
  version: string;
}

const ANSWER_LIMIT = 20_000;

/**
 * Finds `pulumi` on PATH; undefined if there is none.
 *
 * @throws an error with the reason if it can't be used.
 */
export async function findOnPath(minimum: string): Promise<EngineOnPath | undefined> {
  const command = await findExecutable("pulumi");
  if (command === undefined) {
    return undefined;
  }
  const version = await versionOf(command);
  if (!isAtLeast(version, minimum)) {
    throw new Error(`${command} is ${version}, older than ${minimum}`);
  }
  // The engine looks for its language hosts in its own folder, and then on PATH.
  const beside = [path.dirname(command), path.dirname(await realpath(command))];
  if (
    (await firstExecutable([...beside, ...searchPath()], "pulumi-language-nodejs")) === undefined
  ) {
    throw new Error(`${command} has no pulumi-language-nodejs beside it`);
  }
  return { command, version };
}

/** The version of the engine at the path. @throws an error if it does not run */
export async function versionOf(command: string): Promise<string> {
  const answer = await runCommand(command, ["version"], {
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeLimit: ANSWER_LIMIT,
  });
  const version = parseVersion(answer);
  if (version === undefined) {
    throw new Error(`${command} version says "${answer.trim()}", which is no version`);
  }
  return version;
}

/** The program with this name on PATH; undefined if there is none. */
export async function findExecutable(name: string): Promise<string | undefined> {
  return firstExecutable(searchPath(), name);
}

const searchPath = () =>
  (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");

async function firstExecutable(
  folders: readonly string[],
  name: string,
): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.resolve(folder, name);
    if (await isExecutable(file)) {
      return file;
    }
  }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
