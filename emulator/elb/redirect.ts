import { AwsError, type Listener, type RedirectAction } from "../aws";

const LONGEST_URL = 2048;

/** The parts of a request's URL that a redirect may repeat. */
export interface RequestUrl {
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  /** Without the leading slash, as #{path} stands for it. */
  readonly path: string;
  readonly query: string;
}

const fill = (template: string, url: RequestUrl) =>
  template
    .replaceAll("#{protocol}", url.protocol)
    .replaceAll("#{host}", url.host)
    .replaceAll("#{port}", url.port)
    .replaceAll("#{path}", url.path)
    .replaceAll("#{query}", url.query);

/**
 * The Location of a redirect; undefined when it is too long to send.
 *
 * `reachablePort` says on which port of this machine a listener port is found: a redirect to 443 of
 * the same load balancer has to lead to where the emulator put that listener.
 */
export function location(
  action: RedirectAction,
  url: RequestUrl,
  reachablePort: (port: string) => string,
): string | undefined {
  const host = fill(action.host, url);
  const port = fill(action.port, url);
  const reachable = host === url.host ? reachablePort(port) : port;
  const query = fill(action.query, url);
  const target =
    `${fill(action.protocol, url).toLowerCase()}://${host}:${reachable}` +
    fill(action.path, url) +
    (query === "" ? "" : `?${query}`);
  const encoded = target.replace(/[^!-~]+/g, percentEncoded);
  return encoded.length > LONGEST_URL ? undefined : encoded;
}

/** What a URL can't hold; half a character becomes the replacement character, since it has no encoding. */
const percentEncoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());

const invalid = (why: string) =>
  new AwsError(
    "InvalidLoadBalancerAction",
    `The redirect configuration is not valid because ${why}`,
  );

/** Refuses a redirect that AWS would refuse on that listener. */
export function checkRedirect(action: RedirectAction, listener: Listener): void {
  const protocol = fill(action.protocol, { ...KEPT, protocol: listener.protocol });
  const port = fill(action.port, { ...KEPT, port: String(listener.port) });
  if (listener.protocol === "HTTPS" && protocol === "HTTP") {
    throw invalid("it redirects HTTPS to HTTP.");
  }
  if (!action.path.startsWith("/")) {
    throw invalid("its path does not begin with '/'.");
  }
  for (const part of ["host", "path"] as const) {
    const words = [...action[part].matchAll(/#\{(\w+)\}/g)].map(([, word]) => word);
    if (words.some((word) => !ALLOWED[part].includes(word))) {
      throw invalid(`its ${part} has a keyword that it can't contain.`);
    }
  }
  const same =
    protocol === listener.protocol &&
    port === String(listener.port) &&
    action.host === KEPT.host &&
    action.path === `/${KEPT.path}` &&
    action.query === KEPT.query;
  if (same) {
    throw invalid("it creates a loop.");
  }
}

/** The keywords that each part may contain. */
const ALLOWED = {
  host: ["host"],
  path: ["host", "port", "path"],
};

const KEPT: RequestUrl = {
  protocol: "#{protocol}",
  host: "#{host}",
  port: "#{port}",
  path: "#{path}",
  query: "#{query}",
};
