import * as pulumi from "@pulumi/pulumi";
import { valueIfKnown } from "../shared/previewValues";
import {
  Failed,
  InvalidArgumentsError,
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
    private readonly name: string,
    private readonly outputChecks: OutputChecks,
    private readonly secrets: SecretTexts,
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

  /** Adds a required lookup, and returns its value. If the lookup fails, the value never resolves. */
  required<T>(found: LookedUp<T>): pulumi.Output<T> {
    this.check(
      valueIfKnown(found).then((value) => (Failed.isInstance(value) ? value.problems : [])),
    );
    return valueOrNever(found);
  }

  /** Opens the gate when all checks that were added until now have found no problem. */
  openAfterChecks(): void {
    this.settle(this.findProblems());
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

  private async findProblems(): Promise<void> {
    // The checks against AWS need valid arguments, so don't wait for them if there are problems already.
    const wrong = await this.outputChecks.collectProblems();
    const found = wrong.length > 0 ? wrong : (await Promise.all(this.checks)).flat();
    const problems = new Map(found.map((problem) => [problem.reason, problem]));
    if (problems.size === 0) return;
    throw new InvalidArgumentsError(
      this.name,
      await this.secrets.redactProblems([...problems.values()]),
    );
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
