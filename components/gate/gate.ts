import * as pulumi from "@pulumi/pulumi";
import { valueIfKnown } from "../shared/previewValues";
import {
  Failed,
  InvalidArgumentsError,
  legible,
  valueOrNever,
  type OutputChecks,
  type LookedUp,
  type Problem,
} from "../checks";
import type { SecretTexts } from "./secretTexts";

/**
 * All resources of a group wait for the gate. It opens when all checks have passed and all required lookups
 * have succeeded. So either all resources are created, or none.
 */
export class Gate {
  private readonly checks: Promise<readonly Problem[]>[] = [];
  private readonly result: Promise<void>;
  private settle: (verdict: Promise<void>) => void = () => undefined;
  private isAwaited = false;

  constructor(
    private readonly subject: string,
    private readonly outputChecks: OutputChecks,
    private readonly secrets: SecretTexts,
    /** Whether resources that the group depends on may not exist yet, so that a preview can't find them. */
    private readonly someAreToCome: Promise<boolean> = Promise.resolve(false),
  ) {
    this.result = new Promise((resolve) => {
      this.settle = resolve;
    });
    // The resources that wait report the error, or the caller of `passed`.
    this.result.catch(() => undefined);
  }

  /** A transformation that makes the children of a component of this type wait, but not the component. */
  holdBack(type: string): pulumi.ResourceTransformation {
    return (child) => {
      if (child.type === type) return undefined;
      const opts = pulumi.mergeOptions(child.opts, { dependsOn: this.waitUntilOpen() });
      return { props: child.props, opts };
    };
  }

  /** Adds a check. The promise of its problems never rejects. */
  check(problems: Promise<readonly Problem[]>): void {
    this.checks.push(problems);
  }

  /**
   * Adds a required lookup, and returns its value. If the lookup fails, the value never resolves, or is unknown if
   * other resources are to come.
   */
  required<T>(found: LookedUp<T>): pulumi.Output<T> {
    this.check(
      valueIfKnown(found).then((value) => (Failed.isInstance(value) ? value.problems : [])),
    );
    return valueOrNever(found, this.someAreToCome);
  }

  /** Opens the gate when all checks that were added until now have found no problem. */
  openAfterChecks(parent: pulumi.Resource): void {
    GATES.set(parent, this);
    this.settle(this.findProblems(parent));
  }

  /**
   * Resolves when the gate opens.
   *
   * The caller must report the error. Without a caller, the resources that wait fail with the error, and
   * Pulumi reports the first of them.
   *
   * @throws InvalidArgumentsError with all problems.
   */
  passed(): Promise<void> {
    this.isAwaited = true;
    return this.result;
  }

  private async findProblems(parent: pulumi.Resource): Promise<void> {
    // The checks against AWS need valid arguments, so don't wait for them if there are problems already.
    const wrong = await this.outputChecks.collectProblems();
    const inAws = wrong.length > 0 ? [] : (await Promise.all(this.checks)).flat();
    const mayChange = inAws.length > 0 && (await this.someAreToCome);
    const found = mayChange ? inAws.filter(({ code }) => code === "lookup") : [...wrong, ...inAws];
    const problems = new Map(found.map((problem) => [problem.reason, problem]));
    if (problems.size > 0) {
      throw new InvalidArgumentsError(
        this.subject,
        await this.secrets.redactProblems([...problems.values()]),
      );
    }
    if (mayChange) await this.warnOf(inAws, parent);
  }

  private async warnOf(problems: readonly Problem[], parent: pulumi.Resource): Promise<void> {
    for (const { reason } of await this.secrets.redactProblems([...problems])) {
      const warning = `${legible(reason)}; the update checks this again, after it has changed the resources in dependsOn`;
      await pulumi.log.warn(warning, parent);
    }
  }

  private async waitUntilOpen(): Promise<pulumi.Resource[]> {
    try {
      await this.result;
    } catch (error) {
      if (this.isAwaited) return new Promise(() => undefined);
      throw error;
    }
    return [];
  }
}

const GATES = new WeakMap<pulumi.Resource, Gate>();

/**
 * Resolves when all checks of a component have passed and its resources are about to be created.
 *
 * @throws pulumi.InputPropertiesError with all problems, which then are reported nowhere else.
 */
export function checksPassed(component: pulumi.Resource): Promise<void> {
  return GATES.get(component)?.passed() ?? Promise.resolve();
}
