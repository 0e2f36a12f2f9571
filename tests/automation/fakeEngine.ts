import { mkdir } from "node:fs/promises";
import path from "node:path";
import { engine } from "../support/engine";
import { writeScript } from "../support/scratch";

/**
 * A folder for the option `engine` in which a shell script stands before the real engine: it runs these
 * lines first, in which "$@" is what the engine is called with.
 */
export async function fakeEngine(folder: string, lines: string): Promise<string> {
  const { command } = await engine();
  await mkdir(path.join(folder, "bin"), { recursive: true });
  await writeScript(path.join(folder, "bin", "pulumi"), `${lines}\nexec '${command}' "$@"`);
  return folder;
}
