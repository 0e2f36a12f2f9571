import * as pulumi from "@pulumi/pulumi";
import { legible, shortened } from "./format";

/** What kind of problem it is. */
export type ProblemCode =
  /** The value is not of this type, range or form, or is none of the choices. */
  | "type"
  | "range"
  | "format"
  | "choice"
  /** There is no such argument, or nothing that the value names. */
  | "unknown"
  | "required"
  | "too-few"
  | "too-many"
  | "repeated"
  /** The value is an output or a secret, and must be known at preview. */
  | "output"
  /** The output has no value. */
  | "nothing"
  /** Arguments do not go together. */
  | "conflict"
  /** Nothing uses it. */
  | "unused"
  /** It lies in another region. */
  | "region"
  /** AWS does not know it. */
  | "missing"
  /** AWS knows it, and that it does not suit: where it lies, its state, its owner. */
  | "unsuitable"
  | "quota"
  /** Security groups shut the way. */
  | "unreachable"
  /** AWS did not tell what is needed. */
  | "lookup"
  /** The value of something adopted can't be changed. */
  | "fixed";

/** The edit that mends a problem, where that is known. */
export interface Edit {
  /** The property is to be taken out. */
  readonly remove?: true;
  /** The name that was meant by that of the property. */
  readonly rename?: string;
  /** The value to write instead. */
  readonly write?: string;
  /** The property to add to the object. */
  readonly add?: string;
}

/** One thing that is wrong with the arguments. */
export interface Problem {
  readonly code: ProblemCode;
  readonly propertyPath: string;
  /** Names the property again, then the rule, the value and the remedy. */
  readonly reason: string;
  readonly edit?: Edit;
}

/** A problem as another process tells of it, which may leave out its code. */
export type ReportedProblem = Pick<Problem, "propertyPath" | "reason"> & Partial<Problem>;

/** A problem that AWS's answers show. */
export function problemAt(code: ProblemCode, propertyPath: string, text: string): Problem {
  return { code, propertyPath, reason: `${propertyPath}: ${text}` };
}

/**
 * A refusal travels in the trailers of a gRPC call, of which clients take 8 to 16 kB; and nobody reads
 * more problems than these before mending the first.
 */
const MAX_PROBLEMS = 20;
const MAX_MESSAGE_LENGTH = 6000;
const MAX_REASON_LENGTH = 1000;

/** Refuses arguments; Pulumi prints the message alone. */
export class InvalidArgumentsError extends pulumi.InputPropertiesError {
  /** By this, Pulumi's command line tells a mistake of the user from a crash of the program. */
  readonly __pulumiRunError = true;
  /** All that is wrong, however much. */
  readonly problems: readonly Problem[];
  /** What stands in the message for the problems that are not told in it. */
  readonly omissionNote: readonly string[];

  constructor(name: string, problems: readonly Problem[]) {
    const { told, untold } = shortenedList(problems);
    const others =
      untold > 0 ? [`and ${untold} more, which are shown when these are corrected`] : [];
    const reasons = [...told.map(({ reason }) => reason), ...others];
    const list = reasons.length === 1 ? reasons.join() : reasons.map((r) => `\n  - ${r}`).join("");
    const count = reasons.length === 1 ? "" : `${problems.length} problems:`;
    const message = `invalid arguments for LoadBalancedGroup '${shortened(legible(name))}': ${count}${list}`;
    super({
      message,
      errors: told.map(({ propertyPath, reason }) => ({ propertyPath, reason })),
    });
    this.problems = problems;
    this.omissionNote = others;
    // With a stack, Pulumi prints the whole object; the message alone says what is wrong and where.
    this.stack = undefined;
    // Newer SDKs write before the message of an error the property on which it was met, once for each
    // resource that waits. The reasons name the right property already.
    Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
  }
}

/** The error that reports all problems at once. */
export function refusal(name: string, problems: readonly Problem[]): InvalidArgumentsError {
  return new InvalidArgumentsError(name, problems);
}

/** The first of the problems, each once and each as it may be printed, and the number of the others. */
function shortenedList(problems: readonly Problem[]): { told: Problem[]; untold: number } {
  const told: Problem[] = [];
  let length = 0;
  for (const problem of problems) {
    const { propertyPath, reason } = problem;
    const short = shortened(legible(reason), MAX_REASON_LENGTH);
    length += short.length;
    if (told.length === MAX_PROBLEMS || (told.length > 0 && length > MAX_MESSAGE_LENGTH)) break;
    told.push({ ...problem, propertyPath: shortened(legible(propertyPath)), reason: short });
  }
  return { told, untold: problems.length - told.length };
}
