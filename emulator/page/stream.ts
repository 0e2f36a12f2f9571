import type { ServerResponse } from "node:http";

const MOST_CLIENTS = 20;
/** A client that has not read so many bytes is cut off; it connects again and gets all anew. */
const MOST_UNREAD = 1024 * 1024;

/** Server-sent events for every page that is open. */
export class EventStream {
  private readonly clients = new Set<ServerResponse>();

  get isWatched(): boolean {
    return this.clients.size > 0;
  }

  /** Adds a page, which first gets everything. */
  open(response: ServerResponse, first: object): void {
    if (this.clients.size >= MOST_CLIENTS) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
    response.once("close", () => {
      this.clients.delete(response);
    });
    this.clients.add(response);
    response.write(`retry: 1000\n${message("all", first)}`);
  }

  send(change: object): void {
    const text = message("change", change);
    for (const client of this.clients) {
      if (client.writableLength > MOST_UNREAD) client.destroy();
      else client.write(text);
    }
  }

  close(): void {
    for (const client of this.clients) client.destroy();
  }
}

const message = (event: string, data: object) =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
