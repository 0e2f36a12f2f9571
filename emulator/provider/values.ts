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

type Encoded = null | boolean | number | string | Encoded[] | { [key: string]: Encoded };

/** How the engine marks values that are secret or not known yet; these strings never change. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function receive(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const properties: Properties = {};
  for (const [key, encoded] of Object.entries(struct?.toJavaScript() ?? {})) {
    properties[key] = decode(encoded, () => secrets.add(key));
  }
  return { properties, secrets };
}

/** A property that was secret on its way in, or any part of it, is secret on its way out. */
export function send(properties: Properties, secrets: ReadonlySet<string> = new Set()): Struct {
  const fields: Record<string, Encoded> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined) {
      const encoded = encode(value);
      fields[key] = secrets.has(key)
        ? { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: encoded }
        : encoded;
    }
  }
  return Struct.fromJavaScript(fields);
}

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** To AWS and the engine an empty string, list or map is the same as none. */
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

function decode(encoded: unknown, onSecret: () => void): Value {
  if (encoded === UNKNOWN_TEXT) {
    return UNKNOWN;
  }
  if (typeof encoded === "boolean" || typeof encoded === "number" || typeof encoded === "string") {
    return encoded;
  }
  if (Array.isArray(encoded)) {
    return encoded.map((item) => decode(item, onSecret));
  }
  if (typeof encoded !== "object" || encoded === null) {
    return null;
  }
  const fields = new Map<string, unknown>(Object.entries(encoded));
  if (fields.has(SIGNATURE_KEY)) {
    return decodeSigned(fields, onSecret);
  }
  return Object.fromEntries([...fields].map(([key, value]) => [key, decode(value, onSecret)]));
}

function decodeSigned(fields: ReadonlyMap<string, unknown>, onSecret: () => void): Value {
  const signature = fields.get(SIGNATURE_KEY);
  if (signature !== SECRET_SIGNATURE) {
    throw new Error(
      `the emulator takes no assets, archives, outputs or resource references: ${String(signature)}`,
    );
  }
  onSecret();
  return decode(fields.get("value"), onSecret);
}

function encode(value: Value): Encoded {
  if (value === UNKNOWN) {
    return UNKNOWN_TEXT;
  }
  if (Array.isArray(value)) {
    return value.map(encode);
  }
  if (!isObject(value)) {
    return value;
  }
  const fields: Record<string, Encoded> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) {
      fields[key] = encode(item);
    }
  }
  return fields;
}
