import type * as pulumi from "@pulumi/pulumi";
import type { OutputChecks } from "./outputChecks";
import type { Edit, Problem, ProblemCode } from "./problem";
import { shortened, format } from "./format";

/** Where a value stands in the arguments, and what is known of it. */
export class ArgumentPath {
  constructor(
    readonly path: string,
    readonly problems: Problem[],
    private readonly outputs: OutputChecks,
    /** Whether the value came out of an output, and so may be another resource's. */
    readonly isFromOutput = false,
    private readonly isSecret = false,
  ) {}

  key(key: string): ArgumentPath {
    if (this.isSecret) return this.withPath(`${this.path}[secret]`);
    const step = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    return this.withPath(shortened(this.path === "" ? key : this.path + step, MAX_PATH_LENGTH));
  }

  /** The same place for a value that no message shows. */
  secret(): ArgumentPath {
    return new ArgumentPath(this.path, this.problems, this.outputs, this.isFromOutput, true);
  }

  index(index: number): ArgumentPath {
    return this.withPath(`${this.path}[${index}]`);
  }

  /** Reports what a value must be, what it is, and the remedy. */
  report(code: ProblemCode, must: string, value: unknown, remedy: string, edit?: Edit): void {
    this.reportText(code, `${must}, got ${this.formatted(value)}; ${remedy}`, edit);
  }

  /** A value as it may be shown in a message. */
  formatted(value: unknown): string {
    return this.isSecret ? "a secret value" : format(value);
  }

  /** Reports in words of one's own, in which values are `shown`. */
  reportText(code: ProblemCode, problem: string, edit?: Edit): void {
    const subject = this.path === "" ? "the arguments" : this.path;
    this.problems.push({ code, propertyPath: this.path, reason: `${subject} ${problem}`, edit });
  }

  /** Reports what is to be taken out, or to be written under the name that was meant. */
  reportRemoval(code: ProblemCode, problem: string, rename?: string): void {
    this.reportText(code, problem, { remove: true, rename });
  }

  /** Checks a value when it becomes known. */
  whenKnown<T>(value: pulumi.Input<T>, check: (value: unknown, at: ArgumentPath) => void) {
    return this.outputs.check(value, (known, { isSecret }) => {
      const problems: Problem[] = [];
      check(
        known,
        new ArgumentPath(this.path, problems, this.outputs, true, this.isSecret || isSecret),
      );
      return problems;
    });
  }

  private withPath(path: string): ArgumentPath {
    return new ArgumentPath(path, this.problems, this.outputs, this.isFromOutput, this.isSecret);
  }
}

const MAX_PATH_LENGTH = 200;
