import * as errors from "../errors";
import type { Verb } from "./arguments";
import type { Outcome } from "./operations";

/** The exit codes of the usage text, the worst first. */
const ORDER = [1, 3, 4, 2, 6, 5, 0] as const;
export type ExitCode = (typeof ORDER)[number];

/** The command's exit code: the worst of all environments. */
export function exitCodeOf(
  verb: Verb,
  outcomes: readonly Outcome[],
  interrupted: boolean,
): ExitCode {
  const codes = outcomes.map((outcome) => codeOf(verb, outcome, interrupted));
  return ORDER.find((code) => codes.includes(code)) ?? 0;
}

function codeOf(verb: Verb, { error, result, status }: Outcome, interrupted: boolean): ExitCode {
  if (error !== undefined) return interrupted ? 4 : codeOfError(error);
  if (verb === "drift" && result !== undefined && result.changes.length > 0) return 5;
  return status?.targets.every(({ state }) => state === "healthy") === false ? 6 : 0;
}

function codeOfError(error: unknown): ExitCode {
  if (error instanceof errors.LockedError) return 3;
  if (error instanceof errors.CancelledError || error instanceof errors.TimedOutError) return 4;
  return error instanceof errors.InvalidConfigurationError ? 2 : 1;
}
