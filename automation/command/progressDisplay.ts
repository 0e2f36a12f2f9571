import { clearScreenDown, moveCursor } from "node:readline";
import type { WriteStream } from "node:tty";
import type { ProgressEvent } from "../progress";
import type { ProgressRows, ProgressRow } from "./progressRows";

/** Shows the progress of the environments. */
export interface ProgressDisplay {
  begin(name: string): void;
  follow(name: string, event: ProgressEvent): void;
  end(name: string): void;
  /** Ends the display, with the cursor below it. */
  close(): void;
}

const REDRAW_MILLISECONDS = 200;

/** A table in a terminal that is redrawn in place. */
export class LiveTable implements ProgressDisplay {
  private readonly timer: NodeJS.Timeout;
  private height = 0;

  constructor(
    private readonly stream: WriteStream,
    private readonly progress: ProgressRows,
  ) {
    this.timer = setInterval(() => {
      this.draw();
    }, REDRAW_MILLISECONDS);
    this.draw();
  }

  begin(): void {
    this.draw();
  }

  follow(): void {
    // Events are too frequent to redraw at each one; the timer redraws.
  }

  end(): void {
    this.draw();
  }

  close(): void {
    clearInterval(this.timer);
    this.draw();
  }

  private draw(): void {
    // A table that is higher than the terminal can't be redrawn, so show only some rows, running ones first.
    const maxRows = Math.max(1, this.stream.rows - 1);
    const lines = tableOf(
      rowsThatFit(this.progress.rows, maxRows),
      performance.now(),
      this.stream.columns,
    );
    moveCursor(this.stream, 0, -this.height);
    clearScreenDown(this.stream);
    this.stream.write(lines.map((line) => `${line}\n`).join(""));
    this.height = lines.length;
  }
}

const ORDER: readonly ProgressRow["state"][] = ["running", "failed", "waiting", "done", "skipped"];

function rowsThatFit(rows: readonly ProgressRow[], room: number): readonly ProgressRow[] {
  if (rows.length <= room) return rows;
  return [...rows]
    .sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
    .slice(0, room);
}

/** A line for each step, if there is no terminal. */
export class PlainLog implements ProgressDisplay {
  constructor(
    private readonly stream: NodeJS.WritableStream,
    private readonly progress: ProgressRows,
    private readonly verb: string,
  ) {}

  begin(name: string): void {
    this.write(`${name} ${this.verb}: begun`);
  }

  follow(name: string, { change, phase, resource, done, expected }: ProgressEvent): void {
    if (phase === "started" || change === "same") return;
    const count = expected === undefined ? String(done) : `${done}/${expected}`;
    this.write(`${name} ${this.verb}: ${count} ${change} ${resource.name} ${phase}`);
  }

  end(name: string): void {
    const row = this.progress.rows.find((one) => one.name === name);
    this.write(`${name} ${this.verb}: ${row?.state ?? "done"}, ${row?.doing ?? ""}`);
  }

  close(): void {
    // Nothing is open.
  }

  private write(line: string): void {
    this.stream.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  }
}

const BAR = 12;

/** One line for each environment, none wider than the terminal. */
function tableOf(rows: readonly ProgressRow[], now: number, width: number): string[] {
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

function bar({ state, done, expected }: ProgressRow): string {
  const share = state === "done" ? 1 : expected === undefined ? 0 : Math.min(1, done / expected);
  const full = Math.round(share * BAR);
  return `[${"#".repeat(full)}${" ".repeat(BAR - full)}]`;
}

function count({ done, expected, state }: ProgressRow): string {
  if (state === "waiting" || state === "skipped") return "";
  return expected === undefined ? String(done) : `${done}/${expected}`;
}

function elapsed({ begun, ended }: ProgressRow, now: number): string {
  if (begun === undefined) return "";
  const seconds = Math.round(((ended ?? now) - begun) / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
