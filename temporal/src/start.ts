import { readFile } from "node:fs/promises";
import { Client, Connection, WorkflowFailedError } from "@temporalio/client";
import { CancelledFailure } from "@temporalio/common";
import { type Fleet, type FleetInput, PROGRESS, SECRET, WORKFLOW } from "./fleet";
import { connectionSettings } from "./connection";

/**
 * `node dist/start.js ID FILE`: starts the fleet in the JSON file, or follows it if a fleet with this ID is running,
 * and prints the result of each environment at the end. Ctrl-C cancels the fleet. The exit code is 0 if all
 * environments are deployed, or else 1.
 */
async function main(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<void> {
  const [id, file] = [args.at(0), args.at(1)];
  if (id === undefined || file === undefined) throw new Error("usage: node dist/start.js ID FILE");
  const input: unknown = JSON.parse(await readFile(file, "utf8"));
  if (!isFleet(input))
    throw new Error(`${file} must have members, and each needs options with a name`);
  refuseSecrets(input);
  const { connectionOptions, namespace, taskQueue } = connectionSettings(variables);
  const connection = await Connection.connect(connectionOptions);
  try {
    const { workflow } = new Client({ connection, namespace });
    const handle = await workflow.start(WORKFLOW, {
      args: [input],
      taskQueue,
      workflowId: id,
      workflowIdConflictPolicy: "USE_EXISTING",
    });
    process.stderr.write(`following the fleet ${id}; Ctrl-C cancels it\n`);
    process.once("SIGINT", () => {
      process.stderr.write("cancelling after the current operations have finished\n");
      void handle.cancel();
    });
    const isCancelled = await handle.result().then(() => false, wasCancelled);
    const fleet = await handle.query<Fleet>(PROGRESS);
    process.stdout.write(`${JSON.stringify(fleet, undefined, 2)}\n`);
    const isDone = Object.values(fleet).every(({ status }) => status === "deployed");
    process.exitCode = isDone && !isCancelled ? 0 : 1;
  } finally {
    await connection.close();
  }
}

function isFleet(input: unknown): input is FleetInput {
  if (typeof input !== "object" || input === null || !("members" in input)) return false;
  return Array.isArray(input.members) && input.members.every(isMember);
}

function isMember(member: unknown): boolean {
  if (typeof member !== "object" || member === null || !("options" in member)) return false;
  const { options } = member;
  return typeof options === "object" && options !== null && "name" in options;
}

/** Temporal stores the input in its history as plain text. */
function refuseSecrets({ members }: FleetInput): void {
  for (const { options } of members) {
    const key = SECRET.find((one) => one in options);
    if (key === undefined) continue;
    const advice = "set it on the workers, or encrypt the secrets in a settings file";
    throw new Error(
      `${options.name} can't have ${key}, because Temporal would store it; ${advice}`,
    );
  }
}

function wasCancelled(error: unknown): boolean {
  if (error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure) return true;
  throw error;
}

main(process.argv.slice(2), process.env).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
