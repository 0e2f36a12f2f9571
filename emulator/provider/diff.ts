import { defaultsOf } from "./check";
import { type BlockProperty, type Property, type Shape } from "./properties";
import { type ResourceType } from "./resourceType";
import { hasUnknown, isEmpty, isObject, type Properties, type Value } from "./values";

export interface Change {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

export interface Difference {
  readonly changes: Change[];
  /** The old one goes first where both cannot exist at once. */
  readonly deleteBeforeReplace: boolean;
}

/** What has to be done to get from the state to the inputs, which Check has made. */
export function diff(type: ResourceType, state: Properties, inputs: Properties): Difference {
  const replacing = type.replacing?.(state, inputs) ?? [];
  const changes = diffShape(type.inputs, state, inputs, "", false).map((change) =>
    replacing.includes(change.path) ? { ...change, replaces: true } : change,
  );
  const replaces = changes.some((change) => change.replaces);
  return { changes, deleteBeforeReplace: replaces && keepsGivenName(type, state, inputs) };
}

/** Whether a property differs: the real provider sends actions, conditions and transforms only then. */
export function isChanged(
  { inputs }: ResourceType,
  name: string,
  state: Properties,
  news: Properties,
): boolean {
  return diffShape({ [name]: inputs[name] }, state, news, "", false).length > 0;
}

/**
 * The real provider's bridge deletes first when the new resource would have the very name of the old
 * one. A made name is no hindrance, as the engine takes a new one for the replacement.
 */
function keepsGivenName(type: ResourceType, state: Properties, inputs: Properties): boolean {
  return (
    type.longestName !== undefined &&
    !defaultsOf(inputs).has("name") &&
    inputs.name !== undefined &&
    inputs.name === state.name
  );
}

function diffShape(
  shape: Shape,
  olds: Properties,
  news: Properties,
  prefix: string,
  isInReplaced: boolean,
): Change[] {
  return Object.entries(shape).flatMap(([key, property]) => {
    const { onlyWith } = property;
    if (onlyWith !== undefined && news[onlyWith] !== true) return [];
    return diffProperty(
      property,
      withWhatIsAlwaysThere(property, olds[key], olds),
      // Check fills in the defaults, but the inputs that an import found have not been checked.
      isEmpty(news[key]) ? property.default : withWhatIsAlwaysThere(property, news[key], news),
      prefix + key,
      isInReplaced || property.forceNew === true,
    );
  });
}

/** A set with the value that it has even if it is not given. */
export function withWhatIsAlwaysThere(
  property: Property,
  value: Value | undefined,
  all: Properties,
): Value | undefined {
  if (property.kind !== "set" || property.with === undefined) return value;
  const always = all[property.with];
  if (always === undefined || !Array.isArray(value) || value.includes(always)) return value;
  return [always, ...value];
}

function diffProperty(
  property: Property,
  old: Value | undefined,
  now: Value | undefined,
  path: string,
  replaces: boolean,
): Change[] {
  if (isEmpty(now)) {
    const stays = property.computed === true || property.keptWhenMissing === true || isEmpty(old);
    return stays ? [] : [{ path, kind: "delete", replaces }];
  }
  if (isEmpty(old)) {
    return [{ path, kind: "add", replaces }];
  }
  if (property.kind === "block" && isObject(old) && isObject(now)) {
    return diffShape(property.properties, old, now, `${path}.`, replaces);
  }
  if (property.kind === "blocks" && Array.isArray(old) && Array.isArray(now)) {
    return diffBlocks(property, old, now, path, replaces);
  }
  return areEqual(property, old, now) ? [] : [{ path, kind: "update", replaces }];
}

function diffBlocks(
  property: BlockProperty,
  olds: Value[],
  news: Value[],
  path: string,
  replaces: boolean,
): Change[] {
  if (olds.length !== news.length) {
    return [{ path, kind: "update", replaces }];
  }
  const [before, after] = property.anyOrder === true ? [sorted(olds), sorted(news)] : [olds, news];
  return after.flatMap((now, position) => {
    const old = before[position];
    const at = `${path}[${position}]`;
    if (isObject(old) && isObject(now)) {
      return diffShape(property.properties, old, now, `${at}.`, replaces);
    }
    return [{ path: at, kind: "update", replaces }];
  });
}

/** In an order of their own, whatever the order in which they were given. */
function sorted(blocks: Value[]): Value[] {
  const text = (block: Value) => canonical({ kind: "map" }, block);
  return [...blocks].sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

export function areEqual(
  property: Property,
  old: Value | undefined,
  now: Value | undefined,
): boolean {
  if (hasUnknown(now)) {
    return false;
  }
  return canonical(property, old) === canonical(property, now);
}

function canonical(property: Property, value: Value | undefined): string {
  if (property.kind === "set" && Array.isArray(value)) {
    return JSON.stringify(value.map(String).sort());
  }
  if (property.kind === "map" && isObject(value)) {
    return JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  }
  return JSON.stringify(value);
}
