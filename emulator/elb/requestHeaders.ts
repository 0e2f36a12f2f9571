import type { IncomingMessage, ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import type { Attributes } from "../aws";
import { HEADER_NAMES, isOn } from "./attributes";

export type Field = readonly [name: string, value: string];

/** Node.js lists names and values in one flat array, in the order and the case they came in. */
export function pairs(rawHeaders: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    fields.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
  }
  return fields;
}

/** What a load balancer knows of a request besides its headers. */
export interface Arrival {
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly scheme: "http" | "https";
  readonly listenerPort: number;
  readonly dnsName: string;
  readonly attributes: Attributes;
  readonly listenerAttributes: Attributes;
  readonly tls?: { readonly version: string; readonly cipherSuite: string };
  /** The headers with the client's certificate for the targets; missing without mutual TLS. */
  readonly clientCertificate?: readonly Field[];
}

/** Headers that concern one connection only, and so end at the load balancer. */
const HOP_BY_HOP = [
  "connection",
  "expect",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** What says where a message ends: a message that loses it runs into the next one. */
const FRAMING = "content-length";

/** The names in these fields that no message may carry on. */
export function hopByHop(fields: readonly Field[]): Set<string> {
  const nominated = fields
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((token) => token.trim().toLowerCase()))
    .filter((token) => token !== FRAMING);
  return new Set([...HOP_BY_HOP, ...nominated]);
}

const valueOf = (fields: readonly Field[], name: string) =>
  fields
    .filter(([field]) => field.toLowerCase() === name)
    .map(([, value]) => value)
    .join(", ");

/** The Host that a target sees. */
function host(fields: readonly Field[], arrival: Arrival, fromUrl: string | undefined): string {
  const { attributes, listenerPort, dnsName } = arrival;
  const sent = fields.find(([name]) => name.toLowerCase() === "host")?.[1] ?? dnsName;
  if (isOn(attributes, "routing.http.preserve_host_header.enabled")) {
    return sent;
  }
  const parts = /^(.*?)(?::(\d+))?$/.exec(fromUrl ?? sent);
  const name = (parts?.[1] ?? sent).toLowerCase();
  return listenerPort === 80 || listenerPort === 443
    ? name
    : `${name}:${parts?.[2] ?? listenerPort}`;
}

function forwardedFor(sent: string, arrival: Arrival): Field[] {
  const { attributes, clientAddress, clientPort } = arrival;
  const withPort = isOn(attributes, "routing.http.xff_client_port.enabled");
  const address = clientAddress.includes(":") && withPort ? `[${clientAddress}]` : clientAddress;
  const client = withPort ? `${address}:${clientPort}` : address;
  switch (attributes["routing.http.xff_header_processing.mode"]) {
    case "remove":
      return [];
    case "preserve":
      return sent === "" ? [] : [["X-Forwarded-For", sent]];
    default:
      return [["X-Forwarded-For", sent === "" ? client : `${sent}, ${client}`]];
  }
}

const LONGEST_TRACE = 7 * 1024;

const newTrace = () =>
  `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;

/** A client's trace goes on: a Root stays and a Self is set anew in front of it. */
function trace(sent: string): string {
  const kept = sent.split(";").filter((part) => part !== "" && !part.startsWith("Self="));
  const traced = kept.some((part) => part.startsWith("Root="));
  if (sent.length > LONGEST_TRACE || kept.length === 0) {
    return `Root=${newTrace()}`;
  }
  return [`${traced ? "Self" : "Root"}=${newTrace()}`, ...kept].join(";");
}

const tlsFields = ({ tls, attributes }: Arrival): Field[] =>
  tls !== undefined && isOn(attributes, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled")
    ? [
        ["X-Amzn-Tls-Version", tls.version],
        ["X-Amzn-Tls-Cipher-Suite", tls.cipherSuite],
      ]
    : [];

/** A header under the name that the listener has for it. */
function renamed([name, value]: Field, { listenerAttributes }: Arrival): Field {
  const key = HEADER_NAMES.get(name.toLowerCase());
  const other = key === undefined ? "" : listenerAttributes[key];
  return [other === "" ? name : other, value];
}

const REPLACED = [
  "host",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-amzn-trace-id",
];

/** With mutual TLS, clients can't set these headers themselves: inferred, no page of AWS says so. */
const isForged = (name: string, { clientCertificate }: Arrival) =>
  clientCertificate !== undefined && name.startsWith("x-amzn-mtls-clientcert");

/** The headers with which a load balancer passes a request on to a target. */
export function forwardedHeaders(
  rawHeaders: readonly string[],
  arrival: Arrival,
  hostFromUrl?: string,
): Field[] {
  const fields = pairs(rawHeaders);
  const own = [...tlsFields(arrival), ...(arrival.clientCertificate ?? [])].map((field) =>
    renamed(field, arrival),
  );
  const ownNames = own.map(([name]) => name.toLowerCase());
  const dropped = new Set([...hopByHop(fields), ...REPLACED, ...ownNames]);
  const strict = isOn(arrival.attributes, "routing.http.drop_invalid_header_fields.enabled");
  const kept = fields.filter(
    ([name]) =>
      !dropped.has(name.toLowerCase()) &&
      !isForged(name.toLowerCase(), arrival) &&
      (!strict || /^[-A-Za-z0-9]+$/.test(name)),
  );
  return [
    ...forwardedFor(valueOf(fields, "x-forwarded-for"), arrival),
    ["X-Forwarded-Proto", arrival.scheme],
    ["X-Forwarded-Port", String(arrival.listenerPort)],
    ["Host", host(fields, arrival, hostFromUrl)],
    ["X-Amzn-Trace-Id", trace(valueOf(fields, "x-amzn-trace-id"))],
    ...own,
    ...kept,
  ];
}

/** One request of a client and the answer that it waits for. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** For a request to change protocols: what the client sent after its headers. */
  readonly upgradeHead?: Buffer;
  /** The headers with the client's certificate for the targets; missing without mutual TLS. */
  readonly clientCertificate?: readonly Field[];
}
