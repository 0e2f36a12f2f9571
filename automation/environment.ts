import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Deployment, EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { EngineCommand } from "./engineCommand";
import { EventsLostError, RefusedError, UnhealthyError } from "./errors";
import { checkTimes, limited } from "./limits";
import type {
  CallOptions,
  ChangeOptions,
  ChangeResult,
  HealthOptions,
  HistoryEntry,
  OperationOptions,
  OperationResult,
  Outputs,
  UpOptions,
  UpResult,
} from "./operations";
import type { EnvironmentOptions } from "./options";
import { readOutputs } from "./outputs";
import { type ProgramFailure, ProgramHost } from "./programHost";
import { Progress, total, type OperationName } from "./progress";
import { Configurations } from "./healthySwitch/configurations";
import { prepareSwitch } from "./healthySwitch/prepare";
import { type AwaitedGroup, type Stage, SwitchRefusal } from "./healthySwitch/stages";
import { afterCrash } from "./recovery";
import { Redaction } from "./redaction";
import { settingsOf } from "./settings";
import {
  awaitHealth,
  groupsWithTooFewTargets,
  type HealthQuery,
  isHealthy,
  isStaying,
  readTargetHealth,
  type TargetHealth,
} from "./targetHealth";
import { unansweredCreations } from "./interrupted/unanswered";
import { takeOver } from "./interrupted/takeOver";
import { openStack, secretsOf } from "./workspace";
import {
  countResources,
  groupsWithTraffic,
  type InterruptedResource,
  interruptedResources,
  protectedLoadBalancers,
} from "./state";

/** The operations that first take over what an interrupted one left. */
const CHANGES: readonly OperationName[] = ["up", "destroy"];

/** The callbacks of one run of the engine. */
interface RunCallbacks {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onProgramFailure: (failure: ProgramFailure) => void;
}

/**
 * A Pulumi stack of this package's program, which you can preview, deploy, watch and destroy. It has one
 * load-balanced group. It is not an environment of Pulumi ESC.
 *
 * Any number of environments can be used at the same time in one process. Each has its own workspace folder.
 * Every method fails with an EnvironmentError, whose `kind` says what happened.
 */
export class Environment {
  private constructor(
    readonly name: string,
    private readonly stack: Stack,
    private readonly engine: EngineCommand,
    private readonly folder: string,
    private readonly redaction: Redaction,
    private readonly region: string,
    private readonly environmentVariables: Readonly<Record<string, string>>,
  ) {}

  /**
   * Checks the options as `open` does. It needs no backend, and with `configuration` no engine.
   *
   * @throws InvalidConfigurationError with all problems.
   */
  static async check(options: EnvironmentOptions): Promise<void> {
    await settingsOf(options, () => EngineCommand.find(options.name, options.engine));
  }

  /**
   * Opens an environment. If it is new, it is created in the backend. Nothing is deployed.
   *
   * @throws InvalidConfigurationError with all problems, EngineUnusableError, NotFoundError.
   */
  static async open(options: EnvironmentOptions, call: CallOptions = {}): Promise<Environment> {
    const { name, environmentVariables = {} } = options;
    const engine = await EngineCommand.find(name, options.engine);
    const settings = await settingsOf(options, () => Promise.resolve(engine));
    const redaction = new Redaction(secretsOf(options, settings));
    const folder = await mkdtemp(path.join(tmpdir(), "load-balanced-group-"));
    try {
      const context = { environment: name, operation: "open" as const, redaction };
      const stack = await limited(context, call, (signal) =>
        engine.withContext({ signal }, () => openStack(options, settings, engine, folder)),
      );
      const { region } = settings;
      return new Environment(name, stack, engine, folder, redaction, region, environmentVariables);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Shows what `up` would do. Changes nothing. */
  async preview(options: OperationOptions = {}): Promise<OperationResult> {
    const [result] = await this.run("preview", options, (run) =>
      this.withProgram(run, () => this.stack.preview(run)),
    );
    return result;
  }

  /** Deploys the configuration to AWS. */
  async up(options: UpOptions = {}): Promise<UpResult> {
    return this.change<UpResult>("up", options, async () => {
      const warnings = await this.prepareSwitch(options);
      const result = await this.deploy(options);
      return { ...result, warnings: [...warnings, ...result.warnings] };
    });
  }

  /** Updates the state with changes that were made outside of Pulumi. */
  async refresh(options: OperationOptions = {}): Promise<OperationResult> {
    const [result] = await this.run("refresh", options, (run) =>
      this.stack.refresh({ ...run, showSecrets: false }),
    );
    return result;
  }

  /**
   * Shows what was changed outside of Pulumi since the last `up` or `refresh`. Changes neither AWS
   * nor the state.
   */
  async drift(options: OperationOptions = {}): Promise<OperationResult> {
    const [result] = await this.run("drift", options, (run) => this.stack.previewRefresh(run));
    return result;
  }

  /**
   * The outputs of the last `up`.
   *
   * @throws NotFoundError if nothing is deployed.
   */
  async outputs(call: CallOptions = {}): Promise<Outputs> {
    return this.limited("outputs", call, () => this.readOutputs());
  }

  /** The health of the targets of all target groups that get requests, as AWS reports it now. */
  async targetHealth(call: CallOptions = {}): Promise<TargetHealth[]> {
    return this.limited("health", call, async (signal) =>
      readTargetHealth(await this.healthQuery(signal)),
    );
  }

  /**
   * Waits until each target group that gets requests has targets, and all of them are healthy.
   *
   * @throws UnhealthyError when that takes longer than `timeLimit`.
   */
  async waitUntilHealthy(options: HealthOptions): Promise<readonly TargetHealth[]> {
    const { timeLimit, interval, signal } = options;
    checkTimes(this.name, { timeLimit, interval });
    return this.limited("health", { signal }, async (end) =>
      this.awaitHealthy(await this.healthQuery(end), { timeLimit, interval }),
    );
  }

  /** The past operations, the newest first. */
  async history(call: CallOptions = {}): Promise<HistoryEntry[]> {
    return this.limited("history", call, async () => {
      const entries = await this.stack.history(undefined, undefined, false);
      return entries.map(({ version, kind, result, startTime, endTime, resourceChanges = {} }) => {
        return { version, kind, result, startTime, endTime, counts: resourceChanges };
      });
    });
  }

  /**
   * Releases the lock that a crashed update left.
   *
   * If the update still runs on a self-managed backend, it continues without its lock, and the state
   * may be lost. Check the LockedError's holders first.
   *
   * @returns the resources that were being created, changed or deleted when the update crashed. The next `up` or
   * `destroy` takes over those that are in AWS.
   */
  async cancel(call: CallOptions = {}): Promise<InterruptedResource[]> {
    return this.limited("cancel", call, async () => {
      await this.stack.cancel();
      return interruptedResources(await this.stack.exportStack());
    });
  }

  /**
   * Deletes all deployed resources. The environment and its history stay.
   *
   * @throws RefusedError if the load balancer is protected from deletion. AWS would keep it, and the
   * engine would already have deleted its listeners and target attachments.
   */
  async destroy(options: ChangeOptions = {}): Promise<ChangeResult> {
    return this.change<ChangeResult>("destroy", options, async () => {
      const [result] = await this.run("destroy", options, async (run) => {
        refuseProtected(this.name, await this.stack.exportStack());
        await this.stack.destroy({ ...run, showSecrets: false });
      });
      return result;
    });
  }

  /** Removes the environment and its history from the backend. Fails while resources are deployed. */
  async remove(call: CallOptions = {}): Promise<void> {
    await this.limited("remove", call, () => this.stack.workspace.removeStack(this.name));
  }

  /** Deletes the workspace folder. Deployed resources stay. */
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private change<T extends ChangeResult>(
    operation: OperationName,
    options: ChangeOptions,
    run: () => Promise<T>,
  ): Promise<T> {
    if (!options.afterCrash) return run();
    const { signal } = options;
    return afterCrash(
      run,
      () => this.cancel({ signal }),
      (wait) => this.limited(operation, options, wait),
    );
  }

  private async deploy(
    options: UpOptions,
    formerKeys: Stage["formerKeys"] = {},
  ): Promise<UpResult> {
    const [result, { outputs }] = await this.run("up", options, (run) =>
      this.withProgram(run, () => this.stack.up({ ...run, showSecrets: false }), formerKeys),
    );
    return { ...result, outputs: readOutputs(this.name, outputs) };
  }

  /** Lets the targets become healthy that will get requests. Returns warnings. */
  private async prepareSwitch(options: UpOptions): Promise<string[]> {
    const { switchWhenHealthy, signal } = options;
    if (switchWhenHealthy === undefined) return [];
    const { timeLimit, interval } = switchWhenHealthy;
    checkTimes(this.name, { timeLimit, interval });
    const steps = {
      preview: () => this.preview({ signal, timeLimit: options.timeLimit }),
      readConfigurations: () =>
        this.limited("up", { signal }, () => Configurations.read(this.stack, this.engine)),
      deploy: (formerKeys: Stage["formerKeys"]) =>
        this.deploy({ ...options, preview: undefined }, formerKeys),
      awaitHealth: (groups: readonly AwaitedGroup[]) =>
        this.limited("health", { signal }, (end) =>
          this.awaitGroups(groups, switchWhenHealthy, end),
        ),
    };
    try {
      return await prepareSwitch(steps);
    } catch (error) {
      if (!(error instanceof SwitchRefusal)) throw error;
      const { propertyPath, message } = error;
      const problems = [{ propertyPath, reason: this.redaction.clean(message) }];
      throw new RefusedError(this.name, "up", problems, error);
    }
  }

  private async awaitGroups(
    groups: readonly AwaitedGroup[],
    options: Pick<HealthOptions, "timeLimit" | "interval">,
    signal: AbortSignal,
  ): Promise<void> {
    const { targetGroupArns } = await this.readOutputs();
    const arnsOf = (keys: readonly (string | undefined)[]) =>
      Object.fromEntries(Object.entries(targetGroupArns).filter(([key]) => keys.includes(key)));
    const query = await this.healthQuery(signal);
    const former = await readTargetHealth({
      ...query,
      targetGroupArns: arnsOf(groups.map(({ asManyAs }) => asManyAs)),
    });
    const minimumTargets = Object.fromEntries(
      groups.map(({ key, asManyAs }) => {
        const targets = former.filter(({ targetGroup }) => targetGroup === asManyAs);
        return [key, Math.max(1, targets.filter(isStaying).length)];
      }),
    );
    await this.awaitHealthy(
      { ...query, targetGroupArns: arnsOf(groups.map(({ key }) => key)), minimumTargets },
      options,
      "Requests are still distributed as before. Repair these targets, or register the missing " +
        "ones, then run up with switchWhenHealthy again. " +
        "Or deploy the former configuration, which also removes target groups that were added.",
    );
  }

  private async awaitHealthy(
    query: HealthQuery,
    { timeLimit, interval }: Pick<HealthOptions, "timeLimit" | "interval">,
    advice?: string,
  ): Promise<readonly TargetHealth[]> {
    const targets = await awaitHealth(query, timeLimit, interval);
    const tooFew = groupsWithTooFewTargets(targets, query);
    if (tooFew.length === 0 && targets.every(isHealthy)) return targets;
    throw new UnhealthyError(this.name, targets, timeLimit, tooFew, advice);
  }

  private async run<T>(
    operation: OperationName,
    options: UpOptions,
    work: (run: RunCallbacks) => Promise<T>,
  ): Promise<[OperationResult, T]> {
    const begin = performance.now();
    const { name, redaction } = this;
    const { onProgress } = options;
    const progress = new Progress(name, operation, redaction.clean, onProgress);
    const programFailures: ProgramFailure[] = [];
    const context = { environment: name, operation, redaction, progress, programFailures };
    const done = await limited(context, options, (signal) =>
      this.engine.withContext({ signal }, async () => {
        if (CHANGES.includes(operation)) await takeOver(this.stack, this.engine);
        if (onProgress !== undefined) progress.expected = await this.expected(options);
        const running = work({
          onEvent: (event) => {
            progress.follow(event);
          },
          onProgramFailure: (failure) => programFailures.push(redaction.programFailure(failure)),
        });
        const result = await running.catch(async (error: unknown) => {
          await this.recordUnanswered(progress);
          throw error;
        });
        if (!progress.hasEnded) throw new EventsLostError(name, operation);
        return result;
      }),
    );
    const { counts, changes, warnings } = progress;
    const duration = performance.now() - begin;
    return [{ environment: name, operation, counts, changes, warnings, duration }, done];
  }

  /**
   * Takes over what AWS created in an operation that failed because AWS's answer did not arrive. It is not stopped,
   * because a cancelled operation may have lost answers, too.
   */
  private async recordUnanswered(progress: Progress): Promise<void> {
    if (progress.failedCreations.length === 0) return;
    try {
      await this.engine.withContext({ signal: undefined }, async () => {
        const unanswered = unansweredCreations(progress, await this.stack.exportStack());
        if (unanswered.length > 0) await takeOver(this.stack, this.engine, unanswered);
      });
    } catch {
      // The operation's own error says more, and AWS may still not answer.
    }
  }

  private async withProgram<T>(
    run: RunCallbacks,
    call: () => Promise<T>,
    formerKeys: Stage["formerKeys"] = {},
  ): Promise<T> {
    const host = await ProgramHost.start(run.onProgramFailure, formerKeys);
    try {
      return await this.engine.withContext({ port: host.port }, call);
    } finally {
      await host.stop();
    }
  }

  /** The number of resources for which the engine will send events. */
  private async expected({ preview }: UpOptions): Promise<number | undefined> {
    if (preview !== undefined) return total(preview.counts);
    return countResources(await this.stack.exportStack());
  }

  private async readOutputs(): Promise<Outputs> {
    return readOutputs(this.name, await this.stack.outputs());
  }

  private async healthQuery(signal: AbortSignal): Promise<HealthQuery> {
    const { region, environmentVariables } = this;
    const { targetGroupArns } = await this.readOutputs();
    const traffic = groupsWithTraffic(await this.stack.exportStack());
    const groups = Object.entries(targetGroupArns).filter(([, arn]) => traffic?.has(arn) ?? true);
    const config = Object.entries(await this.stack.getAllConfig());
    const provider = config.flatMap(([key, { value }]): [string, string][] =>
      key.startsWith("aws:") ? [[key.slice("aws:".length), value]] : [],
    );
    return {
      targetGroupArns: Object.fromEntries(groups),
      region,
      provider: Object.fromEntries(provider),
      variables: { ...process.env, ...environmentVariables },
      signal,
    };
  }

  private limited<T>(
    operation: OperationName,
    call: CallOptions,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const context = { environment: this.name, operation, redaction: this.redaction };
    return limited(context, call, (signal) =>
      this.engine.withContext({ signal }, () => work(signal)),
    );
  }
}

function refuseProtected(environment: string, state: Deployment): void {
  const names = protectedLoadBalancers(state);
  if (names.length === 0) return;
  const reason =
    `deletionProtection must be false before the environment is destroyed, but is true for ` +
    `${names.join(", ")}; set it to false, run up, then destroy`;
  const problems = [{ propertyPath: "deletionProtection", reason }];
  throw new RefusedError(environment, "destroy", problems, undefined);
}
