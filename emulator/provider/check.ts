import { autoname } from "./autoname";
import {
  type BlockProperty,
  type IntegerProperty,
  type Property,
  type Shape,
  type TextProperty,
} from "./properties";
import { type Failure, type ResourceType } from "./resourceType";
import { hasUnknown, isObject, type Properties, UNKNOWN, type Value } from "./values";

/** Where the engine's bridge to the real provider notes the properties that nobody gave. */
export const DEFAULTS = "__defaults";

export interface Checked {
  readonly inputs: Properties;
  readonly failures: Failure[];
}

interface Request {
  readonly name: string;
  readonly olds: Properties;
  readonly news: Properties;
  readonly seed: Uint8Array;
}

/** The inputs with the provider's defaults and, where none is given, a name; and what is wrong with them. */
export function check(type: ResourceType, request: Request): Checked {
  const { news } = request;
  try {
    const named = { ...madeName(type, request), ...news };
    const { inputs, failures } = checkProperties(type.inputs, named, type.token);
    inputs[DEFAULTS] = Object.keys(inputs).filter((key) => news[key] === undefined);
    return { inputs, failures: [...failures, ...checkTogether(type, inputs)] };
  } catch (error) {
    if (error instanceof RangeError) {
      return { inputs: news, failures: [{ property: "name", reason: error.message }] };
    }
    throw error;
  }
}

/** The properties of a shape alone: their kinds, values and defaults, and that all of them are known. */
export function checkProperties(shape: Shape, given: Properties, token: string): Checked {
  const failures: Failure[] = [];
  return { inputs: checkShape(shape, given, "", token, failures), failures };
}

/** The properties that Check filled in. */
export function defaultsOf(inputs: Properties): ReadonlySet<Value> {
  const defaults = inputs[DEFAULTS];
  return new Set(Array.isArray(defaults) ? defaults : []);
}

/** A made name stays over updates; a name that was given and then left out does not. */
function madeName(type: ResourceType, { name, olds, news, seed }: Request): Properties {
  const { longestName, nameProperty = "name" } = type;
  const isGiven = news[nameProperty] !== undefined || news[`${nameProperty}Prefix`] !== undefined;
  if (isGiven || longestName === undefined) {
    return {};
  }
  const kept = defaultsOf(olds).has(nameProperty) ? olds[nameProperty] : undefined;
  return { [nameProperty]: kept ?? autoname(name, longestName, seed) };
}

function checkTogether(type: ResourceType, inputs: Properties): Failure[] {
  const failures: Failure[] = [];
  if (inputs.name !== undefined && inputs.namePrefix !== undefined) {
    failures.push({ property: "name", reason: '"name": conflicts with namePrefix' });
  }
  if (failures.length === 0 && type.check !== undefined) {
    failures.push(...type.check(inputs));
  }
  return failures;
}

function checkShape(
  shape: Shape,
  given: Properties,
  path: string,
  token: string,
  failures: Failure[],
): Properties {
  for (const [key, value] of Object.entries(given)) {
    const isAbsent = value === undefined || value === null;
    if (!Object.hasOwn(shape, key) && key !== DEFAULTS && !isAbsent) {
      failures.push({ property: path + key, reason: unsupported(shape, path + key, token) });
    }
  }
  const checked: Properties = {};
  for (const [key, property] of Object.entries(shape)) {
    const value = given[key] ?? property.default;
    if (value === undefined) {
      if (property.required === true) {
        failures.push({ property: path + key, reason: missing(path + key) });
      }
      continue;
    }
    checked[key] = checkValue(property, value, path + key, token, failures);
  }
  return checked;
}

function checkValue(
  property: Property,
  value: Value,
  path: string,
  token: string,
  failures: Failure[],
): Value {
  const coerced = coerce(property, value);
  if (coerced === UNKNOWN) {
    return UNKNOWN;
  }
  if (property.kind === "block" && isObject(coerced)) {
    return checkShape(property.properties, coerced, `${path}.`, token, failures);
  }
  if (property.kind === "blocks" && Array.isArray(coerced)) {
    return coerced.map((item, position) =>
      checkBlock(property, item, `${path}[${position}]`, token, failures),
    );
  }
  const fault = faultOf(property, coerced);
  if (fault !== undefined) {
    failures.push({ property: path, reason: `expected ${path} ${fault}` });
  }
  return coerced;
}

function checkBlock(
  property: BlockProperty,
  item: Value,
  path: string,
  token: string,
  failures: Failure[],
): Value {
  if (item === UNKNOWN) {
    return UNKNOWN;
  }
  if (!isObject(item)) {
    failures.push({ property: path, reason: `expected ${path} to be an object` });
    return item;
  }
  return checkShape(property.properties, item, `${path}.`, token, failures);
}

/** The engine's languages are not all strict about "80" and 80. */
function coerce(property: Property, value: Value): Value {
  if (property.kind === "string" && (typeof value === "number" || typeof value === "boolean")) {
    return String(value);
  }
  if (property.kind === "integer" && typeof value === "string" && /^-?\d+$/.test(value)) {
    return Number(value);
  }
  if (property.kind === "boolean" && (value === "true" || value === "false")) {
    return value === "true";
  }
  return value;
}

function faultOf(property: Property, value: Value): string | undefined {
  switch (property.kind) {
    case "string":
      return typeof value === "string" ? textFault(property, value) : "to be a string";
    case "integer":
      return typeof value === "number" ? integerFault(property, value) : "to be an integer";
    case "number":
      return typeof value === "number" ? undefined : "to be a number";
    case "boolean":
      return typeof value === "boolean" ? undefined : "to be a boolean";
    case "set":
      return Array.isArray(value) && value.every(isText) ? undefined : "to be a list of strings";
    case "map":
      return isObject(value) && Object.values(value).every(isText)
        ? undefined
        : "to be a map of strings";
    case "block":
      return "to be an object";
    case "blocks":
      return "to be a list of objects";
  }
}

function textFault(property: TextProperty, value: string): string | undefined {
  if (property.values !== undefined && !property.values.includes(value)) {
    return `to be one of [${property.values.join(" ")}], got ${value}`;
  }
  return property.fault?.(value);
}

function integerFault(property: IntegerProperty, value: number): string | undefined {
  if (!Number.isInteger(value)) {
    return `to be an integer, got ${value}`;
  }
  const { range, or } = property;
  if (range === undefined || value === or || (value >= range[0] && value <= range[1])) {
    return undefined;
  }
  const also = or === undefined ? "" : `${or} or `;
  return `to be ${also}in the range (${range[0]} - ${range[1]}), got ${value}`;
}

function isText(value: Value | undefined): boolean {
  return typeof value === "string" || hasUnknown(value);
}

function unsupported(shape: Shape, path: string, token: string): string {
  const supported = Object.keys(shape).join(", ");
  return `the emulator does not support the property ${path} of ${token}; it supports: ${supported}`;
}

function missing(path: string): string {
  return `Missing required argument. The argument "${path}" is required, but no definition was found.`;
}
