import type { ProgramFailure } from "./programHost";

/** The names of environment variables whose values are secret. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASS|CREDENTIAL/i;
/** Shorter values are not removed, because they also occur in normal words. */
const MIN_LENGTH = 4;

/** Removes secret values from texts and errors. */
export class Redaction {
  private readonly values: readonly string[];

  constructor(values: Iterable<string>) {
    // The longest first, since one value may be a part of another.
    this.values = [...new Set(values)]
      .filter((value) => value.length >= MIN_LENGTH)
      .sort((one, other) => other.length - one.length);
  }

  /** The text without any secret value. */
  readonly clean = (text: string): string =>
    this.values.reduce((cleaned, value) => cleaned.replaceAll(value, "[secret]"), text);

  programFailure({ message, stack, problems }: ProgramFailure): ProgramFailure {
    return {
      message: this.clean(message),
      stack: stack && this.clean(stack),
      problems: problems?.map((one) => ({ ...one, reason: this.clean(one.reason) })),
    };
  }

  /**
   * Removes secrets from an error. Errors of the SDK contain the engine's arguments and output.
   */
  error(error: unknown): unknown {
    if (!(error instanceof Error)) return typeof error === "string" ? this.clean(error) : error;
    // The error of an aborted signal has no secrets and can't be changed; Reflect.set ignores that.
    Reflect.set(error, "message", this.clean(error.message));
    Reflect.set(error, "stack", error.stack && this.clean(error.stack));
    Reflect.deleteProperty(error, "commandResult");
    if (error.cause !== undefined) error.cause = this.error(error.cause);
    return error;
  }
}

/** The secret values of environment variables. */
export function secretValues(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables)
    .filter(([name]) => SECRET_NAME.test(name))
    .map(([, value]) => value);
}
