import type { IncomingMessage } from "node:http";
import type { Outgoing } from "./forwarding";
import { invoke, isTooLarge } from "./lambdaEvent";
import type { Exchange, Field } from "./requestHeaders";
import { answer, connection } from "./responsePages";
import type { Route } from "./routing";

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
