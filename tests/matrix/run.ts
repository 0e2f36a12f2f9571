import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { accountForChanges } from "../changes/account";
import { groupsOf, registrationsOf } from "../changes/expectation";
import { groupOf, Stage, type Run } from "../support/stage";
import type { Change, Deployed, Loss, Sequence } from "./sequence";
import { Traffic, type Sent } from "./traffic";

/** What became of one change. */
export interface Result {
  readonly sequence: string;
  readonly change: string;
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly requests: number;
  readonly perSecond: number;
  readonly failed: number;
  readonly misrouted: number;
  readonly loss: Loss | undefined;
  /** What is not as it should be. */
  readonly problems: readonly string[];
}

export interface Settings {
  readonly perSecond: number;
  /** How many changes are made. Defaults to all. */
  readonly first?: number;
  /** Breaks resources of the group. */
  readonly sabotage?: pulumi.ResourceTransformation;
  readonly onResult?: (result: Result) => void;
}

/** Requests of each kind that are answered before a change begins, and after it ended. */
const MARGIN = 10;

/**
 * How many milliseconds calls take. What is made takes longer than what is changed, so requests meet a change
 * that does not wait for what it needs.
 */
const LATENCIES: Readonly<Record<string, number>> = {
  CreateListener: 400,
  CreateRule: 400,
  RegisterTargets: 400,
  AttachLoadBalancerTargetGroups: 400,
  ModifyListener: 40,
  ModifyRule: 40,
  DeregisterTargets: 40,
  DeleteListener: 40,
  DeleteRule: 40,
};

/** Makes one change after the other while requests arrive. */
export async function runSequence(
  { name, plan }: Sequence,
  { perSecond, first, sabotage, onResult }: Settings,
): Promise<Result[]> {
  const stage = await Stage.open({ account: accountForChanges(), ports: [80, 8080, 443] });
  try {
    for (const [call, milliseconds] of Object.entries(LATENCIES)) {
      const fault = { kind: "latency", milliseconds } as const;
      stage.emulator.faults.add({ call, times: Infinity, fault });
    }
    const { start, changes } = await plan(stage);
    const programOf = ({ args, program = groupOf(args) }: Deployed): PulumiFn => {
      if (sabotage === undefined) return program;
      return () => {
        pulumi.runtime.registerStackTransformation(sabotage);
        return program();
      };
    };
    if (start.isThere !== true) await stage.up(programOf(start));
    const results: Result[] = [];
    let current: Deployed = start;
    for (const change of changes.slice(0, first)) {
      const result = await make(stage, current, change, { program: programOf(change), perSecond });
      results.push({ sequence: name, change: change.change, ...result });
      onResult?.(results[results.length - 1]);
      current = change;
    }
    return results;
  } finally {
    await stage.close();
  }
}

async function make(
  stage: Stage,
  before: Deployed,
  after: Change,
  { program, perSecond }: { program: PulumiFn; perSecond: number },
): Promise<Omit<Result, "sequence" | "change">> {
  const { loss, run = (on: Stage) => on.up(program) } = after;
  await allHealthy(stage);
  const preview = loss && (await stage.preview(program));
  const listeners = listenersOf(stage);
  const clients = after.clients ?? ("https" in listeners ? "https" : "http");
  const paths = new Set(["/", ...Object.keys({ ...before.routes, ...after.routes })]);
  const traffic = new Traffic(listeners[clients], [...paths], perSecond);
  try {
    await traffic.further(MARGIN);
    const from = performance.now();
    const { steps: all } = await run(stage, program);
    const to = performance.now();
    await traffic.further(MARGIN);
    const { sent, perSecond: rate } = await traffic.stop();
    const steps = summaryOf(all);
    const failures = sent.flatMap(({ failure }) => failure ?? []);
    const misrouted = misroutedOf(sent, before, after, { from, to });
    return {
      created: countOf(steps, /^(create|import) /),
      updated: countOf(steps, /^update /),
      replaced: countOf(steps, /^replace /),
      deleted: countOf(steps, /^delete /),
      requests: sent.length,
      perSecond: rate,
      failed: failures.length,
      misrouted: misrouted.length,
      loss,
      problems: [
        ...difference(steps, after.steps),
        ...(loss === undefined ? lost(failures, misrouted) : notShown(loss, preview)),
      ],
    };
  } finally {
    await traffic.stop();
  }
}

/** The requests that were served by a target to which neither the former nor the new arguments send them. */
function misroutedOf(
  sent: readonly Sent[],
  before: Deployed,
  after: Change,
  { from, to }: { readonly from: number; readonly to: number },
): Sent[] {
  const { between } = after;
  const meanwhile = [before, after, ...(between === undefined ? [] : [between])];
  const statesAt = ({ startedAt, endedAt }: Sent) =>
    endedAt < from ? [before] : startedAt > to ? [after] : meanwhile;
  return sent.filter((one) => {
    const mayServe = statesAt(one).flatMap((state) => serversOf(state, one.path));
    return one.failure === undefined && !mayServe.includes(serverOf(one));
  });
}

function lost(failures: readonly string[], misrouted: readonly Sent[]): string[] {
  const reasons = [...new Set(failures)].join(", ");
  return [
    ...(failures.length === 0 ? [] : [`${failures.length} requests failed: ${reasons}`]),
    ...new Set(misrouted.map((one) => `${one.path} was served by ${serverOf(one)}`)),
  ];
}

function notShown({ shown }: Loss, preview: Run | undefined): string[] {
  const lines = [...(preview?.warnings ?? []), ...summaryOf(preview?.steps ?? [])];
  return lines.some((line) => shown.test(line))
    ? []
    : [`the preview does not show ${shown.source}: ${lines.join("; ")}`];
}

/** What was done, each once and sorted. A replacement is one step. */
function summaryOf(steps: readonly string[]): string[] {
  const whole = steps.filter((step) => !/^(create-replacement|delete-replaced) /.test(step));
  return [...new Set(whole)].sort();
}

const countOf = (steps: readonly string[], which: RegExp) =>
  steps.filter((step) => which.test(step)).length;

function difference(found: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...found.filter((step) => !wanted.includes(step)).map((step) => `needless: ${step}`),
    ...wanted.filter((step) => !found.includes(step)).map((step) => `not done: ${step}`),
  ];
}

async function allHealthy(stage: Stage): Promise<void> {
  const groups = stage.existing.filter((arn) => arn.includes(":targetgroup/"));
  await Promise.all(groups.map((arn) => stage.healthy(arn)));
}

/** The URLs of the listeners, each on a port of this machine. */
function listenersOf({ existing, emulator: { elb } }: Stage): Record<string, string> {
  const found = existing
    .filter((arn) => arn.includes(":listener/"))
    .map((arn) => elb.describeListener(arn))
    // The group's own listeners have the lowest ports.
    .sort((one, other) => other.port - one.port);
  return Object.fromEntries(
    found.map(({ protocol, listenerArn }) => [
      protocol.toLowerCase(),
      elb.listenerUrl(listenerArn),
    ]),
  );
}

const serverOf = ({ instanceId, instancePort }: Sent) => `${instanceId}:${instancePort}`;

/** The targets that may serve a path, by the arguments' docs alone. Addresses are those of instances. */
function serversOf({ args, routes = {} }: Deployed, path: string): string[] {
  const weights = Object.entries(args.forward?.weights ?? { default: 1 });
  const keys = routes[path] ?? weights.filter(([, weight]) => weight !== 0).map(([key]) => key);
  return groupsOf(args)
    .filter(([key]) => keys.includes(key))
    .flatMap(([, group]) => registrationsOf(group))
    .map((server) => {
      const known = accountForChanges().instances.find(({ privateIpAddress }) =>
        server.startsWith(`${privateIpAddress}:`),
      );
      return known === undefined
        ? server
        : server.replace(known.privateIpAddress, known.instanceId);
    });
}
