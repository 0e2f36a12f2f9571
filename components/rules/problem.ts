import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with the arguments. */
export interface Problem {
  readonly propertyPath: string;
  /** Names the property again, then the rule, the value and the remedy. */
  readonly reason: string;
  /** Whether leaving the property out is the remedy. */
  readonly superfluous?: boolean;
}

/** The error that reports all problems at once. */
export function refusal(name: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
  const reasons = problems.map(({ reason }) => reason);
  const list = reasons.length === 1 ? reasons.join() : reasons.map((r) => `\n  - ${r}`).join("");
  const count = reasons.length === 1 ? "" : `${reasons.length} problems:`;
  const error = new pulumi.InputPropertiesError({
    message: `invalid arguments for LoadBalancedGroup '${name}': ${count}${list}`,
    errors: problems.map(({ propertyPath, reason }) => ({ propertyPath, reason })),
  });
  // With a stack, Pulumi prints the whole object; the message alone says what is wrong and where.
  error.stack = undefined;
  return error;
}
