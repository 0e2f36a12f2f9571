import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Makes a folder for one test; it is removed after it. */
export function useScratch(): () => string {
  let folder = "";
  beforeEach(async () => {
    // The space shows where a path is put into a command or a URL unquoted.
    folder = await mkdtemp(path.join(tmpdir(), "load balanced group "));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return () => folder;
}

/** Gives the environment back as it was after each test. */
export function restoreEnvironment(): void {
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
  });
  afterEach(() => {
    resetEnvironment(before);
  });
}

export function resetEnvironment(before: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in before)) {
      Reflect.deleteProperty(process.env, name);
    }
  }
  Object.assign(process.env, before);
}

/** Writes a shell script that can be run. */
export async function writeScript(file: string, body: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}
