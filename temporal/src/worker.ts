import { NativeConnection, Worker } from "@temporalio/worker";
import * as activities from "./activities";
import { connectionSettings } from "./connection";

/** Deploys environments of fleets, as many at a time as WORKER_CONCURRENCY allows. */
async function main(variables: NodeJS.ProcessEnv): Promise<void> {
  const { connectionOptions, namespace, taskQueue } = connectionSettings(variables);
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue,
      workflowsPath: require.resolve("./workflows"),
      activities,
      maxConcurrentActivityTaskExecutions: concurrencyIn(variables),
      // With the default, heartbeats would reach Temporal only shortly before their timeout.
      maxHeartbeatThrottleInterval: "2 seconds",
      // If the worker is stopped, its deployments are cancelled cleanly, and other workers complete them.
      shutdownGraceTime: 0,
      shutdownForceTime: "10 minutes",
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      // Temporal removes its listener at the first signal. Without another listener, the library that runs the
      // engine would then end this process immediately.
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
