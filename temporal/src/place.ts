import { loadClientConnectConfig } from "@temporalio/envconfig";

/**
 * Where Temporal is, by its usual variables or its configuration file, and what the fleets' work is called
 * there.
 */
export function place(variables: NodeJS.ProcessEnv) {
  const { connectionOptions, namespace = "default" } = loadClientConnectConfig();
  const taskQueue = variables.TEMPORAL_TASK_QUEUE ?? "load-balanced-group";
  return { connectionOptions, namespace, taskQueue };
}
