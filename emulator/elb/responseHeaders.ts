import type { ServerResponse } from "node:http";
import type { Attributes } from "../aws";
import { isOn, RESPONSE_HEADERS, SERVER_HEADER } from "./attributes";
import type { Field } from "./requestHeaders";

/** What a listener does to the headers of an answer, whoever gives it. */
interface Amendment {
  readonly added: readonly Field[];
  readonly dropsServer: boolean;
}

const amendments = new WeakMap<ServerResponse, Amendment>();

/** Lets an answer have the headers that its listener adds. */
export function amend(response: ServerResponse, attributes: Attributes): void {
  const added = [...RESPONSE_HEADERS]
    .map(([key, name]): Field => [name, attributes[key]])
    .filter(([, value]) => value !== "");
  amendments.set(response, { added, dropsServer: !isOn(attributes, SERVER_HEADER) });
}

/** The headers of an answer as the client gets them: the listener's in place of those of the same names. */
export function amended(response: ServerResponse, fields: readonly Field[]): Field[] {
  const { added, dropsServer } = amendments.get(response) ?? { added: [], dropsServer: false };
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  if (dropsServer) replaced.add("server");
  return [...fields.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
}
