import type * as pulumi from "@pulumi/pulumi";
import type { OutputChecks } from "./outputChecks";
import type { Edit, Problem, ProblemCode } from "./problem";
import { shortened, format } from "./format";

/** Where a value is in the arguments. Checks report their problems to it. */
export class ArgumentPath {
  constructor(
    readonly path: string,
    readonly problems: Problem[],
    private readonly outputs: OutputChecks,
    /** Whether the value comes from an output, and so perhaps from another resource. */
    readonly isFromOutput = false,
    private readonly isSecret = false,
  ) {}

  /** A property whose name the component decides. */
  key(key: string): ArgumentPath {
    const step = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    return this.withPath(shortened(this.path === "" ? key : this.path + step, MAX_PATH_LENGTH));
  }

  /** A property whose name the user decides: no message shows it if it is part of a secret. */
  userKey(key: string): ArgumentPath {
    return this.isSecret ? this.withPath(`${this.path}[secret]`) : this.key(key);
  }

  /** The same path, for a value that no message may show. */
  secret(): ArgumentPath {
    return new ArgumentPath(this.path, this.problems, this.outputs, this.isFromOutput, true);
  }

  index(index: number): ArgumentPath {
    return this.withPath(`${this.path}[${index}]`);
  }

  /** Reports what a value must be, the value, and the remedy. */
  report(code: ProblemCode, must: string, value: unknown, remedy: string, edit?: Edit): void {
    this.reportText(code, `${must}, got ${this.formatted(value)}; ${remedy}`, edit);
  }

  /** The value as a message may show it. */
  formatted(value: unknown): string {
    return this.isSecret ? "[secret]" : format(value);
  }

  /** The remedy to write this value instead. If the wrong value is secret, an example is shown instead. */
  rewrite(value: string, example: string): { remedy: string; edit?: Edit } {
    return this.isSecret
      ? { remedy: `write it in that form, ${example}` }
      : { remedy: `write "${value}"`, edit: { write: value } };
  }

  /** Reports a problem in any words. Values in them must be `formatted`, so that no secret is shown. */
  reportText(code: ProblemCode, problem: string, edit?: Edit): void {
    const subject = this.path === "" ? "the arguments" : this.path;
    this.problems.push({ code, propertyPath: this.path, reason: `${subject} ${problem}`, edit });
  }

  /** Reports a problem whose remedy is to remove the argument, or to rename it. */
  reportRemoval(code: ProblemCode, problem: string, rename?: string): void {
    this.reportText(code, problem, { remove: true, rename });
  }

  /** Checks the value of an output as soon as it is known. */
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
