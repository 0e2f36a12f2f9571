import { NativeConnection, Worker } from "@temporalio/worker";
import * as activities from "./activities";
import { place } from "./place";

/** Deploys what fleets ask for, as many environments at a time as this machine bears. */
async function main(variables: NodeJS.ProcessEnv): Promise<void> {
  const { connectionOptions, namespace, taskQueue } = place(variables);
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue,
      workflowsPath: require.resolve("./workflows"),
      activities,
      maxConcurrentActivityTaskExecutions: concurrencyIn(variables),
      // Else a heartbeat reaches Temporal shortly before the worker is taken for dead.
      maxHeartbeatThrottleInterval: "2 seconds",
      // What is being deployed when the worker is stopped is cancelled cleanly, and completed by another.
      shutdownGraceTime: 0,
      shutdownForceTime: "10 minutes",
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      // Temporal's own listener goes away at the first signal. If no other were left, what runs the
      // engine would take it for its own to end this process, at once.
      process.on(signal, () =>
        process.stdout.write("stopping after the current operations have finished\n"),
      );
    }
    process.stdout.write(`listening to ${taskQueue}\n`);
    await worker.run();
  } finally {
    await connection.close();
  }
}

/** Each deployment takes an engine's process and memory of about 200 MiB. */
function concurrencyIn({ WORKER_CONCURRENCY = "4" }: NodeJS.ProcessEnv): number {
  const concurrency = Number(WORKER_CONCURRENCY);
  if (Number.isInteger(concurrency) && concurrency > 0) return concurrency;
  throw new Error(
    `WORKER_CONCURRENCY must be a whole number of at least 1, got "${WORKER_CONCURRENCY}"`,
  );
}

main(process.env).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
