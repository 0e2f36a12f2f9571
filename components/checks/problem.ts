import * as pulumi from "@pulumi/pulumi";
import { legible, shortened } from "./format";

/** One thing that is wrong with the arguments. */
export interface Problem {
  readonly propertyPath: string;
  /** Names the property again, then the rule, the value and the remedy. */
  readonly reason: string;
  /** Whether leaving the property out is the remedy. */
  readonly superfluous?: boolean;
}

/**
 * A refusal travels in the trailers of a gRPC call, of which clients take 8 to 16 kB; and nobody reads
 * more problems than these before mending the first.
 */
const MOST_PROBLEMS = 20;
const LONGEST_REFUSAL = 6000;
const LONGEST_REASON = 1000;

/** Refuses arguments; Pulumi prints the message alone. */
export class Refusal extends pulumi.InputPropertiesError {
  /** By this, Pulumi's command line tells a mistake of the user from a crash of the program. */
  readonly __pulumiRunError = true;
  /** All that is wrong, however much. */
  readonly problems: readonly Problem[];
  /** What stands in the message for the problems that are not told in it. */
  readonly others: readonly string[];

  constructor(name: string, problems: readonly Problem[]) {
    const { told, untold } = bounded(problems);
    const others = untold > 0 ? [`and ${untold} more, which are told when these are mended`] : [];
    const reasons = [...told.map(({ reason }) => reason), ...others];
    const list = reasons.length === 1 ? reasons.join() : reasons.map((r) => `\n  - ${r}`).join("");
    const count = reasons.length === 1 ? "" : `${problems.length} problems:`;
    const message = `invalid arguments for LoadBalancedGroup '${shortened(legible(name))}': ${count}${list}`;
    super({
      message,
      errors: told.map(({ propertyPath, reason }) => ({ propertyPath, reason })),
    });
    this.problems = problems;
    this.others = others;
    // With a stack, Pulumi prints the whole object; the message alone says what is wrong and where.
    this.stack = undefined;
    // Newer SDKs write before the message of an error the property on which it was met, once for each
    // resource that waits. The reasons name the right property already.
    Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
  }
}

/** The error that reports all problems at once. */
export function refusal(name: string, problems: readonly Problem[]): Refusal {
  return new Refusal(name, problems);
}

/** The first of the problems, each once and each as it may be printed, and the number of the others. */
function bounded(problems: readonly Problem[]): { told: Problem[]; untold: number } {
  const told: Problem[] = [];
  let length = 0;
  for (const { propertyPath, reason } of problems) {
    const short = shortened(legible(reason), LONGEST_REASON);
    length += short.length;
    if (told.length === MOST_PROBLEMS || (told.length > 0 && length > LONGEST_REFUSAL)) break;
    told.push({ propertyPath: shortened(legible(propertyPath)), reason: short });
  }
  return { told, untold: problems.length - told.length };
}
