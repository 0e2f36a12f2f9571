import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { once } from "node:events";
import { type Instance } from "./aws";

const HTTP_PORT = 80;

/**
 * The web server that runs on an instance: it answers every request with who it is, and can be
 * stopped and started again as a process crashes and is restarted.
 */
export class SampleServer {
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

  private async open(instancePort: number): Promise<void> {
    if (this.listening.has(instancePort)) {
      return;
    }
    const server = createServer((request, response) => {
      answer(this.instance, request, response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.listening.set(instancePort, server);
    this.instance.ports.set(instancePort, portOf(server.address()));
  }
}

function answer(instance: Instance, request: IncomingMessage, response: ServerResponse): void {
  const { instanceId, availabilityZone } = instance;
  const { url: path = "/", headers } = request;
  // A request whose body is not read would block its connection.
  request.resume();
  const isJson = headers.accept?.includes("application/json") ?? false;
  const body = isJson
    ? JSON.stringify({ instanceId, availabilityZone, path })
    : `${instanceId} in ${availabilityZone} served ${path}`;
  response.setHeader("x-instance-id", instanceId);
  response.setHeader("content-type", isJson ? "application/json" : "text/plain; charset=utf-8");
  response.end(`${body}\n`);
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
