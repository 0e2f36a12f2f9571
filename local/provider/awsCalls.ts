import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { AwsError } from "../aws";

export interface AwsCall {
  /** The API operation's name: "CreateTargetGroup". */
  readonly call: string;
  readonly at: Date;
}

/** How the AWS SDK calls its services in error messages. */
const SERVICES = { ec2: "EC2", elb: "Elastic Load Balancing v2" } as const;

const PATIENCE_MILLISECONDS = 500;
const PAUSE_MILLISECONDS = 50;

/** A refused call in the AWS SDK's words, which the real provider hands through. */
export class OperationError extends Error {
  constructor(
    service: keyof typeof SERVICES,
    operation: string,
    readonly code: string,
    message: string,
  ) {
    super(
      `operation error ${SERVICES[service]}: ${operation}, https response error StatusCode: 400, ` +
        `RequestID: ${randomUUID()}, api error ${code}: ${message}`,
    );
    this.name = "OperationError";
  }
}

/** Makes the AWS calls: each is written down when it begins, and its refusal is told as the SDK tells it. */
export class AwsCalls {
  readonly log: AwsCall[] = [];
  private running = new AbortController();

  async ec2<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("ec2", operation, run);
  }

  async elb<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("elb", operation, run);
  }

  /**
   * Repeats a call as long as AWS refuses it with the code. The real provider does so for minutes, as
   * instances start and deletions arrive late. Here nothing is late, so half a second shows that it repeats.
   */
  async repeated<T>(code: string, call: () => Promise<T>): Promise<T> {
    const end = Date.now() + PATIENCE_MILLISECONDS;
    const { signal } = this.running;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isRefusal(error, code) || signal.aborted || Date.now() >= end) {
          throw error;
        }
      }
      await pause(PAUSE_MILLISECONDS);
    }
  }

  /** Ends the repetitions that are under way; the engine cancels one deployment, and the next may repeat. */
  cancel(): void {
    this.running.abort();
    this.running = new AbortController();
  }

  private async make<T>(
    service: keyof typeof SERVICES,
    operation: string,
    run: () => T | Promise<T>,
  ): Promise<T> {
    this.log.push({ call: operation, at: new Date() });
    try {
      return await run();
    } catch (error) {
      throw error instanceof AwsError
        ? new OperationError(service, operation, error.code, error.message)
        : error;
    }
  }
}

/** Whether AWS refused the call with this code. */
export function isRefusal(error: unknown, code: string): boolean {
  return error instanceof OperationError && error.code === code;
}

/** What is undefined when AWS answers that it does not exist. */
export async function unlessGone<T>(code: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isRefusal(error, code)) {
      return undefined;
    }
    throw error;
  }
}

/** What the real provider says when AWS refused a call: what was being done, and the SDK's words. */
export class ActionError extends Error {
  constructor(action: string, cause: OperationError) {
    super(`${action}: ${cause.message}`, { cause });
    this.name = "ActionError";
  }
}

/** Says what was being done when a call was refused. */
export async function during<T>(action: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof OperationError ? new ActionError(action, error) : error;
  }
}
