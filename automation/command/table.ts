import type { Row } from "./board";

const BAR = 12;

/** The board as lines, one for each environment, none longer than the terminal is wide. */
export function tableOf(rows: readonly Row[], now: number, width: number): string[] {
  const name = Math.max(...rows.map((row) => row.name.length));
  const cells = rows.map((row) => [
    row.name.padEnd(name),
    row.state.padEnd("skipped".length),
    bar(row),
    count(row).padStart(7),
    elapsed(row, now).padStart(6),
    row.doing,
  ]);
  return cells.map((row) => row.join("  ").trimEnd().slice(0, width));
}

function bar({ state, done, expected }: Row): string {
  const share = state === "done" ? 1 : expected === undefined ? 0 : Math.min(1, done / expected);
  const full = Math.round(share * BAR);
  return `[${"#".repeat(full)}${" ".repeat(BAR - full)}]`;
}

function count({ done, expected, state }: Row): string {
  if (state === "waiting" || state === "skipped") return "";
  return expected === undefined ? String(done) : `${done}/${expected}`;
}

function elapsed({ begun, ended }: Row, now: number): string {
  if (begun === undefined) return "";
  const seconds = Math.round(((ended ?? now) - begun) / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
