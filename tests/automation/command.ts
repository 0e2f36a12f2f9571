import { execFile } from "node:child_process";
import path from "node:path";

const COMMAND = path.join(__dirname, "../../automation/command/main.ts");

/** What a run of the command came to. */
export interface CommandOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Node is called with for the command, as it stands in the sources. */
export const commandLine = (args: readonly string[]): string[] => [
  ...["-r", require.resolve("ts-node/register/transpile-only")],
  COMMAND,
  ...args,
];

/** Runs the command in a folder, without a terminal. */
export function runCommand(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, commandLine(args), { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
