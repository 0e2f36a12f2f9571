import { type ServerResponse, STATUS_CODES } from "node:http";
import type { FixedResponseAction } from "../aws";
import { amended } from "./responseHeaders";

/** Where AWS's load balancers word a status otherwise than Node.js does. */
const REASONS = new Map([
  [408, "Request Time-out"],
  [414, "Request-URI Too Large"],
  [463, ""],
  [503, "Service Temporarily Unavailable"],
  [504, "Gateway Time-out"],
]);

export const reason = (status: number) => REASONS.get(status) ?? STATUS_CODES[status] ?? "";

/** The page that a load balancer sends with a status of its own making. */
export function page(status: number): string {
  const title = `${status} ${reason(status)}`.trim();
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ];
  return lines.join("\r\n");
}

const headers = (body: string): Record<string, string> => ({
  Server: "awselb/2.0",
  Date: new Date().toUTCString(),
  "Content-Type": "text/html",
  "Content-Length": String(Buffer.byteLength(body)),
});

/**
 * How the client's connection goes on. Saying it keeps node:http from announcing its idle timeout:
 * AWS gives clients no such hint, and one that reuses a connection too late has to cope.
 */
export const connection = ({ req, shouldKeepAlive }: ServerResponse): Record<string, string> =>
  shouldKeepAlive && req.httpVersion === "1.1" ? { Connection: "keep-alive" } : {};

/** Answers a request in the load balancer's own name. */
export function answer(
  response: ServerResponse,
  status: number,
  more: Record<string, string> = {},
): void {
  const body = page(status);
  const fields = Object.entries({ ...headers(body), ...connection(response), ...more });
  response.writeHead(status, reason(status), amended(response, fields).flat());
  response.end(body);
}

/** Answers as a fixed-response action says. AWS's pages don't say whether it adds a charset. */
export function answerFixed(
  response: ServerResponse,
  { statusCode, contentType, messageBody }: FixedResponseAction,
): void {
  const status = Number(statusCode);
  const fields = Object.entries({
    ...headers(messageBody),
    "Content-Type": contentType,
    ...connection(response),
  });
  response.writeHead(status, reason(status), amended(response, fields).flat());
  response.end(messageBody);
}

/** The load balancer's page for a connection whose request could not be read. */
export function rawAnswer(status: number): string {
  const body = page(status);
  const fields = Object.entries({ ...headers(body), Connection: "close" });
  const lines = fields.map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${reason(status)}`, ...lines, "", body].join("\r\n");
}
