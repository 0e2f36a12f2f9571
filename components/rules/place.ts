import * as pulumi from "@pulumi/pulumi";
import { refusal, type Problem } from "./problem";
import { show } from "./shown";

/** Where a value stands in the arguments, and what is known of it. */
export class Place {
  constructor(
    readonly group: string,
    readonly path: string,
    readonly problems: Problem[],
    /** Whether the value came out of an output, and so may be another resource's. */
    readonly resolved = false,
    private readonly secret = false,
  ) {}

  key(key: string): Place {
    const step = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    return this.to(this.path === "" ? key : this.path + step);
  }

  index(index: number): Place {
    return this.to(`${this.path}[${index}]`);
  }

  report(must: string, value: unknown, remedy: string): void {
    this.state(`${must}, got ${this.shown(value)}; ${remedy}`);
  }

  /** A value as it may be shown in a message. */
  shown(value: unknown): string {
    return this.secret ? "a secret value" : show(value);
  }

  /** Reports in words of one's own, in which values are `shown`. */
  state(problem: string): void {
    const subject = this.path === "" ? "the arguments" : this.path;
    this.problems.push({ propertyPath: this.path, reason: `${subject} ${problem}` });
  }

  /** Reports what is not to be there at all. */
  refuse(problem: string): void {
    const reason = `${this.path} ${problem}`;
    this.problems.push({ propertyPath: this.path, reason, superfluous: true });
  }

  /** Judges a value when it becomes known, and lets it through only when it is right. */
  whenKnown<T>(value: pulumi.Input<T>, judge: (value: unknown, at: Place) => void) {
    const output = pulumi.output(value);
    return output.apply(async (known) => {
      const problems: Problem[] = [];
      const secret = await pulumi.isSecret(output);
      judge(known, new Place(this.group, this.path, problems, true, secret));
      if (problems.length > 0) throw refusal(this.group, problems);
      return known;
    });
  }

  private to(path: string): Place {
    return new Place(this.group, path, this.problems, this.resolved, this.secret);
  }
}
