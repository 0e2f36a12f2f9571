import path from "node:path";
import { findEngine } from "./engine";

/** `npm run env`: runs the command for several environments, with a compiled engine if none is on PATH. */
async function main(): Promise<void> {
  const { binFolder } = await findEngine();
  process.env.PATH = [binFolder, process.env.PATH].join(path.delimiter);
  await import("../automation/command/main");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
