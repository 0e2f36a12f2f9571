import type { HealthCheck, TargetState } from "../aws";

/** A target's state as DescribeTargetHealth words it. */
export interface Health {
  readonly state: TargetState;
  readonly reason?: string;
  readonly description?: string;
}

/** Why a check failed; undefined for one that passed. */
export interface CheckFailure {
  readonly reason: "Target.ResponseCodeMismatch" | "Target.Timeout" | "Target.FailedHealthChecks";
  readonly description: string;
}

export const FAILED: CheckFailure = {
  reason: "Target.FailedHealthChecks",
  description: "Health checks failed",
};

export const TIMED_OUT: CheckFailure = {
  reason: "Target.Timeout",
  description: "Request timed out",
};

export const mismatch = (code: number): CheckFailure => ({
  reason: "Target.ResponseCodeMismatch",
  description: `Health checks failed with these codes: [${code}]`,
});

/** Of a function whose health is not checked, and which serves. */
export const UNCHECKED: Health = {
  state: "unavailable",
  reason: "Target.HealthCheckDisabled",
  description: "Health checks are not enabled for this target",
};

export const REGISTERING: Health = {
  state: "initial",
  reason: "Elb.RegistrationInProgress",
  description: "Target registration is in progress",
};

const CHECKING: Health = {
  state: "initial",
  reason: "Elb.InitialHealthChecking",
  description: "Initial health checks in progress",
};

export const DRAINING: Health = {
  state: "draining",
  reason: "Target.DeregistrationInProgress",
  description: "Target deregistration is in progress",
};

export const NOT_REGISTERED: Health = {
  state: "unused",
  reason: "Target.NotRegistered",
  description: "Target is not registered to the target group",
};

type Thresholds = Pick<HealthCheck, "healthyThresholdCount" | "unhealthyThresholdCount">;

/** Counts a target's checks and says what state they put it in. */
export class HealthRecord {
  private passes = 0;
  private failures = 0;

  /** Forgets the checks so far, as a target does that starts anew. */
  reset(): void {
    this.passes = 0;
    this.failures = 0;
  }

  after(failure: CheckFailure | undefined, current: Health, thresholds: Thresholds): Health {
    this.passes = failure === undefined ? this.passes + 1 : 0;
    this.failures = failure === undefined ? 0 : this.failures + 1;
    if (failure === undefined) {
      return this.passed(current, thresholds.healthyThresholdCount);
    }
    return this.failed(failure, current, thresholds.unhealthyThresholdCount);
  }

  private passed(current: Health, threshold: number): Health {
    // A new target needs one passed check, whatever the threshold; the threshold is for recovery.
    const enough = current.state === "initial" || this.passes >= threshold;
    return enough ? { state: "healthy" } : current;
  }

  private failed(failure: CheckFailure, current: Health, threshold: number): Health {
    if (current.state === "unhealthy" || this.failures >= threshold) {
      return { state: "unhealthy", ...failure };
    }
    return current.state === "initial" ? CHECKING : current;
  }
}
