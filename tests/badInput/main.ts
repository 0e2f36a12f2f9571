import fc from "fast-check";
import { longRun, say } from "../support/longRun";
import { writePart } from "../support/reliability";
import { inputsDocument, tableOf } from "./document";
import { inputs } from "./generator";
import { tryInput } from "./tryInput";

const SCRIPT = "npm run test:input";

/** The number of inputs between two lines of progress. */
const BATCH = 500;

/** `npm run test:input`: many inputs, wrong and right ones, and their part of docs/reliability.md. */
async function main(): Promise<void> {
  const { count, minutes, seed, command } = longRun(SCRIPT, "inputs", {
    count: 20_000,
    minutes: 60,
  });
  const date = new Date();
  const end = date.getTime() + minutes * 60_000;
  const outcomes = new Map<string, number>();
  const broken: string[] = [];
  let tried = 0;
  for (let batch = 0; tried < count && Date.now() < end; batch += 1) {
    const numRuns = Math.min(BATCH, count - tried);
    const property = fc.asyncProperty(inputs, async (args) => {
      const outcome = await tryInput(args);
      outcomes.set(outcome.became, (outcomes.get(outcome.became) ?? 0) + 1);
      if (outcome.broken.length > 0) throw new Error(outcome.broken.join("\n"));
    });
    const details = await fc.check(property, { numRuns, seed: seed + batch });
    tried += numRuns;
    if (details.failed) {
      // The report of fast-check can't show values that are nested too deep.
      const { counterexamplePath, errorInstance } = details;
      const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
      broken.push(`seed ${seed + batch}, path ${String(counterexamplePath)}: ${reason}`);
      say(broken[broken.length - 1]);
    }
    say(`${tried} of ${count} inputs, ${broken.length} batches with a broken rule`);
  }
  const found = { tried, outcomes, broken };
  process.stdout.write(`${tableOf(found)}\n`);
  await writePart(SCRIPT, inputsDocument(found, { command, date }));
  if (broken.length > 0) process.exitCode = 1;
}

void main();
