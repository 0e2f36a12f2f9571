import type { EngineRun, OperationKind } from "../provider/operations";

/** What Pulumi does, or did last, as the page shows it. */
export interface Deployment {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly done: number;
  readonly running: number;
  readonly failed: number;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly kind: OperationKind;
  readonly name: string;
  readonly type: string;
  readonly state: "running" | "done" | "failed";
  readonly milliseconds?: number;
  readonly error?: string;
}

const SHOWN = 40;
const LONGEST_ERROR = 400;

/** Counts a run's changes; the last ones are shown. */
export function deploymentOf(run: EngineRun | undefined): Deployment | undefined {
  if (run === undefined) return undefined;
  const steps = run.operations.map(({ kind, urn, startedAt, endedAt, error }): Step => {
    const [, , types = "", ...name] = urn.split("::");
    const milliseconds = endedAt && endedAt.getTime() - startedAt.getTime();
    const state = endedAt === undefined ? "running" : error === undefined ? "done" : "failed";
    const type = types.slice(types.lastIndexOf(":") + 1);
    return {
      kind,
      name: name.join("::"),
      type,
      state,
      milliseconds,
      error: error?.slice(0, LONGEST_ERROR),
    };
  });
  const count = (state: Step["state"]) => steps.filter((step) => step.state === state).length;
  return {
    startedAt: run.startedAt.getTime(),
    endedAt: run.endedAt?.getTime(),
    done: count("done"),
    running: count("running"),
    failed: count("failed"),
    steps: steps.slice(-SHOWN),
  };
}
