import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type {
  Attributes,
  ForwardAction,
  Listener,
  LoadBalancer,
  RedirectAction,
  WeightedForwardAction,
} from "../aws";
import { seconds } from "./attributes";
import type { Exchange } from "./exchange";
import { forward } from "./forwarding";
import { location } from "./redirect";
import { zoneOf } from "./nodes";
import { type Arrival, type Field, forwardedHeaders, pairs } from "./requestHeaders";
import { answer } from "./responsePages";
import type { Router } from "./routing";
import type { GroupRecord } from "./targetGroups";
import { isWebSocket } from "./upgrade";

const LINE_LIMIT = 16 * 1024;
const MOST_FORWARDERS = 30;

/** What a listener's traffic depends on, looked up anew for every request. */
export interface Surroundings {
  readonly listener: Listener;
  readonly loadBalancer: LoadBalancer;
  readonly router: Router;
  groupOf(targetGroupArn: string): GroupRecord;
  reachablePort(port: string): string;
  /** Whether AWS WAF blocks requests to the path. */
  isBlocked(path: string): boolean;
}

/**
 * The status with which a load balancer refuses a request before it looks at its rules. A request with
 * two lengths never comes here: node:http refuses it, where AWS does so in the strictest mode only.
 */
function refusal(
  { method = "", url = "", httpVersion, headers, rawHeaders }: IncomingMessage,
  attributes: Attributes,
) {
  const framing = headers["transfer-encoding"] ?? "chunked";
  const forwarders = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  if (method === "TRACE") {
    return 405;
  }
  if (url.length > LINE_LIMIT) {
    return 414;
  }
  if (pairs(rawHeaders).some(([name, value]) => name.length + value.length > LINE_LIMIT)) {
    return 400;
  }
  if (httpVersion === "1.1" && headers.host === undefined) {
    return 400;
  }
  if (!["chunked", "identity"].includes(framing.toLowerCase())) {
    return 501;
  }
  const isStrictest = attributes["routing.http.desync_mitigation_mode"] === "strictest";
  if (isStrictest && ["GET", "HEAD"].includes(method) && headers["content-length"] === "0") {
    return 400;
  }
  return forwarders.length > MOST_FORWARDERS ? 463 : undefined;
}

/** A request's path and query, and the host if it names the whole URL as requests to a proxy do. */
function target(url: string): { path: string; host?: string } {
  const absolute = /^https?:\/\/([^/?]+)(.*)$/i.exec(url);
  if (absolute === null) {
    return { path: url };
  }
  const path = absolute[2];
  return { path: path.startsWith("/") ? path : `/${path}`, host: absolute[1] };
}

function redirect(exchange: Exchange, action: RedirectAction, around: Surroundings): void {
  const { request, response } = exchange;
  const { path, host } = target(request.url ?? "/");
  const [pathname = "", query = ""] = path.split(/\?(.*)/s);
  const sentHost = host ?? request.headers.host ?? around.loadBalancer.dnsName;
  const to = location(
    action,
    {
      protocol: around.listener.protocol,
      host: sentHost.replace(/:\d+$/, ""),
      port: String(around.listener.port),
      path: pathname.replace(/^\//, ""),
      query,
    },
    (port) => around.reachablePort(port),
  );
  if (to === undefined) {
    answer(response, 507);
  } else {
    answer(response, Number(action.statusCode.slice("HTTP_".length)), { Location: to });
  }
}

function arrival({ socket }: IncomingMessage, { listener, loadBalancer }: Surroundings): Arrival {
  const secure = socket instanceof TLSSocket;
  const tls = secure
    ? { version: socket.getProtocol() ?? "", cipherSuite: socket.getCipher().standardName }
    : undefined;
  return {
    clientAddress: socket.remoteAddress ?? "",
    clientPort: socket.remotePort ?? 0,
    scheme: secure ? "https" : "http",
    listenerPort: listener.port,
    dnsName: loadBalancer.dnsName,
    attributes: loadBalancer.attributes,
    tls,
  };
}

/** How the target learns where the body ends, or that the client wants another protocol. */
function connectionFields(exchange: Exchange): Field[] {
  const { headers, method = "GET" } = exchange.request;
  if (exchange.upgradeHead !== undefined) {
    return isWebSocket(exchange.request)
      ? [
          ["Connection", "upgrade"],
          ["Upgrade", "websocket"],
        ]
      : [];
  }
  if (headers["transfer-encoding"] !== undefined) {
    return [["Transfer-Encoding", "chunked"]];
  }
  const empty = headers["content-length"] === undefined;
  // Without this, node:http would announce a chunked body that does not come.
  return empty && ["POST", "PUT", "PATCH"].includes(method) ? [["Content-Length", "0"]] : [];
}

function forwardTo(
  action: ForwardAction | WeightedForwardAction,
  exchange: Exchange,
  around: Surroundings,
): void {
  const { request, response } = exchange;
  const zone = zoneOf(request.socket, around.loadBalancer);
  const owner = around.listener.listenerArn;
  const groupOf = (arn: string) => around.groupOf(arn);
  const { cookie } = request.headers;
  const route = around.router.route({ owner, action, groupOf }, cookie, zone);
  if (route === undefined) {
    answer(response, 503);
    return;
  }
  const { path, host } = target(request.url ?? "/");
  const headers = forwardedHeaders(request.rawHeaders, arrival(request, around), host);
  forward(exchange, route, {
    path,
    headers: [...headers, ...connectionFields(exchange)],
    idleTimeout: seconds(around.loadBalancer.attributes, "idle_timeout.timeout_seconds") * 1000,
  });
}

/** Answers one request as the listener's action says. */
export function serve(exchange: Exchange, around: Surroundings): void {
  const refused = refusal(exchange.request, around.loadBalancer.attributes);
  const action = around.listener.defaultAction;
  if (refused !== undefined) {
    answer(exchange.response, refused, refused === 400 ? { Connection: "close" } : {});
  } else if (around.isBlocked(target(exchange.request.url ?? "/").path)) {
    answer(exchange.response, 403);
  } else if (action.type === "redirect") {
    redirect(exchange, action, around);
  } else {
    forwardTo(action, exchange, around);
  }
}
