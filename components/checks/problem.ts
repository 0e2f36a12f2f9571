import * as pulumi from "@pulumi/pulumi";
import { legible, shortened } from "./format";

/** What kind of problem it is. */
export type ProblemCode =
  /** The value is not of this type, range or form, or is none of the choices. */
  | "type"
  | "range"
  | "format"
  | "choice"
  /** There is no such argument, or the value names something that does not exist. */
  | "unknown"
  | "required"
  | "too-few"
  | "too-many"
  | "repeated"
  /** The value is an output or a secret, and must be known at preview. */
  | "output"
  /** The output has no value. */
  | "nothing"
  /** Arguments can't be combined. */
  | "conflict"
  /** Nothing uses it. */
  | "unused"
  /** It is in another region. */
  | "region"
  /** It does not exist in AWS. */
  | "missing"
  /** It exists in AWS but can't be used, because of its zone, VPC, state or owner. */
  | "unsuitable"
  | "quota"
  /** Security groups block the traffic. */
  | "unreachable"
  /** A required lookup failed. */
  | "lookup"
  /** A setting of an adopted resource can't be changed. */
  | "fixed";

/** The edit of the arguments that solves a problem. */
export interface Edit {
  /** Remove the property. */
  readonly remove?: true;
  /** Rename the property to this. */
  readonly rename?: string;
  /** Replace the value with this one. */
  readonly write?: string;
  /** Add this property to the object. */
  readonly add?: string;
}

/** One problem of the arguments. */
export interface Problem {
  readonly code: ProblemCode;
  readonly propertyPath: string;
  /** The message: the property, what must hold, the value and the remedy. */
  readonly reason: string;
  readonly edit?: Edit;
  /** Set if AWS accepts it, or may accept it: then it is only a warning. */
  readonly isAdvice?: true;
}

/** A problem that another process reported. It may have no code. */
export type ReportedProblem = Pick<Problem, "propertyPath" | "reason"> & Partial<Problem>;

/** A problem whose message is the path and the text. */
export function problemAt(code: ProblemCode, propertyPath: string, text: string): Problem {
  return { code, propertyPath, reason: `${propertyPath}: ${text}` };
}

/** The same for something that AWS accepts, or may accept. */
export function adviceAt(code: ProblemCode, propertyPath: string, text: string): Problem {
  return { ...problemAt(code, propertyPath, text), isAdvice: true };
}

/**
 * The error is sent in the trailers of a gRPC call, where clients accept 8 to 16 kB. Nobody reads more
 * problems than these before correcting the first ones.
 */
const MAX_PROBLEMS = 20;
const MAX_MESSAGE_LENGTH = 6000;
const MAX_REASON_LENGTH = 1000;

/** The error that reports all problems of the arguments. Pulumi prints only its message. */
export class InvalidArgumentsError extends pulumi.InputPropertiesError {
  /** Tells Pulumi that this is a mistake of the user and not a crash of the program. */
  readonly __pulumiRunError = true;
  /** All problems, also those that the message leaves out. */
  readonly problems: readonly Problem[];
  /** The line of the message that counts the problems it leaves out; none if it has all. */
  readonly omissionNote: string | undefined;

  /** @param subject the component, as `subjectOf` names it. */
  constructor(subject: string, problems: readonly Problem[]) {
    const { first, omitted } = firstProblems(problems);
    const note =
      omitted > 0 ? `and ${omitted} more, which are shown when these are corrected` : undefined;
    const reasons = [...first.map(({ reason }) => reason), ...(note === undefined ? [] : [note])];
    const list = reasons.length === 1 ? reasons.join() : reasons.map((r) => `\n  - ${r}`).join("");
    const count = reasons.length === 1 ? "" : `${problems.length} problems:`;
    const message = `invalid arguments for ${subject}: ${count}${list}`;
    super({
      message,
      errors: first.map(({ propertyPath, reason }) => ({ propertyPath, reason })),
    });
    this.problems = problems;
    this.omissionNote = note;
    // If there is a stack, Pulumi prints the whole object instead of the message.
    this.stack = undefined;
    // Newer SDKs add the property of a waiting resource in front of the message, once for each resource.
    // The message already names the right property, so it can't be set.
    Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
  }
}

/** A component in messages: its type and its name. */
export function subjectOf(type: string, name: string): string {
  return `${type} '${shortened(legible(name))}'`;
}

/** As many problems as fit into the message, shortened, and the number of the problems that don't. */
function firstProblems(problems: readonly Problem[]): { first: Problem[]; omitted: number } {
  const first: Problem[] = [];
  let length = 0;
  for (const problem of problems) {
    const { propertyPath, reason } = problem;
    const short = shortened(legible(reason), MAX_REASON_LENGTH);
    length += short.length;
    if (first.length === MAX_PROBLEMS || (first.length > 0 && length > MAX_MESSAGE_LENGTH)) break;
    first.push({ ...problem, propertyPath: shortened(legible(propertyPath)), reason: short });
  }
  return { first, omitted: problems.length - first.length };
}
