import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Kills the engines that have a lock of a stack's state in a folder. */
export async function killEngines(backend: string, project: string, stack: string): Promise<void> {
  const folder = path.join(backend, ".pulumi/locks/organization", project, stack);
  for (const file of await readdir(folder)) {
    const { pid } = JSON.parse(await readFile(path.join(folder, file), "utf8")) as { pid: number };
    process.kill(pid, "SIGKILL");
  }
}
