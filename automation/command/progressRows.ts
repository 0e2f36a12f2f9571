import type { ProgressEvent } from "../progress";

/** The progress of one environment while the command runs. */
export interface ProgressRow {
  readonly name: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "skipped";
  readonly done: number;
  readonly expected: number | undefined;
  /** The current step, such as "create web-alb". */
  readonly doing: string;
  /** When it began and ended, in milliseconds. */
  readonly begun: number | undefined;
  readonly ended: number | undefined;
}

/** The progress of all environments, from their events. */
export class ProgressRows {
  private readonly byName: Map<string, ProgressRow>;

  constructor(
    names: readonly string[],
    private readonly clock: () => number = () => performance.now(),
  ) {
    const state = "waiting" as const;
    const empty = { state, done: 0, expected: undefined, doing: "" };
    this.byName = new Map(
      names.map((name) => [name, { ...empty, name, begun: undefined, ended: undefined }]),
    );
  }

  get rows(): ProgressRow[] {
    return [...this.byName.values()];
  }

  begin(name: string): void {
    this.change(name, { state: "running", begun: this.clock() });
  }

  follow(name: string, { change, phase, resource, done, expected }: ProgressEvent): void {
    const doing =
      phase === "started" && change !== "same" ? `${change} ${resource.name}` : undefined;
    this.change(name, { done, expected, ...(doing === undefined ? {} : { doing }) });
  }

  end(name: string, failed: boolean, doing: string): void {
    this.change(name, { state: failed ? "failed" : "done", doing, ended: this.clock() });
  }

  skip(name: string, reason: string): void {
    this.change(name, { state: "skipped", doing: reason });
  }

  private change(name: string, changes: Partial<ProgressRow>): void {
    const row = this.byName.get(name);
    if (row !== undefined) this.byName.set(name, { ...row, ...changes });
  }
}
