import { parseArgs } from "node:util";
import { writePart } from "../support/reliability";
import { matrixDocument, tableOf } from "./document";
import { runSequence, type Result } from "./run";
import { SEQUENCES } from "./sequences";

const COMMAND = "npm run test:matrix";

/** Each change is under at least so many requests a second; some more are sent, because no pace is exact. */
const LEAST_RATE = 200;
const RATE = 220;

const MINUTES = 30;

/** `npm run test:matrix`: all named changes under load, as a table and as a part of docs/reliability.md. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const { only } = values;
  const chosen = SEQUENCES.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    throw new Error(`--only is one of: ${SEQUENCES.map(({ name }) => `"${name}"`).join(", ")}`);
  }
  const date = new Date();
  const results: Result[] = [];
  const problems: string[] = [];
  for (const sequence of chosen) {
    const began = Date.now();
    try {
      if (began > date.getTime() + MINUTES * 60_000) throw new Error(`${MINUTES} minutes are over`);
      const made = await runSequence(sequence, { perSecond: RATE });
      // The machine may have been busy with something else.
      const isAgain = made.some(isSlow);
      results.push(...(isAgain ? await runSequence(sequence, { perSecond: RATE }) : made));
    } catch (error) {
      problems.push(`${sequence.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    say(`${sequence.name}: ${Math.round((Date.now() - began) / 1000)} s`);
  }
  problems.push(...results.flatMap(problemsOf));
  process.stdout.write(`${tableOf(results)}\n`);
  for (const problem of problems) say(problem);
  if (problems.length > 0) process.exitCode = 1;
  else if (only === undefined) {
    await writePart(COMMAND, matrixDocument(results, { command: COMMAND, date }));
  }
}

const isSlow = ({ perSecond }: Result) => perSecond < LEAST_RATE;

function problemsOf(result: Result): string[] {
  const { sequence, change, problems, perSecond } = result;
  const slow = `there were only ${Math.round(perSecond)} requests a second`;
  return [...problems, ...(isSlow(result) ? [slow] : [])].map(
    (problem) => `${sequence}, ${change}: ${problem}`,
  );
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
