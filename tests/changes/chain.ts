import * as pulumi from "@pulumi/pulumi";
import { SteadyLoad, type Answer } from "../../demo/load";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { arnsIn, groupOf, Stage, type Run } from "../support/stage";
import { accountForChanges } from "./account";
import { awsState, differences } from "./awsState";
import { argsOf, kindsOf, type Chain, type Step } from "./generator";
import { expectedState, observedState } from "./expectation";

/** A rule that a step broke, and how. */
export interface Violation {
  readonly rule: Rule;
  readonly details: string[];
}

export type Rule =
  | "what the arguments say is there, registered and attached"
  | "a change ends as a new deployment does"
  | "a second update changes nothing"
  | "refresh finds no drift"
  | "no request fails that AWS could have served"
  | "an update that fails has changed nothing"
  | "destroy leaves nothing";

/** What became of one step of a chain. */
export interface StepResult {
  /** The arguments that were changed; none for the first step. */
  readonly kinds: readonly string[];
  /** Whether it was refused before anything was changed. */
  readonly refusal?: string;
  readonly requests: number;
  readonly failed: number;
  readonly violations: readonly Violation[];
}

/** The engine, an emulator and a stack, on which chains run one after the other. */
export class Rehearsal {
  private constructor(private readonly stage: Stage) {}

  static async open(): Promise<Rehearsal> {
    return new Rehearsal(await Stage.open({ account: accountForChanges(), ports: [80, 8080] }));
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  /** Deploys each set of arguments after the other, up to the first that breaks a rule. */
  async run(chain: Chain): Promise<StepResult[]> {
    const results: StepResult[] = [];
    const seen = new Map<string, unknown>();
    let current: { step: Step; run: Run } | undefined;
    try {
      for (const step of chain) {
        const { run, ...result } = await this.change(current, step);
        results.push(result);
        if (run === undefined) {
          if (result.violations.length > 0 || current === undefined) break;
          continue;
        }
        current = { step, run };
        // The same arguments end in the same state, whatever was before: here the first and the last step.
        const key = JSON.stringify(step.values);
        const state = seen.get(key);
        const violations: Violation[] = [...result.violations];
        const after = awsState(this.stage);
        if (state === undefined) seen.set(key, after);
        else
          violations.push(
            ...violation("a change ends as a new deployment does", differences(state, after)),
          );
        results[results.length - 1] = { ...result, violations };
        if (violations.length > 0) break;
      }
      const left = await this.clear(current?.step);
      const last = results.length - 1;
      if (results[last].violations.length === 0) {
        results[last] = { ...results[last], violations: violation("destroy leaves nothing", left) };
      }
      return await this.compareWithNew(chain, results, seen);
    } catch (error) {
      await this.stage.close();
      throw error;
    }
  }

  /** Deploys the sets that came about by a change anew, and compares what is in AWS then. */
  private async compareWithNew(
    chain: Chain,
    results: StepResult[],
    seen: ReadonlyMap<string, unknown>,
  ): Promise<StepResult[]> {
    const compared = [...results];
    if (results.some(({ violations }) => violations.length > 0)) return compared;
    for (const [index, step] of chain.entries()) {
      const found = seen.get(JSON.stringify(step.values));
      const isRepeated = JSON.stringify(chain[0].values) === JSON.stringify(step.values);
      if (index === 0 || isRepeated || found === undefined) continue;
      await this.stage.up(program(step));
      const wanted = awsState(this.stage);
      await this.clear(step);
      const violations = violation(
        "a change ends as a new deployment does",
        differences(wanted, found),
      );
      compared[index] = { ...compared[index], violations };
      if (violations.length > 0) return compared;
    }
    return compared;
  }

  private async change(
    current: { step: Step; run: Run } | undefined,
    step: Step,
  ): Promise<StepResult & { run?: Run }> {
    const { stage } = this;
    const kinds = current === undefined ? [] : kindsOf(current.step.values, step.values);
    const before = JSON.stringify(awsState(stage));
    const calls = stage.emulator.calls.length;
    const load = current && (await steadyLoad(stage, current.run));
    let run: Run;
    try {
      // Pulumi refuses to replace a load balancer that is protected. `pulumi up` shows that at its preview.
      if (isProtected(current?.step) && isProtected(step)) await stage.preview(program(step));
      run = await stage.up(program(step));
    } catch (error) {
      await load?.stop();
      const made = stage.emulator.calls
        .slice(calls)
        .map(({ call }) => call)
        .filter((call) => !/^(Describe|Get|Head|List)/.test(call));
      const message = reasonOf(error);
      const isUnchanged = made.length === 0 && JSON.stringify(awsState(stage)) === before;
      const details = [message, `calls: ${made.join(", ")}`];
      const isPlain = !/operation error|TypeError|at Object\./.test(message);
      const violations =
        isUnchanged && isPlain
          ? []
          : [{ rule: "an update that fails has changed nothing" as const, details }];
      return { kinds, refusal: message, requests: 0, failed: 0, violations };
    }
    const answers = load === undefined ? [] : await load.stopAfter(run);
    const failures = answers.flatMap(({ failure }) => failure ?? []);
    const failed = failures.length;
    const violations: Violation[] = [];
    const args = argsOf(step.values);
    violations.push(
      ...violation(
        "what the arguments say is there, registered and attached",
        differences(expectedState(args), observedState(stage)),
      ),
    );
    if (failed > 0) {
      violations.push({
        rule: "no request fails that AWS could have served",
        details: [
          `${failed} of ${answers.length} failed: ${[...new Set(failures)].join(", ")}`,
          ...run.steps,
        ],
      });
    }
    violations.push(...(await this.quiet(step)));
    return { kinds, run, requests: answers.length, failed, violations };
  }

  /** Whether a second update and a refresh find nothing to do. */
  private async quiet(step: Step): Promise<Violation[]> {
    const again = await attempt(() => this.stage.preview(program(step), { expectNoChanges: true }));
    const drift = await attempt(() => this.stage.refresh());
    return [
      ...violation("a second update changes nothing", again),
      ...violation("refresh finds no drift", drift),
    ];
  }

  /** Destroys what is deployed; returns what is left of it. */
  private async clear(step: Step | undefined): Promise<string[]> {
    const { stage } = this;
    if (step !== undefined && isProtected(step)) {
      await stage.up(program({ ...step, values: { ...step.values, deletionProtection: false } }));
    }
    await stage.destroy();
    return stage.existing;
  }
}

const isProtected = (step: Step | undefined) => step?.values.deletionProtection === true;

function violation(rule: Rule, details: string[]): Violation[] {
  return details.length === 0 ? [] : [{ rule, details }];
}

async function attempt(ask: () => Promise<Run>): Promise<string[]> {
  try {
    await ask();
    return [];
  } catch (error) {
    return [reasonOf(error)];
  }
}

/** What an engine that failed wrote of errors and changes, without all that is as it should be. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const diagnostics = /Diagnostics:\n([^]*?)(?:\nOutputs:|\nResources:|$)/.exec(text)?.[1];
  const changes = text
    .split("\n")
    .filter((line) => /^error:|\[diff: |^ (\+|-|~ .* update) /.test(line));
  return (diagnostics ?? (changes.length > 0 ? changes.join("\n") : text)).slice(0, 3000);
}

export function program({ values, asOutputs }: Step) {
  return () => {
    const args = argsOf(values);
    return groupOf(asOutputs ? withOutputs(args) : args)();
  };
}

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

/** The same arguments, with outputs wherever AWS's ids and ARNs may be outputs. */
function withOutputs(args: LoadBalancedGroupArgs): LoadBalancedGroupArgs {
  const each = <T, R>(values: Record<string, T> | undefined, map: (value: T) => R) =>
    values && Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
  const { targets, autoScalingGroupNames, additionalCertificateArns, certificateArn } = args;
  const made: LoadBalancedGroupArgs = {
    ...args,
    targets: each(targets, (target) => ({ ...target, id: later(target.id) })),
    autoScalingGroupNames: each(autoScalingGroupNames, later),
    additionalCertificateArns: each(additionalCertificateArns, later),
    certificateArn: certificateArn && later(certificateArn),
    webAclArn: args.webAclArn && later(args.webAclArn),
    securityGroupIds: args.securityGroupIds && later(args.securityGroupIds),
  };
  return Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined));
}

const PROBES = 12;
const PER_SECOND = 50;

/** Requests while an update runs, where the group serves before it. */
async function steadyLoad(stage: Stage, before: Run) {
  const url = urlIn(stage, before);
  if (url === undefined || !(await serves(url))) return undefined;
  const load = new SteadyLoad(url, PER_SECOND, { rejectUnauthorized: false });
  return {
    stop: () => load.stop(),
    /** What became of the requests; none if the url is another one now or does not serve after the update. */
    async stopAfter(after: Run): Promise<Answer[]> {
      await load.further(5);
      await load.stop();
      // Clients may know the address of a load balancer that is replaced for a while, which nobody can help.
      const isSame = ["url", "loadBalancerArn"].every(
        (output) => after.outputs[output].value === before.outputs[output].value,
      );
      const isAsked = urlIn(stage, after) === url;
      return isSame && isAsked && (await serves(url)) ? load.answers : [];
    },
  };
}

function urlIn(stage: Stage, { outputs }: Run): string | undefined {
  const { listeners } = arnsIn(outputs);
  const listener = Object.hasOwn(listeners, "https") ? "https" : "http";
  return stage.urlOf({ outputs }, listener);
}

async function serves(url: string): Promise<boolean> {
  const load = new SteadyLoad(url, 200, { rejectUnauthorized: false });
  await load.further(PROBES);
  await load.stop();
  return load.answers.every(({ instanceId }) => instanceId !== undefined);
}
