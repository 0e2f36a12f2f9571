import { type Emulator, TargetStates } from "../emulator";
import type { Deployment } from "./deployment";
import { sendRequests, SteadyLoad, type Answer } from "./load";
import { shares, topology, transition } from "./drawings";

/** What the demonstration showed. */
export interface Result {
  readonly url: string;
  readonly resources: { readonly created: number };
  /** These three count the steady phase, before the outage. */
  readonly requests: number;
  readonly failed: number;
  readonly servers: Readonly<Record<string, number>>;
  readonly outage: Outage;
}

export interface Outage {
  readonly stopped: string;
  readonly unhealthyAfterSeconds: number;
  readonly failedBeforeDetection: number;
  readonly failedAfterDetection: number;
  readonly healthyAgainAfterSeconds: number;
}

const STEADY_REQUESTS = 600;
const PER_SECOND_IN_OUTAGE = 40;
/** Three seconds of the load: enough to meet every server many times. */
const MEANWHILE = 3 * PER_SECOND_IN_OUTAGE;

/** Deploys the stack, spreads traffic over its servers, and stops and starts one of them under load. */
export async function demonstrate(
  emulator: Emulator,
  deployment: Deployment,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<Result> {
  const startedAt = Date.now();
  const states = new TargetStates(emulator, (change) => {
    say(transition(change, startedAt));
  });
  const servers = [...emulator.servers.keys()];

  say("\nDeploying the stack `local`\n");
  const { created, listenerArn } = await deployment.up();
  await states.until(servers, "healthy", signal);
  const url = emulator.elb.listenerUrl(listenerArn);
  say(`\nWhat was made\n\n${topology(emulator, listenerArn)}\n`);

  say(`Sending ${STEADY_REQUESTS} requests to ${url}\n`);
  const steady = await sendRequests(url, STEADY_REQUESTS);
  say(`${shares(steady, emulator)}\n`);

  const outage = await demonstrateOutage(url, emulator, states, say, signal);
  return {
    url,
    resources: { created },
    requests: steady.length,
    failed: failuresIn(steady),
    servers: Object.fromEntries(servers.map((id) => [id, servedBy(id, steady)])),
    outage,
  };
}

async function demonstrateOutage(
  url: string,
  emulator: Emulator,
  states: TargetStates,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<Outage> {
  const [[stopped, server]] = emulator.servers;
  const load = new SteadyLoad(url, PER_SECOND_IN_OUTAGE);
  try {
    await load.further(MEANWHILE);
    say(`Stopping ${stopped} under load`);
    const stoppedAt = performance.now();
    await server.stop();
    await states.until([stopped], "unhealthy", signal);
    const detectedAt = performance.now();
    await load.further(MEANWHILE);

    say(`Starting ${stopped} again`);
    const restartedAt = performance.now();
    await server.start();
    await states.until([stopped], "healthy", signal);
    const healthyAt = performance.now();
    await load.further(MEANWHILE);
    await load.stop();

    const before = load.answers.filter(({ startedAt }) => startedAt < detectedAt);
    const after = load.answers.filter(({ startedAt }) => startedAt >= detectedAt);
    const back = after.filter(({ startedAt }) => startedAt >= healthyAt);
    const outage = {
      stopped,
      unhealthyAfterSeconds: seconds(stoppedAt, detectedAt),
      failedBeforeDetection: failuresIn(before),
      failedAfterDetection: failuresIn(after),
      healthyAgainAfterSeconds: seconds(restartedAt, healthyAt),
    };
    say(
      `\nTaken out after ${outage.unhealthyAfterSeconds} s; until then ${outage.failedBeforeDetection} of ` +
        `${before.length} requests failed, from then on ${outage.failedAfterDetection} of ${after.length}.\n` +
        `Back after ${outage.healthyAgainAfterSeconds} s; since then:\n\n${shares(back, emulator)}\n`,
    );
    return outage;
  } finally {
    await load.stop();
  }
}

const failuresIn = (answers: readonly Answer[]) =>
  answers.filter(({ instanceId }) => instanceId === undefined).length;

const servedBy = (id: string, answers: readonly Answer[]) =>
  answers.filter(({ instanceId }) => instanceId === id).length;

const seconds = (from: number, to: number) => Math.round((to - from) / 100) / 10;
