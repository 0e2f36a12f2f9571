import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly body: string;
}

/** Reads a whole answer. */
export async function read(incoming: http.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Sends a request and waits for the whole answer. */
export async function ask(
  url: string,
  options: http.RequestOptions & { body?: string } = {},
): Promise<Answer> {
  const request = http.request(url, { agent: false, ...options });
  request.end(options.body);
  const [incoming] = (await once(request, "response")) as [http.IncomingMessage];
  return read(incoming);
}

/** Asks over TLS, by default without judging the certificate: nobody signs those of the emulator. */
export async function askSecurely(
  url: string,
  options: https.RequestOptions & { body?: string } = {},
): Promise<Answer> {
  const request = https.request(url, { agent: false, rejectUnauthorized: false, ...options });
  request.end(options.body);
  const [incoming] = (await once(request, "response")) as [http.IncomingMessage];
  return read(incoming);
}

/** Sends bytes as they are and reads until the other side closes. */
export async function askRaw(url: string, text: string): Promise<string> {
  const socket = net.connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(text);
  let answer = "";
  for await (const chunk of socket) {
    answer += String(chunk);
  }
  return answer;
}

/** Answers with the headers that reached the server. */
export const echoHeaders: http.RequestListener = (request, response) => {
  response.end(JSON.stringify({ url: request.url, raw: request.rawHeaders }));
};

/** The values of a header as the target saw them. */
export function seen(body: string, name: string): string[] {
  const { raw } = JSON.parse(body) as { raw: string[] };
  return raw.filter((_, at) => at % 2 === 1 && raw[at - 1] === name);
}
