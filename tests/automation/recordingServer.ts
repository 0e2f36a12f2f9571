import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it came in. */
export interface Recorded {
  readonly path: string;
  readonly body: string;
  /** Whose key it was signed with, if it was. */
  readonly accessKey: string | undefined;
}

/** A body, or an answer that is no success. */
export type Answer = string | { readonly status: number; readonly body: string };

/** A server that remembers what it is asked. */
export interface RecordingServer {
  readonly url: string;
  readonly requests: Recorded[];
  close(): Promise<void>;
}

/** Answers each request with what is returned, after it was remembered. */
export async function recordingServer(
  answer: (request: Recorded, original: IncomingMessage) => Answer | Promise<Answer>,
): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const [, accessKey] = /Credential=([^/]+)/.exec(request.headers.authorization ?? "") ?? [];
      const recorded = { path: request.url ?? "", body, accessKey };
      requests.push(recorded);
      const given = await answer(recorded, request);
      const { status, body: said } =
        typeof given === "string" ? { status: 200, body: given } : given;
      response.writeHead(status, { "content-type": "text/xml" }).end(said);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
