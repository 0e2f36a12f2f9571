import { loadClientConnectConfig } from "@temporalio/envconfig";

/**
 * The connection to Temporal, from its environment variables or its configuration file, and the task queue of
 * fleets.
 */
export function connectionSettings(variables: NodeJS.ProcessEnv) {
  const { connectionOptions, namespace = "default" } = loadClientConnectConfig();
  const taskQueue = variables.TEMPORAL_TASK_QUEUE ?? "load-balanced-group";
  return { connectionOptions, namespace, taskQueue };
}
