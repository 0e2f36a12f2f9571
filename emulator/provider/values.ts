import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A value that the engine does not know yet, in a preview. */
export const UNKNOWN: unique symbol = Symbol("unknown");

export type Value = null | boolean | number | string | typeof UNKNOWN | Value[] | Properties;

export interface Properties {
  [key: string]: Value | undefined;
}

/** A property bag from the engine: plain values, and the names of the properties that are secret. */
export interface Received {
  readonly properties: Properties;
  readonly secrets: ReadonlySet<string>;
}

type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire };

/** The engine's marks on the wire; it fixes these strings once and for all. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function receive(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const properties: Properties = {};
  for (const [key, wire] of Object.entries(struct?.toJavaScript() ?? {})) {
    properties[key] = fromWire(wire, () => secrets.add(key));
  }
  return { properties, secrets };
}

/** A property that was secret on its way in, or any part of it, is secret on its way out. */
export function send(properties: Properties, secrets: ReadonlySet<string> = new Set()): Struct {
  const fields: Record<string, Wire> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined) {
      const wire = toWire(value);
      fields[key] = secrets.has(key) ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: wire } : wire;
    }
  }
  return Struct.fromJavaScript(fields);
}

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** AWS and the engine do not tell nothing from an empty string, list or map. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "") {
    return true;
  }
  return Array.isArray(value)
    ? value.length === 0
    : isObject(value) && Object.keys(value).length === 0;
}

/** Whether some part of the value is known only after the deployment. */
export function hasUnknown(value: Value | undefined): boolean {
  if (Array.isArray(value)) {
    return value.some(hasUnknown);
  }
  return value === UNKNOWN || (isObject(value) && Object.values(value).some(hasUnknown));
}

function fromWire(wire: unknown, onSecret: () => void): Value {
  if (wire === UNKNOWN_TEXT) {
    return UNKNOWN;
  }
  if (typeof wire === "boolean" || typeof wire === "number" || typeof wire === "string") {
    return wire;
  }
  if (Array.isArray(wire)) {
    return wire.map((item) => fromWire(item, onSecret));
  }
  if (typeof wire !== "object" || wire === null) {
    return null;
  }
  const fields = new Map<string, unknown>(Object.entries(wire));
  if (fields.has(SIGNATURE_KEY)) {
    return fromSigned(fields, onSecret);
  }
  return Object.fromEntries([...fields].map(([key, value]) => [key, fromWire(value, onSecret)]));
}

function fromSigned(fields: ReadonlyMap<string, unknown>, onSecret: () => void): Value {
  const signature = fields.get(SIGNATURE_KEY);
  if (signature !== SECRET_SIGNATURE) {
    throw new Error(
      `the emulator takes no assets, archives, outputs or resource references: ${String(signature)}`,
    );
  }
  onSecret();
  return fromWire(fields.get("value"), onSecret);
}

function toWire(value: Value): Wire {
  if (value === UNKNOWN) {
    return UNKNOWN_TEXT;
  }
  if (Array.isArray(value)) {
    return value.map(toWire);
  }
  if (!isObject(value)) {
    return value;
  }
  const fields: Record<string, Wire> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) {
      fields[key] = toWire(item);
    }
  }
  return fields;
}
