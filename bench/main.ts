import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findEngine } from "../tools/engine";
import { ROOT } from "../tools/package/manifest";
import { ARCHIVE, COMPONENT, type Variant, DEFAULT_HOSTING, FOLDER, RAW, WHOLE } from "./variants";
import { type Scenario, FULL, type Plan, QUICK } from "./plan";
import { plotReport } from "./plot";
import { measureProviderStart, type ProviderStart } from "./providerStart";
import { machine, type Measured, type Report } from "./report";
import { measureVariants, SAVE_ONCE } from "./rounds";
import { checkEquivalence } from "./equivalence";
import { describeReport } from "./table";
import { measureScale, scalePage } from "./scale";
import { makeSetup, type Setup } from "./setup";

const OTHERS = [WHOLE, COMPONENT, ARCHIVE, FOLDER];

/** `npm run bench`: what the component costs over the same resources written by hand. */
async function main(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => !["--quick", "--scale"].includes(option));
  if (unknown.length > 0) {
    throw new Error(`unknown option ${unknown.join(" ")}; there are --quick and --scale`);
  }
  const quick = options.includes("--quick");
  const engine = await findEngine();
  const folder = await mkdtemp(path.join(tmpdir(), "load-balanced-group-bench-"));
  try {
    const setup = await makeSetup(folder, engine);
    say("checking that all make the same resources");
    await checkEquivalence(setup, RAW, [...OTHERS, DEFAULT_HOSTING]);
    if (options.includes("--scale")) {
      const page = await scalePage(await measureScale(setup, quick, say));
      process.stdout.write(page);
      if (!quick) await writeFile(path.join(ROOT, "docs", "scale.md"), page);
      return;
    }
    const report = await measure(setup, quick ? QUICK : FULL);
    process.stdout.write(`${describeReport(report)}\n`);
    // What the docs show is not overwritten by a run that is too short for it.
    if (!quick) await keep(report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(setup: Setup, plan: Plan): Promise<Report> {
  return {
    machine: machine(setup.engine.version),
    variants: Object.fromEntries(
      [RAW, ...OTHERS, DEFAULT_HOSTING].map(({ key, label }) => [key, label]),
    ),
    base: RAW.key,
    providers: await providerStarts(setup, plan),
    tutorial: [
      await run(setup, OTHERS, plan.tutorial),
      await run(setup, [DEFAULT_HOSTING], plan.defaultHosting),
    ],
    growth: await growth(setup, plan),
  };
}

async function growth(setup: Setup, plan: Plan): Promise<Measured[]> {
  const environment = { ...setup.environment, ...SAVE_ONCE };
  const measured: Measured[] = [];
  for (const scenario of plan.growth) {
    measured.push(await run({ ...setup, environment }, [COMPONENT, ARCHIVE], scenario));
  }
  return measured;
}

async function run(
  setup: Setup,
  variants: readonly Variant[],
  scenario: Scenario,
): Promise<Measured> {
  const { size, rounds } = scenario;
  const names = variants.map(({ label }) => label).join("; ");
  say(`${rounds} rounds with ${size.groups} x ${size.servers} servers: ${names}`);
  return { size, times: await measureVariants(setup, [RAW, ...variants], scenario) };
}

async function providerStarts(setup: Setup, plan: Plan): Promise<Report["providers"]> {
  say("starting providers");
  const counts: [Variant, number][] = [
    [ARCHIVE, plan.starts],
    [FOLDER, plan.starts],
    [DEFAULT_HOSTING, plan.startsOfDefault],
  ];
  const starts: Record<string, ProviderStart[]> = {};
  for (const [{ key, provider }, count] of counts) {
    starts[key] = [];
    for (let start = 0; provider !== undefined && start < count; start++) {
      starts[key].push(await measureProviderStart(setup, provider(setup)));
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
