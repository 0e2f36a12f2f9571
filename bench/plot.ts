import { type Chart, dotChart, type Row } from "./dotChart";
import { OPERATION_NAMES } from "./operations";
import type { ProviderStart } from "./providerStart";
import { compare, type Comparison, type Report } from "./report";
import type { Size } from "./variantStack";
import { summarize } from "./statistics";
import { page, text } from "./svg";

/** The report as a picture for the docs. */
export function plotReport(report: Report): string {
  const first = dotChart(tutorialChart(report), 10);
  const second = dotChart(growthChart(report), first.bottom + 10);
  const third = providerTable(report, second.bottom + 10);
  const content = [first.markup, second.markup, third.markup].join("\n");
  return page(content, third.bottom, "What the component costs over raw resources");
}

function tutorialChart({ base, variants, tutorial }: Report): Chart {
  const rows = compare(tutorial, base).map(({ variant, operation, ratio }) => ({
    group: variants[variant],
    label: OPERATION_NAMES[operation],
    dots: [{ series: 0, ratio }],
  }));
  return {
    title: `Time, as a multiple of ${variants[base]}`,
    series: ["median and middle half of the rounds"],
    rows,
  };
}

function growthChart({ base, variants, growth }: Report): Chart {
  const compared = compare(growth, base);
  const series = [...new Set(compared.map(({ variant }) => variant))];
  const rows = new Map<string, Row>();
  for (const comparison of compared) {
    const row = rowOf(comparison);
    const key = `${row.group} ${row.label}`;
    const dots = rows.get(key)?.dots ?? [];
    const dot = { series: series.indexOf(comparison.variant), ratio: comparison.ratio };
    rows.set(key, { ...row, dots: [...dots, dot] });
  }
  return {
    title: "The same, as the program grows",
    series: series.map((key) => variants[key]),
    rows: [...rows.values()].sort((a, b) => order(a, rows) - order(b, rows)),
  };
}

function rowOf({ size, operation }: Comparison): Row {
  return { group: sizeName(size), label: OPERATION_NAMES[operation], dots: [] };
}

/** Rows of one size together, in the order in which the sizes were measured. */
function order(row: Row, rows: ReadonlyMap<string, Row>): number {
  return [...rows.values()].findIndex(({ group }) => group === row.group);
}

function sizeName({ servers, groups }: Size): string {
  return groups === 1 ? `1 group of ${servers} servers` : `${groups} groups of ${servers} servers`;
}

const COLUMNS = [350, 510, 670];
const HEADS = ["until its port", "first group", "peak memory"];

function providerTable({ variants, providers }: Report, top: number) {
  const heads = HEADS.map((head, index) => text(COLUMNS[index], top + 20, head, "small"));
  const rows = Object.entries(providers).map(([key, starts], index) => {
    const y = top + 42 + index * 20;
    const cells = providerFigures(starts).map((cell, column) => text(COLUMNS[column], y, cell, ""));
    return text(20, y, variants[key], "") + cells.join("");
  });
  const title = text(20, top + 20, "The provider's process", "title");
  return { markup: [title, ...heads, ...rows].join("\n"), bottom: top + 42 + rows.length * 20 };
}

/** Medians of the milliseconds until the port is open and for the first group, and of the memory. */
export function providerFigures(starts: readonly ProviderStart[]): [string, string, string] {
  const memory = starts.flatMap((start) => start.memory ?? []);
  return [
    `${median(starts.map(({ port }) => port))} ms`,
    `${median(starts.map(({ construct }) => construct))} ms`,
    memory.length === 0 ? "not known" : `${median(memory)} MiB`,
  ];
}

const median = (values: readonly number[]) => summarize(values).median.toFixed(0);
