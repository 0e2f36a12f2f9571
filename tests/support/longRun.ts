import { parseArgs } from "node:util";

/** How long a run of random cases takes, and how it can be repeated. */
export interface LongRun {
  readonly count: number;
  readonly minutes: number;
  readonly seed: number;
  /** The command with these options. */
  readonly command: string;
}

/** Reads the options of a command that tries so many random cases: `--<cases>`, `--minutes` and `--seed`. */
export function longRun(
  script: string,
  cases: string,
  usual: { readonly count: number; readonly minutes: number },
): LongRun {
  const { values } = parseArgs({
    options: {
      [cases]: { type: "string", default: String(usual.count) },
      minutes: { type: "string", default: String(usual.minutes) },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const [count, minutes, seed] = [values[cases], values.minutes, values.seed].map(Number);
  const command = `${script} -- --${cases} ${count} --minutes ${minutes} --seed ${seed}`;
  return { count, minutes, seed, command };
}

/** Writes a line of progress. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
