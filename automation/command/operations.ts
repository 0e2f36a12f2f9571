import { Environment } from "../environment";
import { EnvironmentError, NotFoundError } from "../errors";
import type { HistoryEntry, OperationResult, Outputs, UpOptions } from "../operations";
import type { EnvironmentOptions } from "../options";
import { recoverStack } from "../interrupted/recover";
import type { InterruptedResource } from "../state";
import type { TargetHealth } from "../targetHealth";
import type { Verb } from "./arguments";

/** The result of the command for one environment. */
export interface Outcome {
  readonly name: string;
  readonly result?: OperationResult & { readonly outputs?: Outputs };
  readonly status?: Status;
  /** What an interrupted update was doing. */
  readonly recovered?: readonly InterruptedResource[];
  readonly error?: unknown;
}

/** The status of an environment. */
export interface Status {
  readonly lastOperation: HistoryEntry | undefined;
  /** Undefined if nothing is deployed. */
  readonly outputs: Outputs | undefined;
  readonly targets: readonly TargetHealth[];
}

/** Runs the command's operation for one environment. */
export async function runOperation(
  verb: Verb,
  options: EnvironmentOptions,
  run: UpOptions,
): Promise<Omit<Outcome, "name">> {
  if (verb === "recover") {
    // Not an environment, because the folder may have any program with the component.
    return { recovered: await recoverStack(options.settingsFolder ?? ".", options.name, run) };
  }
  const mayCreate = verb === "up" || verb === "preview";
  const environment = await Environment.open({ ...options, mustExist: !mayCreate }, run);
  try {
    if (verb === "status") return { status: await statusOf(environment, run) };
    return { result: await environment[verb](run) };
  } finally {
    await environment.close();
  }
}

async function statusOf(environment: Environment, run: UpOptions): Promise<Status> {
  const [lastOperation] = await environment.history(run);
  try {
    const outputs = await environment.outputs(run);
    return { lastOperation, outputs, targets: await environment.targetHealth(run) };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { lastOperation, outputs: undefined, targets: [] };
  }
}

/** The outcome in a few words, for the table and the log. */
export function shortOutcome(outcome: Omit<Outcome, "name">): string {
  const { result, status, recovered, error } = outcome;
  if (error instanceof EnvironmentError) return error.kind;
  if (error !== undefined) return "failed";
  if (recovered !== undefined) {
    return recovered.length === 0
      ? "nothing was interrupted"
      : "the state now matches AWS for the resources that the interrupted command was changing; run that command " +
          "again";
  }
  if (status !== undefined) {
    const healthy = status.targets.filter(({ state }) => state === "healthy").length;
    return status.outputs
      ? `${healthy} of ${status.targets.length} targets healthy`
      : "not deployed";
  }
  const counts = Object.entries(result?.counts ?? {}).filter(([change]) => change !== "same");
  const changes = counts.map(([change, count]) => `${count} ${change}`);
  if (changes.length > 0) return changes.join(", ");
  return result?.operation === "destroy" ? "nothing is deployed" : "nothing differs";
}
