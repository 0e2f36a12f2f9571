import type { ServerResponse } from "node:http";

interface Event {
  readonly id: number;
  readonly type: string;
  readonly data: unknown;
}

/** More than one deployment of one environment tells. */
const KEPT = 500;

/** What happens to one environment, for everybody who follows it. */
export class Events {
  private readonly kept: Event[] = [];
  private readonly followers = new Set<ServerResponse>();
  private count = 0;

  tell(type: string, data: unknown): void {
    const event = { id: ++this.count, type, data };
    this.kept.push(event);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const response of this.followers) write(response, event);
  }

  /** Sends what came after the last that was seen, then what comes. */
  follow(response: ServerResponse, lastSeen: number, over: boolean): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    for (const event of this.kept.filter(({ id }) => id > lastSeen)) write(response, event);
    if (over) return void response.end();
    this.followers.add(response);
    response.on("close", () => this.followers.delete(response));
  }

  /** Nothing follows: everybody's stream ends. */
  end(): void {
    for (const response of this.followers) response.end();
    this.followers.clear();
  }
}

function write(response: ServerResponse, { id, type, data }: Event): void {
  response.write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
}
