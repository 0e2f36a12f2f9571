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
  // For what is locked or throttled again and again, and for the time in which no worker is free.
  scheduleToCloseTimeout: "1 day",
  // A worker that is silent for so long is taken for dead, and another one goes on.
  heartbeatTimeout: "15 seconds",
  // Which errors are retried is said by the activities.
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" },
  // An update that is cancelled ends cleanly, which is waited for.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export const progress = defineQuery<Fleet>(PROGRESS);

/**
 * Deploys a fleet: each environment by whichever worker is free, in the order of `deployAll`.
 *
 * It does not fail because an environment does; what became of each is its result.
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
    return { status: "failed", ...explained(error) };
  }
}

/** Why targets of a wave are not healthy, if they are not; the first that are not end the waiting. */
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
    return isCancellation(error) ? "the fleet was cancelled" : explained(error).reason;
  }
}

/** What an activity's failure has to tell. */
function explained(error: unknown): Pick<Entry, "kind" | "reason"> {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const kind = cause instanceof ApplicationFailure ? (cause.type ?? undefined) : undefined;
  return { kind, reason: cause instanceof Error ? cause.message : String(cause) };
}
