import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { valueIfKnownOrThrow, valueIfKnown } from "../shared/previewValues";
import { Failed, valueOrNever } from "./failed";
import { InvalidArgumentsError, type Problem } from "./problem";

/** What is known about the output that a value comes from. */
export interface OutputInfo {
  readonly isSecret: boolean;
  /** Whether it was known only after the checks, so that resources may already exist. */
  readonly isAfterChecks: boolean;
}

/**
 * Checks outputs among the arguments. Outputs that are known early enough are checked together with the plain
 * arguments, before any resource is created. An output of a resource that does not exist yet is checked later,
 * when it is known; only the resources that use it wait for it.
 */
export class OutputChecks {
  private readonly outputs: pulumi.Output<unknown>[] = [];
  private readonly problems: Problem[] = [];
  private readonly firstProblem: Promise<void>;
  private reportFirstProblem: () => void = () => undefined;
  private isCollected = false;
  private failure: { readonly error: unknown } | undefined;
  /** In an update problems are collected until the event loop's next turn. A preview waits for all known outputs. */
  private readonly deadline: Promise<void>;

  constructor(private readonly subject: string) {
    this.firstProblem = new Promise((resolve) => {
      this.reportFirstProblem = resolve;
    });
    this.deadline = pulumi.runtime.isDryRun() ? Promise.resolve() : this.endInNextTurn();
  }

  /** Checks a value when it is known. The returned output resolves only if there is no problem. */
  check<T>(
    value: pulumi.Input<T>,
    check: (known: pulumi.Unwrap<T>, about: OutputInfo) => Problem[] | Promise<Problem[]>,
  ): pulumi.Output<pulumi.Unwrap<T>> {
    const output = pulumi.output(value);
    const checked = output.apply(async (known) => {
      const isSecret = await pulumi.isSecret(output);
      const problems = await check(known, { isSecret, isAfterChecks: this.isCollected });
      if (problems.length === 0) return known;
      if (this.isCollected) throw new InvalidArgumentsError(this.subject, problems);
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
   * The problems of the outputs that are known early enough. Each problem found later fails on its own.
   *
   * @throws the error of an output that failed, if there are no problems.
   */
  async collectProblems(): Promise<readonly Problem[]> {
    await this.deadline;
    if (!this.isCollected) {
      // An output that depends on a wrong value never resolves, so don't wait for all after a problem.
      const afterProblem = this.firstProblem.then(() => setImmediate());
      await Promise.race([Promise.all(this.outputs.map(valueIfKnown)), afterProblem]);
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
