import { parseArgs } from "node:util";
import { writePart } from "../support/reliability";
import { runChains } from "./runner";
import { chainsDocument } from "./document";

/** `npm run test:change`: many chains of changes, and their part of docs/reliability.md. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      chains: { type: "string", default: "300" },
      minutes: { type: "string", default: "180" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const [count, minutes, seed] = [values.chains, values.minutes, values.seed].map(Number);
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
  const command = `npm run test:change -- --chains ${count} --minutes ${minutes} --seed ${seed}`;
  const document = chainsDocument(summary, { command, date: new Date(started) });
  await writePart("npm run test:change", document);
  if (summary.failures.length > 0) process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main();
