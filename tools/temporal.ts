import path from "node:path";
import { checkGo } from "./engine/compile";
import { keptTool } from "./engine/cachedTool";
import { type Log, logTo } from "./engine/log";
import { readModule } from "./engine/modules";
import { findExecutable } from "./engine/onPath";

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
  const tool = {
    module,
    command: "temporal",
    kind: "temporal",
    dependency: "github.com/temporalio/cli",
    title: "Temporal",
    duration: "three minutes",
  };
  return keptTool(tool, log, ({ signal }) =>
    checkGo(module, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new NoTemporalError(error instanceof Error ? error.message : String(error));
    }),
  );
}
