import { parseArgs } from "node:util";
import fc from "fast-check";
import { inputs } from "./generator";
import { tryInput } from "./tryInput";

/** The number of inputs between two lines of progress. */
const BATCH = 500;

/** `npm run test:input`: many inputs, wrong and right ones, and what became of them. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string", default: "20000" },
      minutes: { type: "string", default: "60" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const [count, minutes, seed] = [values.inputs, values.minutes, values.seed].map(Number);
  const end = Date.now() + minutes * 60_000;
  const outcomes = new Map<string, number>();
  let tried = 0;
  let broken = 0;
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
      broken += 1;
      // The report of fast-check can't show values that are nested too deep.
      say(
        `seed ${seed + batch}, path ${details.counterexamplePath}: ${String(details.errorInstance)}`,
      );
    }
    say(`${tried} of ${count} inputs, ${broken} batches with a broken rule`);
  }
  const rows = [...outcomes].sort().map(([became, number]) => `| ${became} | ${number} |`);
  process.stdout.write(["| Inputs that were | |", "| --- | ---: |", ...rows, ""].join("\n"));
  if (broken > 0) process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main();
