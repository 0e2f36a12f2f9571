import { isObject, type Properties, type Value } from "./values";

interface Common {
  readonly required?: true;
  /** What the provider fills in where nothing is given. */
  readonly default?: boolean | number | string;
  /** AWS decides where nothing is given: leaving it out is no change. */
  readonly computed?: true;
  /** The provider sees no difference where a block is left out: what AWS has stays. */
  readonly keptWhenMissing?: true;
  /** The flag of the same block without which the value is neither compared nor sent. */
  readonly onlyWith?: string;
  /** A change makes a new resource. */
  readonly forceNew?: true;
  /** The key of the load balancer's or target group's attribute that carries the value. */
  readonly attribute?: string;
}

/** The names of the values that the real provider takes and the emulator supports. */
export interface TextProperty extends Common {
  readonly kind: "string";
  readonly values?: readonly string[];
  /** The fault of a value, as the end of a sentence that begins with the property's name. */
  readonly fault?: (value: string) => string | undefined;
}

export interface IntegerProperty extends Common {
  readonly kind: "integer";
  readonly range?: readonly [number, number];
  /** One value outside the range that is allowed all the same. */
  readonly or?: number;
}

export interface NumberProperty extends Common {
  readonly kind: "number";
}

export interface FlagProperty extends Common {
  readonly kind: "boolean";
}

/** Strings whose order means nothing. */
export interface SetProperty extends Common {
  readonly kind: "set";
  /** The property whose value is always in the set, so that a program need not say it. */
  readonly with?: string;
}

export interface MapProperty extends Common {
  readonly kind: "map";
}

/** One block, or a list of blocks whose order counts unless it is said not to. */
export interface BlockProperty extends Common {
  readonly kind: "block" | "blocks";
  readonly anyOrder?: true;
  readonly properties: Shape;
}

export type Property =
  | TextProperty
  | IntegerProperty
  | NumberProperty
  | FlagProperty
  | SetProperty
  | MapProperty
  | BlockProperty;

export type Shape = Readonly<Record<string, Property>>;

/** Every resource with tags has these: its own, and with those of the provider's configuration. */
export const TAGS: Shape = { tags: { kind: "map" } };
export const COMPUTED_TAGS: Shape = { tagsAll: { kind: "map" }, region: { kind: "string" } };

export const PORT_RANGE = [1, 65535] as const;

export function textOf(properties: Properties, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" ? value : undefined;
}

export function integerOf(properties: Properties, key: string): number | undefined {
  const value = properties[key];
  return typeof value === "number" ? value : undefined;
}

export function flagOf(properties: Properties, key: string): boolean {
  return properties[key] === true;
}

export function textsOf(properties: Properties, key: string): string[] {
  return strings(properties[key]);
}

export function blockOf(properties: Properties, key: string): Properties | undefined {
  const value = properties[key];
  return isObject(value) ? value : undefined;
}

export function blocksOf(properties: Properties, key: string): Properties[] {
  const value = properties[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function mapOf(properties: Properties, key: string): Record<string, string> {
  const entries: [string, string][] = [];
  for (const [name, value] of Object.entries(blockOf(properties, key) ?? {})) {
    if (typeof value === "string") {
      entries.push([name, value]);
    }
  }
  return Object.fromEntries(entries);
}

/** For a value that Check has made sure of. */
export function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new Error(`${name} is missing`);
  }
  return value;
}

function strings(value: Value | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}
