import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { type Configuration, InvalidConfigurationError } from "load-balanced-group/automation";
import { Busy, type Deployments, NotYours } from "./deployments";
import { NoRoom, type Records } from "./records";

const MAX_BYTES = 256 * 1024;

/** An answer that is not what the client hoped for. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<{ [name: string]: string }> = {},
  ) {
    super(message);
  }
}

export interface Service {
  readonly records: Records;
  readonly deployments: Deployments;
  /** Token to the name of whom it was given to. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly isStopping: () => boolean;
  readonly log: (entry: object) => void;
}

export function serve(service: Service): Server {
  return createServer((request, response) => {
    const id = randomUUID();
    response.on("finish", () => {
      const { method, url } = request;
      service.log({ request: id, method, url, status: response.statusCode });
    });
    answer(service, request, response, id).catch((error: unknown) => {
      const [status, body, headers] = answerTo(error);
      if (status === 500 || error instanceof NoRoom) {
        const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
        service.log({ event: "fault", request: id, error: said });
      }
      if (response.headersSent) response.end();
      else send(response, status, body, headers);
    });
  });
}

async function answer(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const [pathname] = (request.url ?? "/").split("?");
  if (pathname === "/health") return send(response, 200, { stopping: service.isStopping() });
  if (pathname === "/openapi.json") {
    return send(
      response,
      200,
      JSON.parse(await readFile(path.join(__dirname, "../openapi.json"), "utf8")),
    );
  }
  const client = clientOf(request, service.tokens);
  const { deployments } = service;
  if (pathname === "/environments" && request.method === "GET") {
    const own = service.records.all.filter(({ owner }) => owner === client);
    return send(response, 200, own);
  }
  const [, name, events] =
    /^\/environments\/([a-z][a-z0-9-]{0,30})(\/events)?$/.exec(pathname) ?? [];
  if (name === undefined) throw new Refusal(404, "there is no such path");
  if (request.method === "POST" && events === undefined) {
    if (service.isStopping()) throw stopping();
    const { region, configuration } = await wishIn(request);
    const record = await deployments.deploy({ name, region, configuration, client, request: id });
    return send(response, 202, record, { location: pathname });
  }
  const record = deployments.recordFor(name, client);
  if (record === undefined) throw new Refusal(404, `there is no environment ${name}`);
  if (request.method === "DELETE" && events === undefined) {
    if (service.isStopping()) throw stopping();
    return send(response, 202, await deployments.destroy({ ...record, client, request: id }));
  }
  if (request.method !== "GET") throw new Refusal(405, `${request.method} does not go here`);
  if (events === undefined) return send(response, 200, record);
  const lastSeen = Number(request.headers["last-event-id"] ?? 0);
  deployments.eventsOf(name).follow(response, lastSeen, !deployments.isBusy(name));
}

const stopping = () => new Refusal(503, "the service is stopping", { "retry-after": "60" });

function clientOf({ headers }: IncomingMessage, tokens: ReadonlyMap<string, string>): string {
  const [, given = ""] = /^Bearer (.+)$/.exec(headers.authorization ?? "") ?? [];
  const digest = (text: string) => createHash("sha256").update(text).digest();
  // All are compared, so that the time tells nothing of them.
  const found = [...tokens].filter(([token]) => timingSafeEqual(digest(token), digest(given)));
  if (found.length === 0) {
    throw new Refusal(401, "a token is needed", { "www-authenticate": "Bearer" });
  }
  return found[0][1];
}

async function wishIn(
  request: IncomingMessage,
): Promise<{ region: string; configuration: Configuration }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Refusal(413, `the body has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Refusal(400, "the body must be JSON");
  }
  const { region, configuration } = Object(body) as {
    region: string;
    configuration: Configuration;
  };
  if (typeof configuration !== "object" || configuration === null) {
    throw new Refusal(400, "the body must have a configuration");
  }
  return { region, configuration };
}

/** What a client is told of an error. */
function answerTo(error: unknown): [number, object, Refusal["headers"]?] {
  if (error instanceof Refusal) return [error.status, { message: error.message }, error.headers];
  if (error instanceof NotYours) return [403, { message: error.message }];
  if (error instanceof Busy) return [409, { message: error.message, holder: error.holder }];
  if (error instanceof NoRoom) {
    return [507, { message: "the service has no room to write it down; nothing was begun" }];
  }
  if (error instanceof InvalidConfigurationError) {
    return [400, { message: error.message, problems: error.problems }];
  }
  return [500, { message: "this is the service's own fault; its log has it" }];
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<{ [name: string]: string }> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(`${JSON.stringify(body)}\n`);
}
