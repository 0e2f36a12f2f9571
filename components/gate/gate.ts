import * as pulumi from "@pulumi/pulumi";
import { valueIfKnown } from "../shared/previewValues";
import {
  Failed,
  refusal,
  valueOrNever,
  type OutputChecks,
  type LookedUp,
  type Problem,
} from "../checks";
import type { SecretTexts } from "./secrets";

/**
 * Holds back all that a group is made of until everything that can be checked has been checked and
 * everything that has to be looked up is known. Then all of it is made, or none.
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
    // Each resource that waits tells of it, or whoever awaits `passed`.
    this.result.catch(() => undefined);
  }

  /** Has each child of a component wait, and not the component itself. */
  holdBack(type: string): pulumi.ResourceTransformation {
    return (child) => {
      if (child.type === type) return undefined;
      const opts = pulumi.mergeOptions(child.opts, { dependsOn: this.waitUntilOpen() });
      return { props: child.props, opts };
    };
  }

  /** Something that may be found to be wrong, which never rejects. */
  check(problems: Promise<readonly Problem[]>): void {
    this.checks.push(problems);
  }

  /** A value without which something can't be made. Where it can't be looked up, nobody gets to use it. */
  required<T>(found: LookedUp<T>): pulumi.Output<T> {
    this.check(
      valueIfKnown(found).then((value) => (Failed.isInstance(value) ? value.problems : [])),
    );
    return valueOrNever(found);
  }

  /** Opens when all checks that were named until now have found nothing. */
  openAfterChecks(): void {
    this.settle(this.findProblems());
  }

  /**
   * Done when the gate opens.
   *
   * Whoever calls this reports the refusal. Else each resource that waits fails with it, of which
   * Pulumi reports the first alone.
   *
   * @throws Refusal with everything that is wrong.
   */
  passed(): Promise<void> {
    this.isAwaited = true;
    return this.result;
  }

  private async findProblems(): Promise<void> {
    // Of what is wrong in itself, AWS is not asked, so no answer is to be waited for.
    const wrong = await this.outputChecks.collectProblems();
    const found = wrong.length > 0 ? wrong : (await Promise.all(this.checks)).flat();
    const problems = new Map(found.map((problem) => [problem.reason, problem]));
    if (problems.size === 0) return;
    throw refusal(this.name, await this.secrets.redactProblems([...problems.values()]));
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
