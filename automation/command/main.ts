#!/usr/bin/env node
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { runInOrder } from "../fleet/schedule";
import { readArguments, type Request, USAGE, UsageError } from "./arguments";
import { ProgressRows } from "./progressRows";
import { exitCodeOf } from "./exitCode";
import { Interruption } from "./interruption";
import { shortOutcome, runOperation, type Outcome } from "./operations";
import { environmentsIn, projectIn } from "./project";
import { jsonOf, reportOf } from "./report";
import { LiveTable, PlainLog, type ProgressDisplay } from "./progressDisplay";

/** `load-balanced-group VERB ENVIRONMENT...`, as the usage text describes it. */
async function main(args: readonly string[]): Promise<number> {
  // The AWS SDK warns of Node.js versions that it will no longer support, which does not help users of the command.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const request = readArguments(args, await environmentsIn(process.cwd()));
  if (request === "help") {
    process.stdout.write(USAGE);
    return 0;
  }
  if (request === "version") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  if (request.verb === "destroy" && !request.confirmed) await confirm(request);
  const interruption = Interruption.listen();
  const outcomes = await operateAll(request, interruption);
  const { verb, json } = request;
  process.stdout.write(json ? jsonOf(verb, outcomes) : reportOf(verb, outcomes));
  return exitCodeOf(verb, outcomes, interruption.hasAnySignal);
}

async function operateAll(request: Request, interruption: Interruption): Promise<Outcome[]> {
  const { verb, environments, concurrency, continueOnFailure, timeLimit, switchTimeLimit } =
    request;
  const folder = process.cwd();
  const project = await projectIn(folder);
  const rows = new ProgressRows(environments);
  const display = displayFor(request, rows);
  const outcomes = new Map<string, Outcome>();
  const run = async (name: string): Promise<boolean> => {
    rows.begin(name);
    display?.begin(name);
    const options = { name, project, settingsFolder: folder };
    const outcome = await runOperation(verb, options, {
      signal: interruption.signal,
      timeLimit,
      switchWhenHealthy: switchTimeLimit === undefined ? undefined : { timeLimit: switchTimeLimit },
      onProgress: (event) => {
        rows.follow(name, event);
        display?.follow(name, event);
      },
    }).catch((error: unknown) => ({ error }));
    outcomes.set(name, { name, ...outcome });
    rows.end(name, "error" in outcome, shortOutcome(outcome));
    display?.end(name);
    return !("error" in outcome);
  };
  const tasks = environments.map((name) => ({ name, after: [], wave: 1 }));
  try {
    await runInOrder(tasks, {
      concurrency,
      continueOnFailure,
      signal: interruption.anySignal,
      run,
      gate: () => Promise.resolve(undefined),
      skip: (name, reason) => {
        outcomes.set(name, { name, error: `not started, since ${reason}` });
        rows.skip(name, reason);
      },
    });
  } finally {
    display?.close();
  }
  return environments.flatMap((name) => outcomes.get(name) ?? []);
}

function displayFor({ json, verb }: Request, rows: ProgressRows): ProgressDisplay | undefined {
  if (json) return undefined;
  return process.stderr.isTTY
    ? new LiveTable(process.stderr, rows)
    : new PlainLog(process.stderr, rows, verb);
}

/** @throws UsageError if there is no terminal, or the answer is not yes. */
async function confirm({ environments }: Request): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError("destroy needs --yes if there is no terminal");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Destroy ${environments.join(", ")}? Type yes: `);
  terminal.close();
  if (answer !== "yes") throw new UsageError("nothing was destroyed");
}

/** The version of this package. */
function version(): string {
  const places = ["../../package.json", "../../../package.json"];
  for (const place of places) {
    try {
      const text = readFileSync(path.join(__dirname, place), "utf8");
      const manifest: unknown = JSON.parse(text);
      return String(Reflect.get(Object(manifest), "version"));
    } catch {
      // The compiled file is one folder deeper.
    }
  }
  return "unknown";
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isUsage = error instanceof UsageError;
    const text = isUsage
      ? `${error.message}\n(--help shows the usage)\n`
      : reportOf("up", [{ name: "", error }]);
    process.stderr.write(text);
    process.exitCode = isUsage ? 2 : 1;
  },
);
