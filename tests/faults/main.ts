import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../../tools/package/manifest";
import { SITUATIONS } from "./arguments";
import { faultsDocument } from "./document";
import { KINDS } from "./rehearsal";
import { runFaults } from "./runner";

/** `npm run test:faults`: updates in which something goes wrong, and the table in docs/faults.md. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "180" },
      seed: { type: "string", default: "1" },
      kind: { type: "string" },
    },
  });
  const [minutes, seed] = [values.minutes, values.seed].map(Number);
  const started = Date.now();
  const results = await runFaults(SITUATIONS, {
    deadline: started + minutes * 60_000,
    seed,
    kinds: KINDS.filter((kind) => values.kind === undefined || kind.includes(values.kind)),
    onResult: ({ situation, kind, point, isReached, violations }) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      const outcome = isReached ? `${violations.length} differences` : "not called";
      say(`${seconds} s: ${situation}: ${kind} at ${point.call} ${point.at}: ${outcome}`);
      for (const one of violations) say(`  ${one}`);
    },
  });
  const command = `npm run test:faults -- --minutes ${minutes} --seed ${seed}`;
  const document = faultsDocument(results, { command, date: new Date(started) });
  if (values.kind === undefined) await writeFile(path.join(ROOT, "docs/faults.md"), document);
  else say(document);
  if (results.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main();
