import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findEngine } from "../tools/engine";
import { ROOT } from "../tools/package/manifest";
import {
  ARCHIVE,
  COMPONENT,
  type Contestant,
  DEFAULT_HOSTING,
  FOLDER,
  RAW,
  WHOLE,
} from "./variants";
import { type Course, FULL, type Plan, QUICK } from "./plan";
import { plotReport } from "./plot";
import { measureProviderStart, type ProviderStart } from "./providerStart";
import { machine, type Measured, type Report } from "./report";
import { race } from "./rounds";
import { checkSameness } from "./equivalence";
import { describeReport } from "./table";
import { makeWorkbench, type Workbench } from "./setup";

const OTHERS = [WHOLE, COMPONENT, ARCHIVE, FOLDER];

/** `npm run bench`: what the component costs over the same resources written by hand. */
async function main(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => option !== "--quick");
  if (unknown.length > 0) {
    throw new Error(`unknown option ${unknown.join(" ")}; there is only --quick`);
  }
  const quick = options.includes("--quick");
  const engine = await findEngine();
  const folder = await mkdtemp(path.join(tmpdir(), "load-balanced-group-bench-"));
  try {
    const bench = await makeWorkbench(folder, engine);
    say("checking that all make the same resources");
    await checkSameness(bench, RAW, [...OTHERS, DEFAULT_HOSTING]);
    const report = await measure(bench, quick ? QUICK : FULL);
    process.stdout.write(`${describeReport(report)}\n`);
    // What the docs show is not overwritten by a run that is too short for it.
    if (!quick) await keep(report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(bench: Workbench, plan: Plan): Promise<Report> {
  return {
    machine: machine(bench.engine.version),
    contestants: Object.fromEntries(
      [RAW, ...OTHERS, DEFAULT_HOSTING].map(({ key, label }) => [key, label]),
    ),
    base: RAW.key,
    providers: await providerStarts(bench, plan),
    races: [
      await run(bench, OTHERS, plan.walkThrough),
      await run(bench, [DEFAULT_HOSTING], plan.defaultHosting),
    ],
    growth: await growth(bench, plan),
  };
}

/**
 * The engine saves all of the state at each step, which for a thousand servers takes most of the time,
 * whoever makes them. So here it saves it once, at the end.
 */
async function growth(bench: Workbench, plan: Plan): Promise<Measured[]> {
  const saving = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
  const environment = { ...bench.environment, ...saving };
  const measured: Measured[] = [];
  for (const course of plan.growth) {
    measured.push(await run({ ...bench, environment }, [COMPONENT, ARCHIVE], course));
  }
  return measured;
}

async function run(
  bench: Workbench,
  contestants: readonly Contestant[],
  course: Course,
): Promise<Measured> {
  const { size, rounds } = course;
  const names = contestants.map(({ label }) => label).join("; ");
  say(`${rounds} rounds with ${size.groups} x ${size.servers} servers: ${names}`);
  return { size, times: await race(bench, [RAW, ...contestants], course) };
}

async function providerStarts(bench: Workbench, plan: Plan): Promise<Report["providers"]> {
  say("starting providers");
  const counts: [Contestant, number][] = [
    [ARCHIVE, plan.starts],
    [FOLDER, plan.starts],
    [DEFAULT_HOSTING, plan.startsOfDefault],
  ];
  const starts: Record<string, ProviderStart[]> = {};
  for (const [{ key, provider }, count] of counts) {
    starts[key] = [];
    for (let start = 0; provider !== undefined && start < count; start++) {
      starts[key].push(await measureProviderStart(bench, provider(bench)));
    }
  }
  return starts;
}

async function keep(report: Report): Promise<void> {
  const file = path.join(ROOT, "docs", "benchmark");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(`${file}.svg`, plotReport(report));
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
