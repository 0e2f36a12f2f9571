import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { SecureContext, TLSSocket } from "node:tls";
import { AwsError } from "../aws";
import { bestFor } from "./certificates";
import { chainOf } from "./clientCertificates";
import type { Exchange, Field } from "./requestHeaders";
import { answer, rawAnswer } from "./responsePages";
import type { TlsSettings } from "./tlsSettings";
import { responseOn } from "./upgrade";

const HEADERS_LIMIT = 64 * 1024;
const LOWEST_OWN_PORT = 1024;

/** How long clients may stay silent, and how long their connections may last; in milliseconds. */
export interface ClientTimes {
  readonly idleTimeout: number;
  readonly keepAlive: number;
}

export interface SocketOptions {
  /** The listener's port; one below 1024 gets a free port of this machine instead. */
  readonly port: number;
  /** For HTTPS. */
  readonly tls?: TlsSettings;
  readonly times: () => ClientTimes;
  readonly serve: (exchange: Exchange) => void;
}

type SniDone = (error: Error | null, context?: SecureContext) => void;

function createServer(
  tls: TlsSettings | undefined,
  contextFor: (host: string, client: TLSSocket) => SecureContext | undefined,
): http.Server | https.Server {
  const options: http.ServerOptions = {
    maxHeaderSize: HEADERS_LIMIT,
    // AWS has a page of its own for requests without Host.
    requireHostHeader: false,
    // Idle time is what counts, however long a body takes.
    requestTimeout: 0,
  };
  // HTTP/2 is not offered: every client that speaks it speaks HTTP/1.1 too, and targets see no other.
  return tls === undefined
    ? http.createServer(options)
    : https.createServer({
        ...options,
        ...tls.options,
        // Called on the client's socket.
        SNICallback(this: TLSSocket, host: string, done: SniDone) {
          done(null, contextFor(host, this));
        },
        ALPNProtocols: ["http/1.1"],
        requestCert: tls.admit !== undefined,
        // Who is admitted is decided here.
        rejectUnauthorized: false,
      });
}

function statusFor(error: Error): number {
  switch ("code" in error ? error.code : "") {
    case "HPE_INVALID_TRANSFER_ENCODING":
      return 501;
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return 408;
    default:
      return 400;
  }
}

function refuseUnreadable(error: Error, socket: Duplex): void {
  if (socket.writable) {
    socket.end(rawAnswer(statusFor(error)));
  } else {
    socket.destroy();
  }
}

const portTaken = (port: number) =>
  new AwsError(
    "PortNotAvailable",
    `port ${port} of this machine is taken, by another load balancer of the emulator or by ` +
      "another program. AWS would accept it; here, choose another listener port, or one below " +
      "1024, for which the emulator finds a free port",
  );

/** The socket behind a listener. */
export class ListenerSocket {
  private readonly sockets = new Map<Socket, number>();
  private readonly server: http.Server | https.Server;
  private readonly shown = new WeakMap<Socket, readonly Field[]>();
  private tls: TlsSettings | undefined;

  private constructor(private readonly options: SocketOptions) {
    this.tls = options.tls;
    this.server = createServer(options.tls, (host, client) =>
      bestFor(host, client.getSharedSigalgs(), this.tls?.hosts ?? []),
    );
    // Before node:https, which would serve what a refused client has sent already.
    this.server.prependListener("secureConnection", (socket: TLSSocket) => {
      this.admit(socket);
    });
    for (const event of ["connection", "secureConnection"]) {
      this.server.on(event, (socket: Socket) => {
        this.sockets.set(socket, Date.now());
        socket.once("close", () => this.sockets.delete(socket));
      });
    }
    this.server.on("request", (request, response) => {
      this.limitConnection(request.socket, response);
      this.serve({ request, response, clientCertificate: this.shown.get(request.socket) });
    });
    this.server.on("upgrade", (request, socket: Socket, upgradeHead) => {
      socket.on("error", () => socket.destroy());
      const clientCertificate = this.shown.get(socket);
      this.serve({ request, response: responseOn(request), upgradeHead, clientCertificate });
    });
    this.server.on("clientError", refuseUnreadable);
  }

  /** Listens, and resolves when connections are accepted. */
  static async open(options: SocketOptions): Promise<ListenerSocket> {
    const listener = new ListenerSocket(options);
    const { server } = listener;
    server.keepAliveTimeout = options.times().idleTimeout;
    server.headersTimeout = options.times().idleTimeout;
    server.listen(options.port < LOWEST_OWN_PORT ? 0 : options.port, "127.0.0.1");
    try {
      await once(server, "listening");
    } catch (error) {
      throw error instanceof Error && "code" in error && error.code === "EADDRINUSE"
        ? portTaken(options.port)
        : error;
    }
    return listener;
  }

  get port(): number {
    const address = this.server.address();
    return address !== null && typeof address === "object" ? address.port : this.options.port;
  }

  get url(): string {
    return `${this.server instanceof https.Server ? "https" : "http"}://127.0.0.1:${this.port}`;
  }

  /** New connections get the new settings; open ones stay. */
  secure(tls: TlsSettings): void {
    if (this.server instanceof https.Server) {
      this.server.setSecureContext(tls.options);
      // Read for each connection anew, and there is no other way to change it.
      Object.assign(this.server, { requestCert: tls.admit !== undefined });
      this.tls = tls;
    }
  }

  /** Takes no new connections; requests under way are still answered. */
  stop(): void {
    this.server.close();
  }

  /** Ends every connection too, WebSockets included. */
  cut(): void {
    this.stop();
    for (const socket of this.sockets.keys()) {
      socket.destroy();
    }
  }

  /** One request, whatever is in it, ends neither the process nor the listener. */
  private serve(exchange: Exchange): void {
    try {
      this.options.serve(exchange);
    } catch {
      if (exchange.response.headersSent) exchange.request.socket.destroy();
      else answer(exchange.response, 500);
    }
  }

  /** Ends a connection whose client has not shown what it must. */
  private admit(socket: TLSSocket): void {
    if (this.tls?.admit === undefined) return;
    const fields = this.tls.admit(chainOf(socket));
    if (fields === undefined) socket.destroy();
    else this.shown.set(socket, fields);
  }

  private limitConnection(socket: Socket, response: http.ServerResponse): void {
    const { idleTimeout, keepAlive } = this.options.times();
    const age = Date.now() - (this.sockets.get(socket) ?? Date.now());
    this.server.keepAliveTimeout = idleTimeout;
    if (age > keepAlive) {
      response.shouldKeepAlive = false;
    }
    response.once("finish", () => {
      if (!this.server.listening) {
        socket.end();
      }
    });
  }
}
