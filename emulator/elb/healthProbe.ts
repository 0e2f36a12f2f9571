import * as http from "node:http";
import * as https from "node:https";
import type { HealthCheck } from "../aws";
import { matches } from "./healthCheckRules";
import { type CheckFailure, FAILED, mismatch, TIMED_OUT } from "./targetHealth";

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
      "User-Agent": "ELB-HealthChecker/2.0",
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
