import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo } from "node:net";
import { once } from "node:events";
import { type Instance } from "./aws";
import { certificateFor } from "./elb/certificates";

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
/** In milliseconds; load balancers keep idle connections for 60 seconds by default. */
const KEEP_ALIVE = 75_000;

/** How a server answers: after how long, and with which status. */
export interface Answers {
  readonly milliseconds: number;
  readonly status: number;
}

const AT_ONCE: Answers = { milliseconds: 0, status: 200 };

/**
 * The web server that runs on an instance: it answers every request with who it is, and what was posted
 * with that again. On port 443 it speaks HTTPS. It can be stopped and started again as a process crashes and
 * is restarted.
 */
export class SampleServer {
  /** How it answers from now on, health checks as well. */
  answers: Answers = AT_ONCE;
  private readonly listening = new Map<number, Server>();

  constructor(
    readonly instance: Instance,
    private readonly instancePorts: readonly number[] = [HTTP_PORT],
  ) {}

  get isRunning(): boolean {
    return this.listening.size > 0;
  }

  /** Listens on a free port of this machine for each of the instance's ports, and publishes them. */
  async start(): Promise<void> {
    await Promise.all(this.instancePorts.map((port) => this.open(port)));
  }

  /** Drops every connection at once, as a crash does; the ports refuse from then on. */
  async stop(): Promise<void> {
    const stopping = [...this.listening];
    this.listening.clear();
    // Once closed, the real port may become somebody else's: nobody may find it here any more.
    for (const [instancePort] of stopping) {
      this.instance.ports.delete(instancePort);
    }
    await Promise.all(stopping.map(([, server]) => close(server)));
  }

  /** One that nobody validates, as load balancers don't. */
  private certificate() {
    return certificateFor({ certificateArn: this.instance.instanceId, domainNames: [] });
  }

  private async open(instancePort: number): Promise<void> {
    if (this.listening.has(instancePort)) {
      return;
    }
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      const { milliseconds, status } = this.answers;
      const respond = () => {
        response.statusCode = status;
        answer(this.instance, instancePort, request, response);
      };
      if (milliseconds === 0) respond();
      else delay(milliseconds, response, respond);
    };
    const server =
      instancePort === HTTPS_PORT
        ? createSecureServer(await this.certificate(), serve)
        : createServer(serve);
    // AWS answers 502 where the target closes a connection first, and advises to keep it for longer than the load
    // balancer does: application/load-balancer-troubleshooting.html, "HTTP 502: Bad gateway".
    server.keepAliveTimeout = KEEP_ALIVE;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.listening.set(instancePort, server);
    this.instance.ports.set(instancePort, portOf(server.address()));
  }
}

function answer(
  instance: Instance,
  instancePort: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { instanceId, availabilityZone } = instance;
  const { url: path = "/", method, headers } = request;
  const isJson = headers.accept?.includes("application/json") ?? false;
  const body = isJson
    ? JSON.stringify({ instanceId, availabilityZone, path })
    : `${instanceId} in ${availabilityZone} served ${path}`;
  response.setHeader("x-instance-id", instanceId);
  response.setHeader("x-instance-port", instancePort);
  response.setHeader("content-type", isJson ? "application/json" : "text/plain; charset=utf-8");
  if (method === "POST" && !isJson) {
    response.write(`${body}\n`);
    request.pipe(response);
    return;
  }
  // A request whose body is not read would block its connection.
  request.resume();
  response.end(`${body}\n`);
}

/** Waits, unless the connection ends before. */
function delay(milliseconds: number, response: ServerResponse, respond: () => void): void {
  const timer = setTimeout(respond, milliseconds);
  response.once("close", () => {
    clearTimeout(timer);
  });
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new Error("the server has no port");
  }
  return address.port;
}
