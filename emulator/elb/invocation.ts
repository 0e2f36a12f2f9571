import type { IncomingMessage } from "node:http";
import type { HealthCheck, LambdaFunction, TargetGroup } from "../aws";
import type { Exchange } from "./exchange";
import type { Outgoing } from "./forwarding";
import { matches } from "./healthCheckRules";
import {
  answerOf,
  eventOf,
  isTooLarge,
  type LambdaAnswer,
  type LambdaRequest,
} from "./lambdaEvent";
import type { Field } from "./requestHeaders";
import { answer, connection } from "./responsePages";
import type { Route } from "./routing";
import { type CheckFailure, FAILED, mismatch, TIMED_OUT } from "./targetHealth";

async function invoke(
  group: TargetGroup,
  { handler }: LambdaFunction,
  request: LambdaRequest,
): Promise<LambdaAnswer | undefined> {
  try {
    // As over the wire: neither side sees what the other does to its object later.
    const event = structuredClone(eventOf(group, request));
    return answerOf(group, await handler(event));
  } catch {
    return undefined;
  }
}

/** The whole body; undefined where it is larger than a function may get. */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (isTooLarge(bytes)) {
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    request.once("end", () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

/** Invokes the function with a request, and gives the client what it answers. */
export async function forwardToFunction(
  exchange: Exchange,
  { target, groupCookies }: Route,
  outgoing: Outgoing,
): Promise<void> {
  const { request, response, upgradeHead } = exchange;
  if (upgradeHead !== undefined) {
    answer(response, 400, { Connection: "close" });
    return;
  }
  const served = target.serve(() => {
    request.socket.destroy();
  });
  response.once("close", served);
  const body = await bodyOf(request);
  if (body === undefined) {
    answer(response, 413, { Connection: "close" });
    return;
  }
  const { method = "GET" } = request;
  const { path, headers } = outgoing;
  const invoked = { method, path, headers, body };
  const found = target.function;
  const given = found && (await invoke(target.group, found, invoked));
  if (given === undefined) {
    answer(response, 502);
    return;
  }
  const fields: Field[] = [
    ...given.headers,
    ...groupCookies.map((cookie): Field => ["Set-Cookie", cookie]),
    ["Content-Length", String(given.body.length)],
    ...Object.entries(connection(response)),
  ];
  if (!fields.some(([name]) => name.toLowerCase() === "server")) {
    fields.push(["Server", "awselb/2.0"]);
  }
  response.writeHead(given.status, given.reason, fields.flat());
  response.end(given.body);
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
  const headers: Field[] = [["User-Agent", "ELB-HealthChecker/2.0"]];
  const request = { method: "GET", path: check.path, headers, body: Buffer.alloc(0) };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckFailure>((resolve) => {
    timer = setTimeout(resolve, check.timeoutSeconds * 1000, TIMED_OUT);
    signal.addEventListener("abort", () => {
      resolve(FAILED);
    });
  });
  const judged = invoke(group, found, request).then((given) => {
    if (given === undefined) return FAILED;
    return matches(check.matcher, given.status) ? undefined : mismatch(given.status);
  });
  const failure = await Promise.race([judged, late]);
  clearTimeout(timer);
  return failure;
}
