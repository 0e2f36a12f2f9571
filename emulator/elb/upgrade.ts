import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream";
import { type Exchange, pairs } from "./requestHeaders";
import type { Route } from "./routing";

/** Gives a request to change protocols a response of the usual kind, for answers other than 101. */
export function responseOn(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  const { socket } = request;
  response.assignSocket(socket);
  response.shouldKeepAlive = false;
  response.once("finish", () => {
    response.detachSocket(socket);
    response.emit("close");
    socket.end();
  });
  socket.once("close", () => response.emit("close"));
  return response;
}

export const isWebSocket = ({ headers }: IncomingMessage) =>
  headers.upgrade?.toLowerCase() === "websocket";

/** The target's half of a connection that has changed protocols. */
interface Switched {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

function ignore(): void {
  // Either side may end the conversation as it likes; the pipeline ends the other one.
}

/** Joins client and target once the target has agreed to change protocols. */
export function join(
  { request, response, upgradeHead }: Exchange,
  { incoming, socket, head }: Switched,
  { session, target, groupCookies }: Route,
  idleTimeout: number,
): void {
  const client = request.socket;
  response.detachSocket(client);
  const cookies = [
    ...session.cookies(target.description, incoming.headers["set-cookie"] ?? []),
    ...groupCookies,
  ];
  const lines = [
    `HTTP/1.1 101 ${incoming.statusMessage ?? "Switching Protocols"}`,
    ...pairs(incoming.rawHeaders).map(([name, value]) => `${name}: ${value}`),
    ...cookies.map((cookie) => `Set-Cookie: ${cookie}`),
  ];
  client.write(`${lines.join("\r\n")}\r\n\r\n`);
  client.write(head);
  socket.write(upgradeHead ?? "");
  client.setTimeout(idleTimeout, () => client.destroy());
  pipeline(client, socket, ignore);
  pipeline(socket, client, ignore);
}
