import type { IncomingMessage, ServerResponse } from "node:http";

/** One request of a client and the answer that it waits for. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** For a request to change protocols: what the client sent after its headers. */
  readonly upgradeHead?: Buffer;
}
