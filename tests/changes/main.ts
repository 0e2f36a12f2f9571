import { longRun, say } from "../support/longRun";
import { writePart } from "../support/reliability";
import { runChains } from "./runner";
import { chainsDocument } from "./document";

const SCRIPT = "npm run test:change";

/** `npm run test:change`: many chains of changes, and their part of docs/reliability.md. */
async function main(): Promise<void> {
  const { count, minutes, seed, command } = longRun(SCRIPT, "chains", { count: 300, minutes: 180 });
  const seeds = Array.from({ length: count }, (_, index) => seed + index);
  const started = Date.now();
  const summary = await runChains(seeds, {
    deadline: started + minutes * 60_000,
    onChain: (of, { chains, failures }) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      say(`chain ${of}: ${chains} of ${count}, ${failures.length} failed, ${seconds} s`);
      for (const failure of failures.filter((one) => one.seed === of)) say(failure.report);
    },
  });
  const document = chainsDocument(summary, { command, date: new Date(started) });
  await writePart(SCRIPT, document);
  if (summary.failures.length > 0) process.exitCode = 1;
}

void main();
