import type * as pulumi from "@pulumi/pulumi";
import { setTimeout as delay } from "node:timers/promises";
import { Failed, problemAt, type Problem } from "../checks";
import { LOOKUPS, type LookupName } from "./actions";
import { failureOf, LookupTimeout, saysMissing, unexpected, type Failure } from "./failures";

/** The resource does not exist. */
export interface Missing {
  readonly missing: true;
}

/** What a required lookup is for. Its error message says it. */
export interface Purpose {
  readonly propertyPath: string;
  /** The value that is looked up, as in "the subnet of us-west-2a". */
  readonly what: string;
  /** What can be passed instead. */
  readonly instead?: string;
}

/** How long an optional lookup waits for an answer. */
const OPTIONAL_SECONDS = 20;
/** How long a required lookup waits. The provider retries throttled calls in this time. */
const REQUIRED_SECONDS = 120;

/**
 * Makes calls to AWS, and handles calls that fail. If a required lookup fails, the result is a problem. If an
 * optional one fails, the check that uses it is skipped. No lookup rejects.
 */
export class Lookups {
  private readonly skipped = new Map<string, { failure: Failure; omitted: Set<string> }>();

  /** @param options the invoke options of every call; the parent decides which provider is used. */
  constructor(
    readonly options: pulumi.InvokeOptions = {},
    /** Resolves when the resources that the group depends on exist. No call is made before. */
    private readonly ready?: Promise<unknown>,
  ) {}

  /** A required lookup: the value that is read from the answer, or why there is none. */
  async required<T, Answer>(
    lookup: LookupName,
    purpose: Purpose,
    call: () => Promise<Answer>,
    read: (answer: Answer) => T | Failed | undefined,
  ): Promise<T | Failed> {
    const { propertyPath, what, instead } = purpose;
    const actions = LOOKUPS[lookup].actions.join(", ");
    const failed = (reason: string, remedy: string) => {
      const other = instead === undefined ? "" : `, or ${instead}`;
      const text = `${what} can't be looked up (${actions}): ${reason}; ${remedy}${other}`;
      return new Failed([problemAt("lookup", propertyPath, text)]);
    };
    try {
      if (this.ready !== undefined) await this.ready;
      const value = read(await withTimeout(REQUIRED_SECONDS, call));
      return value ?? failed("AWS's answer does not have this value", "run the command again");
    } catch (error) {
      const { reason, remedy } = failureOf(error);
      return failed(reason, remedy);
    }
  }

  /** An optional lookup: undefined if the call fails, which `skippedChecks` then reports. */
  async optional<T>(lookup: LookupName, call: () => Promise<T>): Promise<T | undefined> {
    try {
      if (this.ready !== undefined) await this.ready;
      return await withTimeout(OPTIONAL_SECONDS, call);
    } catch (error) {
      this.skip(LOOKUPS[lookup].actions, failureOf(error));
      return undefined;
    }
  }

  /** Runs a check. If it throws, for example because of an unexpected answer, it is skipped. */
  async check(find: () => Promise<Problem[]>): Promise<Problem[]> {
    try {
      return await find();
    } catch (error) {
      this.skip(["one of the checks"], unexpected(error));
      return [];
    }
  }

  /** A warning that says which calls failed, and why; undefined if none did. */
  skippedChecks(): string | undefined {
    const reasons = [...this.skipped.values()].map(
      ({ failure: { reason, remedy }, omitted }) =>
        `${[...omitted].sort().join(", ")}: ${reason}; ${remedy}`,
    );
    if (reasons.length === 0) return undefined;
    const list = reasons.sort().map((reason) => `\n  - ${reason}`);
    return (
      `some checks were skipped, because they or their calls to AWS failed:${list.join("")}\n` +
      'To skip all checks against AWS, set preflight to "off".'
    );
  }

  private skip(what: readonly string[], failure: Failure): void {
    const known = this.skipped.get(failure.reason) ?? { failure, omitted: new Set() };
    for (const one of what) known.omitted.add(one);
    this.skipped.set(failure.reason, known);
  }
}

/** The answer to a call, or a LookupTimeout if it takes too long. */
async function withTimeout<T>(seconds: number, call: () => Promise<T>): Promise<T> {
  const answer = call();
  const over = new AbortController();
  const limit = delay(seconds * 1000, undefined, { signal: over.signal, ref: false });
  const late = limit.then(() => {
    throw new LookupTimeout(seconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}

/** The answer to a call, or that the resource does not exist. */
export async function findOrMissing<T>(call: () => Promise<T>): Promise<T | Missing> {
  try {
    return await call();
  } catch (error) {
    if (!saysMissing(error)) throw error;
    return { missing: true };
  }
}

export function isMissing(answer: unknown): answer is Missing {
  return typeof answer === "object" && answer !== null && "missing" in answer;
}
