import { EventEmitter, once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  LocalWorkspace,
  PulumiCommand,
  type EngineEvent,
  type OutputMap,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { type Account, Emulator, type EmulatorOptions, sampleAccount } from "../../emulator";
import { endingAtFault, type EngineRun } from "../../demo/inlineProgram";
import { isolatedEnvironment } from "../../tools/isolation";
import { engine, ENGINE_TIMEOUT } from "./engine";
import { Inventory } from "./inventory";
import type { Entry } from "./journal";
import { resetEnvironment } from "./scratch";

/** What became of one run of the engine. */
export interface Run {
  /** What was done to which resource, in the order in which it ended: "create web-tg". */
  readonly steps: string[];
  /** The resources that were changed, each with the properties in which it differed. */
  readonly differences: Readonly<Record<string, string[]>>;
  readonly warnings: string[];
  readonly outputs: OutputMap;
  /** What was asked of Elastic Load Balancing meanwhile. */
  readonly calls: Entry[];
}

const PROJECT = "load-balanced-group";

/** The program that makes one group, and puts out what tests look at. */
export function groupOf(args: LoadBalancedGroupArgs, name = "web"): PulumiFn {
  return () => Promise.resolve(outputsOf(new LoadBalancedGroup(name, args)));
}

export function outputsOf({
  url,
  loadBalancerArn,
  targetGroupArn,
  listenerArns,
}: LoadBalancedGroup) {
  return { url, loadBalancerArn, targetGroupArn, listenerArns };
}

/** The ARNs that a program of `groupOf` put out. */
export function arnsIn({ loadBalancerArn, targetGroupArn, listenerArns }: OutputMap) {
  return {
    loadBalancer: String(loadBalancerArn.value),
    targetGroup: String(targetGroupArn.value),
    listeners: listenerArns.value as Record<string, string>,
  };
}

export const [FIRST, SECOND, THIRD] = sampleAccount().instances.map(({ instanceId }) => instanceId);
export const [CERTIFICATE, OTHER_CERTIFICATE] = sampleAccount().certificates.map(
  ({ certificateArn }) => certificateArn,
);

/** The arguments of AWS's tutorial "Create an Application Load Balancer", in the emulator's sample account. */
export const TUTORIAL: LoadBalancedGroupArgs = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  instanceIds: [FIRST, SECOND, THIRD],
};

/** An emulator and one stack on it, whose program may be another one at each run. */
export class Stage {
  private constructor(
    readonly emulator: Emulator,
    readonly account: Account,
    readonly stack: Stack,
    private readonly inventory: Inventory,
    private readonly changes: EventEmitter,
    private readonly newStack: (name: string) => Promise<Stack>,
    private readonly leave: () => Promise<void>,
  ) {}

  /** One stage for all tests of a suite. */
  static forSuite(options: EmulatorOptions = {}, find = engine): () => Stage {
    let stage: Stage | undefined;
    before(async function () {
      this.timeout(ENGINE_TIMEOUT);
      stage = await Stage.open(options, find);
    });
    after(async () => {
      await stage?.leave();
    });
    return () => {
      if (stage === undefined) throw new Error("the stage is open in tests only");
      return stage;
    };
  }

  static async open(options: EmulatorOptions = {}, find = engine): Promise<Stage> {
    const environment = { ...process.env };
    const { root } = await find();
    const folder = await mkdtemp(path.join(tmpdir(), "load balanced group "));
    const account = options.account ?? sampleAccount();
    const emulator = await Emulator.start({ ...options, account });
    const inventory = new Inventory(emulator, account);
    const leave = async () => {
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
      resetEnvironment(environment);
    };
    try {
      const pulumiCommand = await PulumiCommand.get({ root });
      const newStack = (stackName: string) =>
        LocalWorkspace.createOrSelectStack(
          { stackName, projectName: PROJECT, program: groupOf(TUTORIAL) },
          {
            workDir: folder,
            pulumiCommand,
            envVars: { ...isolatedEnvironment(folder), ...emulator.environment },
            stackSettings: { [stackName]: { config: { "aws:region": account.region } } },
          },
        );
      const stack = await newStack("test");
      const changes = new EventEmitter();
      emulator.elb.onTargetTransition(() => changes.emit("change"));
      return new Stage(emulator, account, stack, inventory, changes, newStack, leave);
    } catch (error) {
      await leave();
      throw error;
    }
  }

  /** Another stack of the same project, in the same account. It may exist already. */
  async withStack(name: string): Promise<Stage> {
    const { emulator, account, inventory, changes, newStack } = this;
    const stack = await newStack(name);
    return new Stage(emulator, account, stack, inventory, changes, newStack, () =>
      Promise.resolve(),
    );
  }

  up(program: PulumiFn): Promise<Run> {
    return this.run(async (options) => (await this.stack.up({ program, ...options })).outputs);
  }

  preview(program: PulumiFn, { expectNoChanges = false } = {}): Promise<Run> {
    return this.run((options) => this.stack.preview({ program, expectNoChanges, ...options }));
  }

  refresh(): Promise<Run> {
    return this.run((options) => this.stack.refresh({ expectNoChanges: true, ...options }));
  }

  previewDestroy(): Promise<Run> {
    return this.run((options) => this.stack.previewDestroy(options));
  }

  destroy(): Promise<Run> {
    return this.run((options) => this.stack.destroy(options));
  }

  /** Stops the emulator; for a stage that is not a suite's. */
  close(): Promise<void> {
    return this.leave();
  }

  /** The stack's state as it is kept. */
  savedState(): Promise<string> {
    const { envVars } = this.stack.workspace;
    const backend = fileURLToPath(envVars.PULUMI_BACKEND_URL);
    const { name } = this.stack;
    return readFile(path.join(backend, ".pulumi/stacks", PROJECT, `${name}.json`), "utf8");
  }

  /** All that exists in the account and was not there at first. */
  get existing(): string[] {
    return this.inventory.existing;
  }

  /** The targets that are registered with a group, as `id:port`, sorted. */
  registered(targetGroupArn: string): string[] {
    return this.inventory.registered(targetGroupArn);
  }

  /** What the group's listeners answer, each on its own port of this machine. */
  urlOf({ outputs }: Pick<Run, "outputs">, listener = "http"): string {
    return this.emulator.elb.listenerUrl(arnsIn(outputs).listeners[listener]);
  }

  /** Resolves when all targets of the group are healthy or not checked; rejects when that takes a minute. */
  async healthy(targetGroupArn: string): Promise<void> {
    const signal = AbortSignal.timeout(60_000);
    const sick = () =>
      this.emulator.elb
        .describeTargetHealth(targetGroupArn)
        .some(({ state }) => !["healthy", "unavailable", "draining"].includes(state));
    while (sick()) await once(this.changes, "change", { signal });
  }

  private async run(start: (options: EngineRun) => Promise<unknown>): Promise<Run> {
    const from = this.inventory.journal.entries.length;
    const events: EngineEvent[] = [];
    const outputs = await endingAtFault(start, (event) => events.push(event));
    return {
      steps: events.flatMap(stepOf),
      differences: Object.fromEntries(events.flatMap(differenceOf)),
      warnings: events.flatMap(warningOf),
      outputs: outputs as OutputMap,
      calls: this.inventory.journal.entries.slice(from),
    };
  }
}

function stepOf({ resOutputsEvent }: EngineEvent): string[] {
  if (resOutputsEvent === undefined) return [];
  const { op, urn, type } = resOutputsEvent.metadata;
  // The stack itself and the provider come and go with the rest.
  const isOurs = !type.startsWith("pulumi:") && op !== "same" && op !== "refresh";
  return isOurs ? [`${op} ${nameOf(urn)}`] : [];
}

function differenceOf({ resourcePreEvent }: EngineEvent): [string, string[]][] {
  if (resourcePreEvent === undefined) return [];
  const { urn, detailedDiff } = resourcePreEvent.metadata;
  // The engine sends null where there is none.
  const paths = Object.keys((detailedDiff as object | null | undefined) ?? {});
  return paths.length === 0 ? [] : [[nameOf(urn), paths]];
}

function warningOf({ diagnosticEvent }: EngineEvent): string[] {
  return diagnosticEvent?.severity === "warning" ? [diagnosticEvent.message.trim()] : [];
}

const nameOf = (urn: string) => urn.split("::").slice(3).join("::");
