import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { valueIfKnownOrThrow, valueIfKnown } from "../shared/previewValues";
import { Failed, valueOrNever } from "./failed";
import { refusal, type Problem } from "./problem";

/** How a value came to be known. */
export interface OutputInfo {
  readonly isSecret: boolean;
  /** Whether something may have been made already. */
  readonly isAfterChecks: boolean;
}

/**
 * What is found out about outputs among the arguments. Those that are known in time are checked together
 * with all else, before anything is made. One that another resource has still to give is checked when it
 * comes, and holds back only what needs it.
 */
export class OutputChecks {
  private readonly outputs: pulumi.Output<unknown>[] = [];
  private readonly problems: Problem[] = [];
  private readonly firstProblem: Promise<void>;
  private reportFirstProblem: () => void = () => undefined;
  private isCollected = false;
  private failure: { readonly error: unknown } | undefined;
  /** An update takes what is known before the next turn; a preview waits for all that it can know. */
  private readonly deadline: Promise<void>;

  constructor(private readonly group: string) {
    this.firstProblem = new Promise((resolve) => {
      this.reportFirstProblem = resolve;
    });
    this.deadline = pulumi.runtime.isDryRun() ? Promise.resolve() : this.endInNextTurn();
  }

  /** Passes on a value when it is known and right. */
  check<T>(
    value: pulumi.Input<T>,
    check: (known: pulumi.Unwrap<T>, about: OutputInfo) => Problem[] | Promise<Problem[]>,
  ): pulumi.Output<pulumi.Unwrap<T>> {
    const output = pulumi.output(value);
    const checked = output.apply(async (known) => {
      const isSecret = await pulumi.isSecret(output);
      const problems = await check(known, { isSecret, isAfterChecks: this.isCollected });
      if (problems.length === 0) return known;
      if (this.isCollected) throw refusal(this.group, problems);
      this.problems.push(...problems);
      this.reportFirstProblem();
      return new Failed(problems);
    });
    this.outputs.push(checked);
    void valueIfKnownOrThrow(checked).catch((error: unknown) => {
      this.failure ??= { error };
    });
    return valueOrNever(checked);
  }

  /**
   * All that is wrong with the outputs that are known in time; what comes later is refused alone.
   *
   * @throws whatever one of the outputs failed with, as then its resource could not be made.
   */
  async collectProblems(): Promise<readonly Problem[]> {
    await this.deadline;
    if (!this.isCollected) {
      // What is checked together with a wrong value never comes to be known.
      const together = this.firstProblem.then(() => setImmediate());
      await Promise.race([Promise.all(this.outputs.map(valueIfKnown)), together]);
    }
    this.isCollected = true;
    if (this.failure !== undefined && this.problems.length === 0) throw this.failure.error;
    return this.problems;
  }

  private async endInNextTurn(): Promise<void> {
    await setImmediate();
    this.isCollected = true;
  }
}
