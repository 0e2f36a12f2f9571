import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import {
  AwsError,
  type Attributes,
  type ForwardAction,
  type Listener,
  type ListenerRule,
  type LoadBalancer,
  type RedirectAction,
  type RuleTransform,
  type WeightedForwardAction,
} from "../aws";
import { seconds } from "./attributes";
import type { RequestFacts } from "./conditions";
import { forward } from "./forwarding";
import { type FindKey, validateToken } from "./jwtValidation";
import { intercept, type Interception } from "./login";
import { location } from "./redirect";
import { forwardToFunction } from "./invocation";
import { zoneOf } from "./zones";
import { type Exchange, type Arrival, type Field, forwardedHeaders, pairs } from "./requestHeaders";
import { answer, answerFixed } from "./responsePages";
import type { Router } from "./routing";
import type { Rules } from "./rules";
import type { Way } from "./servedRequest";
import type { GroupRecord } from "./targetGroups";
import { transformed } from "./transforms";
import { isWebSocket } from "./upgrade";

const LINE_LIMIT = 16 * 1024;
const MAX_FORWARDERS = 30;

/** What a listener's traffic depends on, looked up anew for every request. */
export interface RequestContext {
  readonly listener: Listener;
  readonly listenerAttributes: Attributes;
  readonly loadBalancer: LoadBalancer;
  readonly router: Router;
  readonly rules: Pick<Rules, "match">;
  readonly way: Way;
  /** Finds the keys of JSON web tokens. */
  readonly findKey: FindKey;
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
  return forwarders.length > MAX_FORWARDERS ? 463 : undefined;
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

/** The parts of a request that rules and redirects are about. */
function factsOf({ request }: Exchange, { loadBalancer }: RequestContext): RequestFacts {
  const { path, host } = target(request.url ?? "/");
  const [pathname = "", query = ""] = path.split(/\?(.*)/s);
  const sentHost = host ?? request.headers.host ?? loadBalancer.dnsName;
  const headers = new Map<string, string[]>();
  for (const [name, value] of pairs(request.rawHeaders)) {
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  return {
    host: sentHost.replace(/:\d+$/, ""),
    hostHeader: sentHost,
    path: pathname,
    query,
    method: request.method ?? "GET",
    headers,
    clientAddress: request.socket.remoteAddress ?? "",
  };
}

function redirect(
  { response }: Exchange,
  action: RedirectAction,
  { host, path, query }: RequestFacts,
  context: RequestContext,
): void {
  const { protocol, port } = context.listener;
  const to = location(
    action,
    { protocol, host, port: String(port), path: path.replace(/^\//, ""), query },
    (listenerPort) => context.reachablePort(listenerPort),
  );
  if (to === undefined) {
    answer(response, 507);
  } else {
    answer(response, Number(action.statusCode.slice("HTTP_".length)), { Location: to });
  }
}

function arrival(
  { request: { socket }, clientCertificate }: Exchange,
  { listener, listenerAttributes, loadBalancer }: RequestContext,
): Arrival {
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
    listenerAttributes,
    tls,
    clientCertificate,
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

/** What forwards requests: the rule, or the listener for its default action. */
interface Forwarding {
  readonly owner: string;
  readonly action: ForwardAction | WeightedForwardAction;
  readonly transforms: readonly RuleTransform[];
}

function forwardTo(
  { owner, action, transforms }: Forwarding,
  exchange: Exchange,
  context: RequestContext,
): void {
  const { request, response } = exchange;
  const zone = zoneOf(request.socket, context.loadBalancer);
  const groupOf = (arn: string) => context.groupOf(arn);
  const { cookie } = request.headers;
  const route = context.router.route({ owner, action, groupOf }, cookie, zone);
  if (route === undefined) {
    answer(response, 503);
    return;
  }
  context.way.target = route.target;
  const { path, host } = target(request.url ?? "/");
  const sent = forwardedHeaders(request.rawHeaders, arrival(exchange, context), host);
  const sentHost = sent.find(([name]) => name === "Host")?.[1] ?? "";
  const rewritten = transformed(transforms, { path, host: sentHost });
  if (rewritten === undefined) {
    answer(response, 500);
    return;
  }
  const headers = sent.map(([name, value]): Field => [
    name,
    name === "Host" ? rewritten.host : value,
  ]);
  const idleTimeout =
    seconds(context.loadBalancer.attributes, "idle_timeout.timeout_seconds") * 1000;
  if (route.target.group.targetType === "lambda") {
    void forwardToFunction(exchange, route, { path: rewritten.path, headers, idleTimeout });
    return;
  }
  forward(exchange, route, {
    path: rewritten.path,
    headers: [...headers, ...connectionFields(exchange)],
    idleTimeout,
  });
}

/** Does with one request what the first rule says whose conditions it meets, or else the listener. */
export function serve(exchange: Exchange, context: RequestContext): void {
  const { request, response } = exchange;
  const refused = refusal(request, context.loadBalancer.attributes);
  if (refused !== undefined) {
    answer(response, refused, refused === 400 ? { Connection: "close" } : {});
    return;
  }
  if (context.isBlocked(target(request.url ?? "/").path)) {
    answer(response, 403);
    return;
  }
  const facts = factsOf(exchange, context);
  const rule = context.rules.match(context.listener.listenerArn, facts);
  context.way.ruleArn = rule?.ruleArn;
  const goOn = (intercepted: Interception | undefined) => {
    if (intercepted === undefined) {
      act(exchange, rule, facts, context);
    } else {
      const { status, location: place } = intercepted;
      answer(response, status, place === undefined ? {} : { Location: place });
    }
  };
  const { authenticate } = rule ?? context.listener;
  if (authenticate?.type === "jwt-validation") {
    void validateToken(authenticate, facts, context.findKey)
      .then((intercepted) => {
        if (!request.socket.destroyed) goOn(intercepted);
      })
      .catch((error: unknown) => {
        // What the request was meant for has been deleted meanwhile.
        if (!(error instanceof AwsError)) throw error;
        answer(response, 503);
      });
  } else {
    goOn(authenticate && intercept(authenticate, facts, context.listener));
  }
}

/** Does what the rule says, or else the listener. */
function act(
  exchange: Exchange,
  rule: ListenerRule | undefined,
  facts: RequestFacts,
  context: RequestContext,
): void {
  const { listenerArn, defaultAction } = context.listener;
  const action = rule?.action ?? defaultAction;
  switch (action.type) {
    case "redirect":
      redirect(exchange, action, facts, context);
      break;
    case "fixed-response":
      answerFixed(exchange.response, action);
      break;
    case "forward": {
      const owner = rule?.ruleArn ?? listenerArn;
      forwardTo({ owner, action, transforms: rule?.transforms ?? [] }, exchange, context);
    }
  }
}
