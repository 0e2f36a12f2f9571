import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  defineQuery,
  isCancellation,
  proxyActivities,
  setHandler,
} from "@temporalio/workflow";
import {
  atMost,
  FleetPlanError,
  runInOrder,
  type Task,
  tasksOf,
} from "load-balanced-group/automation/order";
import type * as activities from "./activities";
import { type Entry, type Fleet, type FleetInput, type Options, PROGRESS } from "./fleet";

const { deploy, waitForHealth } = proxyActivities<typeof activities>({
  startToCloseTimeout: "1 hour",
  // Includes repeated locking or throttling, and the time without a free worker.
  scheduleToCloseTimeout: "1 day",
  // A worker without a heartbeat for this time counts as crashed, and another one continues.
  heartbeatTimeout: "15 seconds",
  // The activities decide which errors are retried.
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" },
  // Wait until a cancelled update has ended cleanly.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export const progress = defineQuery<Fleet>(PROGRESS);

/**
 * Deploys a fleet in the order of `deployAll`. Any free worker deploys the next environment.
 *
 * It does not fail if an environment fails. It returns the result of each.
 */
export async function deployFleet(input: FleetInput): Promise<Fleet> {
  const { members, concurrency = 4, onFailure = "stop", healthGate } = input;
  const tasks = planned(input);
  const optionsOf = new Map(members.map(({ options }) => [options.name, options]));
  const fleet = Object.fromEntries(
    tasks.map(({ name }): [string, Entry] => [name, { status: "waiting" }]),
  );
  setHandler(progress, () => fleet);
  const cancelled = cancellation();
  await runInOrder(tasks, {
    concurrency,
    continueOnFailure: onFailure === "continue",
    signal: cancelled,
    run: async (name) => {
      fleet[name] = { status: "deploying" };
      fleet[name] = await deployed(optionsOf.get(name));
      return fleet[name].status === "deployed";
    },
    gate: async (names) => {
      const wave = names.flatMap((name) => optionsOf.get(name) ?? []);
      return healthGate && closedGate(wave, healthGate.timeLimit, concurrency);
    },
    skip: (name, reason) => {
      fleet[name] = { status: "not started", reason };
    },
  });
  if (cancelled.aborted) throw new CancelledFailure("the fleet was cancelled");
  return fleet;
}

function planned(input: FleetInput): Task[] {
  try {
    return tasksOf(input.members, input);
  } catch (error) {
    if (!(error instanceof FleetPlanError)) throw error;
    throw ApplicationFailure.nonRetryable(error.message, "invalid-plan");
  }
}

/** Aborted when the workflow is cancelled from outside. */
function cancellation(): AbortSignal {
  const controller = new AbortController();
  CancellationScope.current().cancelRequested.catch(() => {
    controller.abort();
  });
  return controller.signal;
}

async function deployed(options: Options | undefined): Promise<Entry> {
  if (options === undefined) throw new Error("an environment has no options");
  try {
    return { status: "deployed", ...(await deploy(options)) };
  } catch (error) {
    if (isCancellation(error)) return { status: "cancelled" };
    return { status: "failed", ...errorOf(error) };
  }
}

/** Waits until the targets of a wave are healthy. Resolves to the reason if those of an environment are not. */
async function closedGate(
  wave: readonly Options[],
  limit: number,
  concurrency: number,
): Promise<string | undefined> {
  const waiting = new CancellationScope();
  try {
    await waiting.run(() =>
      atMost(concurrency, wave, async (options) => {
        try {
          await waitForHealth(options, limit);
        } catch (error) {
          waiting.cancel();
          throw error;
        }
      }),
    );
    return undefined;
  } catch (error) {
    return isCancellation(error) ? "the fleet was cancelled" : errorOf(error).reason;
  }
}

/** The kind and the message of an activity's error. */
function errorOf(error: unknown): Pick<Entry, "kind" | "reason"> {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const kind = cause instanceof ApplicationFailure ? (cause.type ?? undefined) : undefined;
  return { kind, reason: cause instanceof Error ? cause.message : String(cause) };
}
