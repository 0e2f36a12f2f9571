import { Context } from "@temporalio/activity";
import { Environment, type InterruptedResource } from "load-balanced-group/automation";
import { failureOf } from "./failure";
import type { Deployed, Options } from "./fleet";
import { Heartbeat } from "./heartbeat";

/** Deploys one environment. */
export function deploy(options: Options): Promise<Deployed> {
  return working(options, async (environment, signal, heartbeat) => {
    const { counts, outputs, interrupted } = await environment.up({
      signal,
      onProgress: ({ done, expected }) => {
        heartbeat.setProgress(done, expected);
      },
      // If an attempt of this deployment crashed here, its lock may be released. Other locks may not.
      afterCrash: heartbeat.afterCrash,
    });
    return {
      url: outputs.url,
      counts,
      interrupted: interrupted?.length ? interrupted.map(described) : undefined,
    };
  });
}

const described = ({ operation, name, physicalName = "" }: InterruptedResource) =>
  `${operation} ${name} ${physicalName}`.trim();

/** Waits until all targets of an environment are healthy. */
export function waitForHealth(options: Options, timeLimit: number): Promise<void> {
  return working({ ...options, mustExist: true }, async (environment, signal) => {
    await environment.waitUntilHealthy({ timeLimit, signal });
  });
}

type Work<T> = (environment: Environment, signal: AbortSignal, heartbeat: Heartbeat) => Promise<T>;

/** Does the work with an open environment, and sends heartbeats to Temporal meanwhile. */
async function working<T>(options: Options, work: Work<T>): Promise<T> {
  const context = Context.current();
  const heartbeat = new Heartbeat(context);
  const signal = context.cancellationSignal;
  try {
    const environmentVariables = variablesIn(process.env);
    const environment = await Environment.open({ ...options, environmentVariables }, { signal });
    try {
      return await work(environment, signal, heartbeat);
    } finally {
      await environment.close();
    }
  } catch (error) {
    throw await failureOf(error, context);
  } finally {
    heartbeat.end();
  }
}

/** Passed explicitly, so that their secret values are removed from messages, which Temporal stores in its history. */
function variablesIn(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value !== undefined && /^(AWS|PULUMI)_/.test(name) ? [[name, value]] : [],
    ),
  );
}
