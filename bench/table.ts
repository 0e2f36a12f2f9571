import { OPERATION_NAMES } from "./operations";
import { providerFigures } from "./plot";
import { compare, type Comparison, type Report } from "./report";
import type { Size } from "./variantStack";
import type { Summary } from "./statistics";

/** The report as text for a terminal. */
export function describeReport(report: Report): string {
  const { base, variants } = report;
  const ratioHeads = ["median", "middle half", "rounds"];
  return [
    `How many times as long as ${variants[base]}, in the same round:`,
    table(
      ["way", "operation", ...ratioHeads],
      compare(report.tutorial, base).map((row) => [
        variants[row.variant],
        OPERATION_NAMES[row.operation],
        ...ratioCells(row),
      ]),
    ),
    "The same, as the program grows:",
    table(
      ["servers", "groups", "way", "operation", ...ratioHeads],
      compare(report.growth, base).map((row) => [
        ...sizeCells(row.size),
        variants[row.variant],
        OPERATION_NAMES[row.operation],
        ...ratioCells(row),
      ]),
    ),
    "The provider's process:",
    table(
      ["way", "until its port", "first group", "peak memory", "starts"],
      Object.entries(report.providers).map(([key, starts]) => [
        variants[key],
        ...providerFigures(starts),
        String(starts.length),
      ]),
    ),
  ].join("\n\n");
}

function ratioCells({ ratio }: Comparison): string[] {
  return [ratio.median.toFixed(2), spread(ratio, 2), String(ratio.count)];
}

function sizeCells({ servers, groups }: Size): string[] {
  return [String(servers), String(groups)];
}

const spread = ({ lower, upper }: Summary, digits: number) =>
  `${lower.toFixed(digits)} - ${upper.toFixed(digits)}`;

/** Rows in columns that are as wide as what is in them. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  "))
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}
