import { format } from "prettier";
import { markdownTable } from "../tools/markdown";
import { peakMemoryDuring } from "./processMemory";
import { machine } from "./report";
import { SAVE_ONCE } from "./rounds";
import type { Setup } from "./setup";
import { summarize } from "./statistics";
import { ARCHIVE, COMPONENT, RAW, type Variant } from "./variants";
import { type Size, VariantStack } from "./variantStack";

/** What one variant needs at one size: milliseconds, MiB and bytes. */
export interface Needs {
  readonly preview: number;
  readonly update: number;
  /** Undefined where the system does not tell. */
  readonly memory: number | undefined;
  readonly state: number;
}

/** What grows, and at how many of it each variant was measured. */
export interface Growth {
  readonly of: string;
  readonly points: readonly {
    readonly count: number;
    readonly needs: Readonly<Record<string, Needs>>;
  }[];
}

export interface ScaleReport {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly date: string;
  readonly rounds: number;
  /** The labels of the variants, by key; the first is what the others are compared with. */
  readonly variants: Readonly<Record<string, string>>;
  readonly growths: readonly Growth[];
}

const VARIANTS = [RAW, COMPONENT, ARCHIVE];

const GROWTHS: readonly {
  readonly of: string;
  readonly counts: readonly number[];
  readonly size: (count: number) => Size;
}[] = [
  {
    of: "servers of one group",
    counts: [10, 100, 1000],
    size: (servers) => ({ servers, groups: 1 }),
  },
  {
    of: "groups of three servers",
    counts: [1, 10, 100],
    size: (groups) => ({ servers: 3, groups }),
  },
  {
    of: "rules of one group",
    counts: [1, 10, 100],
    size: (rules) => ({ servers: 3, groups: 1, rules }),
  },
];

/** How time, memory and state grow with what a program makes. A quick run leaves out the largest sizes. */
export async function measureScale(
  setup: Setup,
  quick: boolean,
  say: (text: string) => void,
): Promise<ScaleReport> {
  const rounds = quick ? 1 : 3;
  const saving = { ...setup, environment: { ...setup.environment, ...SAVE_ONCE } };
  const growths: Growth[] = [];
  for (const { of, counts, size } of GROWTHS) {
    const points = [];
    for (const count of quick ? counts.slice(0, 2) : counts) {
      const needs: Record<string, Needs> = {};
      for (const variant of VARIANTS) {
        say(`${count} ${of}: ${variant.label}`);
        needs[variant.key] = await needsOf(saving, variant, size(count), rounds);
      }
      points.push({ count, needs });
    }
    growths.push({ of, points });
  }
  return {
    machine: machine(setup.engine.version),
    date: new Date().toISOString().slice(0, 10),
    rounds,
    variants: Object.fromEntries(VARIANTS.map(({ key, label }) => [key, label])),
    growths,
  };
}

/** The medians of some rounds, each in an empty account. */
async function needsOf(setup: Setup, variant: Variant, size: Size, rounds: number): Promise<Needs> {
  const previews: number[] = [];
  const updates: number[] = [];
  const memories: number[] = [];
  const states: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const stack = await VariantStack.open(setup, variant, size);
    try {
      previews.push(await stack.run("preview"));
      const memory = await peakMemoryDuring(stack.mark, async () => {
        updates.push(await stack.run("update"));
      });
      if (memory !== undefined) memories.push(memory);
      states.push(Buffer.byteLength(await stack.state()));
    } finally {
      await stack.close();
    }
  }
  return {
    preview: summarize(previews).median,
    update: summarize(updates).median,
    memory: memories.length === 0 ? undefined : summarize(memories).median,
    state: summarize(states).median,
  };
}

const NEEDS = ["preview", "update", "memory", "state"] as const;
const FIGURES: Readonly<Record<(typeof NEEDS)[number], (value: number) => string>> = {
  preview: (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`,
  update: (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`,
  memory: (mebibytes) => `${mebibytes.toFixed(0)} MiB`,
  state: (bytes) => `${(bytes / 1024).toFixed(0)} KiB`,
};

/** docs/scale.md. */
export function scalePage({
  machine,
  date,
  rounds,
  variants,
  growths,
}: ScaleReport): Promise<string> {
  const [base] = Object.keys(variants);
  const tables = growths.map(({ of, points }) => {
    const rows = points.flatMap(({ count, needs }) =>
      Object.entries(needs).map(([key, own]) => [
        String(count),
        variants[key],
        ...NEEDS.map((need) =>
          figure(need, own[need], key === base ? undefined : needs[base][need]),
        ),
      ]),
    );
    const heads = [of, "way", "preview", "update", "memory", "state"];
    return `## ${of[0].toUpperCase()}${of.slice(1)}\n\n${markdownTable(heads, rows)}\n\n${growthTable(points, variants)}`;
  });
  const text = [
    "# Scale",
    "What the component needs as a program grows, and in parentheses its multiple of the same resources written by hand. " +
      "Memory is the sum of the peaks of all processes of an update: engine, program and provider. " +
      "The second table of each section shows what ten times as many need: 10 is linear growth, and less than 10 has a " +
      "part that does not grow.",
    `Written by \`npm run bench -- --scale\` on ${date}, as the medians of ${rounds} ${rounds === 1 ? "round" : "rounds"}, ` +
      `with engine ${machine.engine} on ${machine.cores} cores of ${machine.processor}.`,
    ...tables,
  ].join("\n\n");
  return format(text, { parser: "markdown", printWidth: 100 });
}

function figure(
  need: (typeof NEEDS)[number],
  value: number | undefined,
  base: number | undefined,
): string {
  if (value === undefined) return "not known";
  const text = FIGURES[need](value);
  return base === undefined ? text : `${text} (${(value / base).toFixed(2)})`;
}

/** How many times as much each step to ten times as many needs. */
function growthTable(points: Growth["points"], variants: ScaleReport["variants"]): string {
  const rows = points.slice(1).flatMap(({ count, needs }, index) => {
    const before = points[index];
    return Object.keys(needs).map((key) => [
      `${before.count} to ${count}`,
      variants[key],
      ...NEEDS.map((need) => {
        const [now, then] = [needs[key][need], before.needs[key][need]];
        return now === undefined || then === undefined ? "not known" : (now / then).toFixed(1);
      }),
    ]);
  });
  return markdownTable(["step", "way", "preview", "update", "memory", "state"], rows);
}
