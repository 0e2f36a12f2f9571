import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { pipeline } from "node:stream";
import { type Exchange, type Field, hopByHop, pairs } from "./requestHeaders";
import { answer, connection } from "./responsePages";
import { amended } from "./responseHeaders";
import type { Route } from "./routing";
import { join } from "./upgrade";

const CONNECT_TIMEOUT = 10_000;
const RESPONSE_HEADER_LIMIT = 32 * 1024;

/** What is sent to the target, and how long either side may stay silent. */
export interface Outgoing {
  readonly path: string;
  readonly headers: readonly Field[];
  readonly idleTimeout: number;
}

// A proxy library reports one kind of error for all failures. AWS answers 502 or 504 by the phase
// in which a target fails, so the phases are followed here on node:http itself.
function open({ request }: Exchange, { target }: Route, outgoing: Outgoing, port: number) {
  const options: https.RequestOptions = {
    host: "127.0.0.1",
    port,
    method: request.method,
    path: outgoing.path,
    headers: outgoing.headers.flat(),
    agent: target.agent,
    maxHeaderSize: RESPONSE_HEADER_LIMIT,
  };
  return target.group.protocol === "HTTPS" ? https.request(options) : http.request(options);
}

/** The target's headers as the client gets them, with the session's cookies. */
function responseHeaders(
  rawHeaders: readonly string[],
  { target, session, groupCookies }: Route,
): Field[] {
  const fields = pairs(rawHeaders);
  const dropped = hopByHop(fields);
  const kept = fields.filter(([name]) => !dropped.has(name.toLowerCase()));
  const named = (header: string) => kept.filter(([name]) => name.toLowerCase() === header);
  const cookies = session.cookies(
    target.description,
    named("set-cookie").map(([, value]) => value),
  );
  return [
    ...kept,
    ...[...cookies, ...groupCookies].map((cookie): Field => ["Set-Cookie", cookie]),
    ...(named("server").length === 0 ? [["Server", "awselb/2.0"] as const] : []),
  ];
}

function watchConnecting(socket: Socket, secure: boolean, late: () => void): void {
  if (!socket.connecting) {
    return;
  }
  const timer = setTimeout(late, CONNECT_TIMEOUT);
  const settled = () => {
    clearTimeout(timer);
  };
  socket.once(secure ? "secureConnect" : "connect", settled);
  socket.once("close", settled);
}

/** Passes a request on to its target, once, and the target's answer back. */
export function forward(exchange: Exchange, route: Route, outgoing: Outgoing): void {
  const { request, response, upgradeHead } = exchange;
  const { target } = route;
  const port = target.localPort(target.description.port);
  if (port === undefined) {
    // Nothing listens there: on AWS the connection would be refused.
    answer(response, 502);
    return;
  }
  const upstream = open(exchange, route, outgoing, port);
  const fail = (status: number) => {
    upstream.destroy();
    if (response.headersSent || response.socket === null) {
      // Too late for a status: an answer has begun, or the connection speaks another protocol.
      request.socket.destroy();
    } else {
      answer(response, status);
    }
  };
  const served = target.serve(() => {
    fail(502);
  });
  response.once("close", () => {
    served();
    upstream.destroy();
  });
  upstream.once("socket", (socket) => {
    watchConnecting(socket, target.group.protocol === "HTTPS", () => {
      fail(504);
    });
  });
  upstream.setTimeout(outgoing.idleTimeout, () => {
    fail(request.complete ? 504 : 408);
  });
  upstream.on("error", () => {
    if (!response.headersSent) {
      fail(502);
    }
  });
  upstream.on("response", (incoming) => {
    const headers = [
      ...responseHeaders(incoming.rawHeaders, route),
      ...Object.entries(connection(response)),
    ];
    response.writeHead(
      incoming.statusCode ?? 502,
      incoming.statusMessage,
      amended(response, headers).flat(),
    );
    pipeline(incoming, response, () => {
      // A target that breaks off mid-answer cuts the client off too: the pipeline has done it.
    });
  });
  upstream.on("upgrade", (incoming, socket, head) => {
    join(exchange, { incoming, socket, head }, route, outgoing.idleTimeout);
  });
  if (upgradeHead === undefined) {
    request.pipe(upstream);
  } else {
    upstream.end();
  }
}
