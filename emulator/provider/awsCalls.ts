import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { AwsError } from "../aws";
import { type Faults, unlessAborted } from "../faults";

export interface AwsCall {
  readonly service: keyof typeof SERVICES;
  /** The API operation's name: "CreateTargetGroup". */
  readonly call: string;
  readonly at: Date;
}

/** How the AWS SDK calls its services in error messages. */
const SERVICES = {
  acm: "ACM",
  autoScaling: "Auto Scaling",
  cloudWatch: "CloudWatch",
  ec2: "EC2",
  elb: "Elastic Load Balancing v2",
  lambda: "Lambda",
  iam: "IAM",
  route53: "Route 53",
  serviceQuotas: "Service Quotas",
  s3: "S3",
  sts: "STS",
  waf: "WAFV2",
} as const;

const REPETITION_MILLISECONDS = 500;
const PAUSE_MILLISECONDS = 50;

/** How often the real provider asks again when AWS throttles it or fails itself. */
const ATTEMPTS = 25;

/** The codes that AWS answers with another status than 400. */
const STATUS: Readonly<Partial<Record<string, number>>> = {
  AccessDenied: 403,
  MissingAuthenticationToken: 403,
  UnauthorizedOperation: 403,
  NoSuchBucket: 404,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  HealthUnavailable: 500,
  InternalError: 500,
  InternalFailure: 500,
  RequestLimitExceeded: 503,
  ServiceUnavailable: 503,
  Unavailable: 503,
};

/** The HTTP status that comes with a code of AWS. */
export function statusOf(code: string): number {
  return STATUS[code] ?? 400;
}

/** A call that failed, in the AWS SDK's words, which the real provider hands through. */
export class OperationError extends Error {
  private constructor(
    service: keyof typeof SERVICES,
    operation: string,
    outcome: string,
    /** AWS's; undefined when there was no answer. */
    readonly code: string | undefined,
  ) {
    super(`operation error ${SERVICES[service]}: ${operation}, ${outcome}`);
    this.name = "OperationError";
  }

  static refused(
    service: keyof typeof SERVICES,
    operation: string,
    { code, message }: AwsError,
  ): OperationError {
    const status = statusOf(code);
    const isRepeated = code === "Throttling" || status >= 500;
    const attempts = isRepeated ? `exceeded maximum number of attempts, ${ATTEMPTS}, ` : "";
    const outcome =
      `${attempts}https response error StatusCode: ${status}, ` +
      `RequestID: ${randomUUID()}, api error ${code}: ${message}`;
    return new OperationError(service, operation, outcome, code);
  }

  static lost(service: keyof typeof SERVICES, operation: string): OperationError {
    const outcome =
      "https response error StatusCode: 0, RequestID: , request send failed, " +
      'Post "https://amazonaws.com/": EOF';
    return new OperationError(service, operation, outcome, undefined);
  }

  static canceled(service: keyof typeof SERVICES, operation: string): OperationError {
    const outcome = "https response error StatusCode: 0, RequestID: , canceled, context canceled";
    return new OperationError(service, operation, outcome, undefined);
  }
}

/** Makes a caller of AWS, who dies by the function given when a fault says so. */
export type NewCaller = (die: () => void) => AwsCalls;

/**
 * Makes one caller's AWS calls: each is written down when it begins, meets the faults that were asked for, and
 * its error is worded as the SDK words it.
 */
export class AwsCalls {
  private running = new AbortController();
  private isDead = false;

  constructor(
    /** All callers' calls, in the order in which they began. */
    private readonly log: AwsCall[],
    private readonly faults: Faults,
    private readonly die: () => void,
  ) {}

  async acm<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("acm", operation, run);
  }

  async route53<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("route53", operation, run);
  }

  async ec2<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("ec2", operation, run);
  }

  async autoScaling<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("autoScaling", operation, run);
  }

  async cloudWatch<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("cloudWatch", operation, run);
  }

  async lambda<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("lambda", operation, run);
  }

  async elb<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("elb", operation, run);
  }

  async iam<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("iam", operation, run);
  }

  async serviceQuotas<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("serviceQuotas", operation, run);
  }

  async s3<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("s3", operation, run);
  }

  async sts<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("sts", operation, run);
  }

  async waf<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    return this.make("waf", operation, run);
  }

  /**
   * Repeats a call as long as AWS refuses it with the code. The real provider does so for minutes, as
   * instances start and deletions arrive late. Here nothing is late, so half a second shows that it repeats.
   */
  async repeated<T>(code: string, call: () => Promise<T>): Promise<T> {
    const end = Date.now() + REPETITION_MILLISECONDS;
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

  /** Waits until something has become so in AWS, for this time at most. */
  async await(
    service: keyof typeof SERVICES,
    operation: string,
    event: Promise<void>,
    seconds: number,
  ): Promise<void> {
    const over = new AbortController();
    const timeout = pause(seconds * 1000, undefined, { signal: over.signal, ref: false });
    timeout.catch(() => undefined);
    try {
      await unlessAborted(Promise.race([event, timeout]), this.running.signal);
    } catch (error) {
      throw isAbort(error) ? OperationError.canceled(service, operation) : error;
    } finally {
      over.abort();
    }
  }

  /** Ends the repetitions and the waiting that are under way; later calls may repeat and wait again. */
  cancel(): void {
    this.running.abort();
    this.running = new AbortController();
  }

  /** A call that did not come through the provider: its error is AWS's own. */
  async direct<T>(
    service: keyof typeof SERVICES,
    operation: string,
    run: () => T | Promise<T>,
  ): Promise<T> {
    // What a process was in the midst of ends with it.
    if (this.isDead) return forever();
    this.log.push({ service, call: operation, at: new Date() });
    const { signal } = this.running;
    const fault = await this.faults.strike(operation, signal);
    if (fault === undefined) return await run();
    await Promise.allSettled([Promise.resolve().then(run)]);
    if (fault.kind === "lost") {
      if (fault.hold !== undefined) await unlessAborted(fault.hold(), signal);
      throw new LostAnswerError();
    }
    this.isDead = true;
    this.cancel();
    this.die();
    return forever();
  }

  private async make<T>(
    service: keyof typeof SERVICES,
    operation: string,
    run: () => T | Promise<T>,
  ): Promise<T> {
    try {
      return await this.direct(service, operation, run);
    } catch (error) {
      if (error instanceof AwsError) throw OperationError.refused(service, operation, error);
      if (isAbort(error)) throw OperationError.canceled(service, operation);
      if (error instanceof LostAnswerError) throw OperationError.lost(service, operation);
      throw error;
    }
  }
}

/** AWS's answer did not arrive. */
class LostAnswerError extends Error {}

const forever = () => new Promise<never>(() => undefined);

const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError";

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
