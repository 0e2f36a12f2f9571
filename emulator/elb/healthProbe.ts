import * as http from "node:http";
import * as https from "node:https";
import type { HealthCheck, LambdaFunction, TargetGroup } from "../aws";
import { matches } from "./healthCheckRules";
import { invoke } from "./lambdaEvent";
import type { Field } from "./requestHeaders";
import { type CheckFailure, FAILED, mismatch, TIMED_OUT } from "./targetHealth";

const USER_AGENT = "ELB-HealthChecker/2.0";

/** Where a check goes: the port on this machine, and the address that AWS's checker would name. */
export interface ProbeTarget {
  readonly localPort: number | undefined;
  readonly host: string;
}

function open(target: ProbeTarget, check: HealthCheck, signal: AbortSignal): http.ClientRequest {
  const options: https.RequestOptions = {
    host: "127.0.0.1",
    port: target.localPort,
    path: check.path,
    agent: false,
    // A load balancer does not validate its targets' certificates.
    rejectUnauthorized: false,
    headers: {
      Host: target.host,
      "User-Agent": USER_AGENT,
      Connection: "close",
    },
    signal,
  };
  return check.protocol === "HTTPS" ? https.request(options) : http.request(options);
}

/** Makes one health check: undefined when it passed, else why it failed. */
export async function probe(
  target: ProbeTarget,
  check: HealthCheck,
  signal: AbortSignal,
): Promise<CheckFailure | undefined> {
  if (target.localPort === undefined) {
    return FAILED;
  }
  let request: http.ClientRequest;
  try {
    request = open(target, check, signal);
  } catch {
    // node:http sends no path of this kind.
    return FAILED;
  }
  return new Promise((resolve) => {
    const finish = (failure: CheckFailure | undefined) => {
      clearTimeout(timer);
      resolve(failure);
      request.destroy();
    };
    const timer = setTimeout(() => {
      finish(TIMED_OUT);
    }, check.timeoutSeconds * 1000);
    timer.unref();
    request.on("response", ({ statusCode = 0 }) => {
      finish(matches(check.matcher, statusCode) ? undefined : mismatch(statusCode));
    });
    request.on("error", () => {
      finish(FAILED);
    });
    request.end();
  });
}

/** Makes one health check of a function: undefined when it passed, else why it failed. */
export async function probeFunction(
  group: TargetGroup,
  found: LambdaFunction | undefined,
  check: HealthCheck,
  signal: AbortSignal,
): Promise<CheckFailure | undefined> {
  if (found === undefined) {
    return FAILED;
  }
  const headers: Field[] = [["User-Agent", USER_AGENT]];
  const request = { method: "GET", path: check.path, headers, body: Buffer.alloc(0) };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckFailure>((resolve) => {
    timer = setTimeout(resolve, check.timeoutSeconds * 1000, TIMED_OUT);
    signal.addEventListener("abort", () => {
      resolve(FAILED);
    });
  });
  const checked = invoke(group, found, request).then((given) => {
    if (given === undefined) return FAILED;
    return matches(check.matcher, given.status) ? undefined : mismatch(given.status);
  });
  const failure = await Promise.race([checked, late]);
  clearTimeout(timer);
  return failure;
}
