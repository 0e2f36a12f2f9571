import { CommandError } from "@pulumi/pulumi/automation";
import { once } from "node:events";
import { Emulator, freePort, LivePage } from "../emulator";
import { Deployment } from "./deployment";
import { demonstrate } from "./demonstration";

/** `npm start`: the whole of it on this machine, with real traffic; nothing of it is left afterwards. */
async function main(options: string[]): Promise<void> {
  if (options.includes("--help") || options.includes("-h")) {
    process.stdout.write(USAGE);
    return;
  }
  const json = options.includes("--json");
  const unknown = options.filter((option) => option !== "--json");
  if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(" ")}\n\n${USAGE}`);
  const stream = json ? process.stderr : process.stdout;
  const say = (text: string) => stream.write(`${text}\n`);
  const interrupted = interruption();
  const stays = process.stdout.isTTY && !json;

  const emulator = await Emulator.start();
  const page = await LivePage.start(emulator, { hint: "The stack is about to be deployed." });
  try {
    say(`Watch it in a browser: ${page.url}`);
    const deployment = await Deployment.open(emulator, await freePort(), stream);
    try {
      const result = await demonstrate(emulator, deployment, say, interrupted);
      if (json) process.once("exit", () => process.stdout.write(`${JSON.stringify(result)}\n`));
      if (stays) {
        say(`It serves at ${result.url} until Ctrl-C.`);
        await once(interrupted, "abort");
      }
    } finally {
      say("\nDestroying the stack\n");
      await deployment.destroy();
      say("Nothing of it is left on this machine.");
    }
  } catch (error) {
    if (!interrupted.aborted) throw error;
    process.exitCode = INTERRUPTED;
  } finally {
    await page.close();
    await emulator.close();
  }
}

const USAGE = `npm start             deploys to AWS on this machine, with real traffic, and removes it again
npm start -- --json   ends with the result as one JSON object; with \`--silent\` before the \`--\` it is all
                      that is printed to the standard output
`;

const INTERRUPTED = 130;

/** Aborted when the process is asked to end; asked again, it goes on cleaning up. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    controller.abort();
    // A terminal interrupts the engine too. What the program then still asks of it fails, unheard.
    process.on("unhandledRejection", () => undefined);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return controller.signal;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // The engine has shown already what failed.
  if (error instanceof CommandError) console.error("Pulumi failed. Its messages are above.");
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
