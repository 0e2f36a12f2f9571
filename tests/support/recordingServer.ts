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

/** A server that remembers what it is asked. */
export interface RecordingServer {
  readonly url: string;
  readonly requests: Recorded[];
  close(): Promise<void>;
}

/** Answers each request with what is returned, after it was remembered. */
export async function recordingServer(
  answer: (request: Recorded, original: IncomingMessage) => string | Promise<string>,
): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const [, accessKey] = /Credential=([^/]+)/.exec(request.headers.authorization ?? "") ?? [];
      const recorded = { path: request.url ?? "", body, accessKey };
      requests.push(recorded);
      response.end(await answer(recorded, request));
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
