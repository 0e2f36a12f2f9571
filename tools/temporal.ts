import path from "node:path";
import { checkGo } from "./engine/compile";
import { cachedTool } from "./engine/cachedTool";
import { type Log, logTo } from "./engine/log";
import { readModule } from "./engine/modules";
import { findExecutable } from "./engine/onPath";

/** Temporal is not installed, and there is no Go to compile it. */
export class NoTemporalError extends Error {
  constructor(reason: string) {
    super(`there is no temporal on PATH, and ${reason}`);
    this.name = "NoTemporalError";
  }
}

/**
 * Finds Temporal's command line, which includes its development server: the one on PATH, or else one that
 * is cached, or else one that is compiled here.
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
  return cachedTool(tool, log, ({ signal }) =>
    checkGo(module, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new NoTemporalError(error instanceof Error ? error.message : String(error));
    }),
  );
}
