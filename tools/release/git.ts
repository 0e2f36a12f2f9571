import { runCommand } from "../engine/command";
import { ROOT } from "../package/manifest";

/** Runs git in the checkout, and returns its output. */
export async function git(...args: string[]): Promise<string> {
  const output = await runCommand("git", args, { cwd: ROOT });
  return output.trimEnd();
}
