import type { IncomingMessage, ServerResponse } from "node:http";
import type { Field } from "./requestHeaders";

/** One request of a client and the answer that it waits for. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** For a request to change protocols: what the client sent after its headers. */
  readonly upgradeHead?: Buffer;
  /** What targets are told of the client's certificate; missing where it was asked for none. */
  readonly clientCertificate?: readonly Field[];
}
