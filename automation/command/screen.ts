import { clearScreenDown, moveCursor } from "node:readline";
import type { WriteStream } from "node:tty";
import type { ProgressEvent } from "../progress";
import type { Board, Row } from "./board";
import { tableOf } from "./table";

/** Shows how far the environments are. */
export interface Screen {
  begin(name: string): void;
  follow(name: string, event: ProgressEvent): void;
  end(name: string): void;
  /** Leaves what is shown, and the cursor below it. */
  close(): void;
}

const REDRAW_MILLISECONDS = 200;

/** A table in a terminal, drawn again in its place. */
export class LiveTable implements Screen {
  private readonly timer: NodeJS.Timeout;
  private height = 0;

  constructor(
    private readonly stream: WriteStream,
    private readonly board: Board,
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
    // The timer draws: a fast engine tells more than anybody reads.
  }

  end(): void {
    this.draw();
  }

  close(): void {
    clearInterval(this.timer);
    this.draw();
  }

  private draw(): void {
    // A table that is higher than the terminal can't be drawn over: those that run are shown first.
    const room = Math.max(1, this.stream.rows - 1);
    const lines = tableOf(shown(this.board.rows, room), performance.now(), this.stream.columns);
    moveCursor(this.stream, 0, -this.height);
    clearScreenDown(this.stream);
    this.stream.write(lines.map((line) => `${line}\n`).join(""));
    this.height = lines.length;
  }
}

const ORDER: readonly Row["state"][] = ["running", "failed", "waiting", "done", "skipped"];

function shown(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  return [...rows]
    .sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
    .slice(0, room);
}

/** A line for each step, where there is no terminal. */
export class PlainLog implements Screen {
  constructor(
    private readonly stream: NodeJS.WritableStream,
    private readonly board: Board,
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
    const row = this.board.rows.find((one) => one.name === name);
    this.write(`${name} ${this.verb}: ${row?.state ?? "done"}, ${row?.doing ?? ""}`);
  }

  close(): void {
    // Nothing is open.
  }

  private write(line: string): void {
    this.stream.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  }
}
