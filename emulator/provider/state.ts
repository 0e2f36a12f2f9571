import { DEFAULTS } from "./check";
import { areEqual, withWhatIsAlwaysThere } from "./diff";
import { type Property, type Shape } from "./properties";
import { type ResourceType } from "./resourceType";
import { isEmpty, isObject, type Properties, UNKNOWN, type Value } from "./values";

/** What is known of a resource: what AWS says of it, and the inputs that AWS does not know. */
export function stateAfter(inputs: Properties, found: Properties): Properties {
  return { ...inputs, ...found, [DEFAULTS]: undefined };
}

/** Whatever AWS would decide is unknown before the resource is made. */
export function previewState(type: ResourceType, inputs: Properties): Properties {
  const state = stateAfter(inputs, {});
  for (const [key, property] of Object.entries({ ...type.inputs, ...type.outputs })) {
    const isComputed = property.computed === true || Object.hasOwn(type.outputs, key);
    if (isComputed && state[key] === undefined) {
      state[key] = UNKNOWN;
    }
  }
  return state;
}

/** The tags follow the inputs; all else that AWS decided stays through an update, but for what is made anew. */
export function previewUpdate(type: ResourceType, olds: Properties, news: Properties): Properties {
  const state = stateAfter(olds, news);
  for (const key of type.renewed?.(olds, news) ?? []) state[key] = UNKNOWN;
  return state.tagsAll === undefined ? state : { ...state, tagsAll: news.tags ?? {} };
}

/** The inputs as they would have to be to give the state, for the properties that were given. */
export function refreshedInputs(
  { inputs: shape }: ResourceType,
  inputs: Properties,
  state: Properties,
): Properties {
  return { ...refreshed(shape, inputs, state), [DEFAULTS]: inputs[DEFAULTS] };
}

/** The inputs that a program would give to take the resource over: defaults need not be said. */
export function importedInputs({ inputs: shape }: ResourceType, state: Properties): Properties {
  return { ...withoutDefaults(shape, state), [DEFAULTS]: [] };
}

function refreshed(shape: Shape, inputs: Properties, state: Properties): Properties {
  const result: Properties = {};
  for (const [key, property] of Object.entries(shape)) {
    const value = inputs[key];
    if (value !== undefined) {
      const isIdle = property.onlyWith !== undefined && state[property.onlyWith] !== true;
      const isSame = areEqual(property, withWhatIsAlwaysThere(property, value, inputs), state[key]);
      result[key] = isSame || isIdle ? value : refreshedValue(property, value, state[key]);
    }
  }
  return result;
}

function refreshedValue(
  property: Property,
  input: Value,
  state: Value | undefined,
): Value | undefined {
  if (property.kind === "block" && isObject(input) && isObject(state)) {
    return refreshed(property.properties, input, state);
  }
  if (property.kind === "blocks" && Array.isArray(input) && Array.isArray(state)) {
    return state.map((item, position) => {
      const old = input[position];
      return isObject(item) && isObject(old) ? refreshed(property.properties, old, item) : item;
    });
  }
  return state;
}

function withoutDefaults(shape: Shape, state: Properties): Properties {
  const result: Properties = {};
  for (const [key, property] of Object.entries(shape)) {
    const value = state[key];
    if (property.kind === "block" && isObject(value)) {
      const block = withoutDefaults(property.properties, value);
      const staysWhenMissing = property.computed === true || property.keptWhenMissing === true;
      const hasOnlyDefaults = Object.keys(block).length === 0;
      if (!hasOnlyDefaults) result[key] = block;
      // Left out, it would be removed.
      else if (!staysWhenMissing) result[key] = value;
    } else if (property.kind === "blocks" && Array.isArray(value)) {
      result[key] = value.map((item) =>
        isObject(item) ? withoutDefaults(property.properties, item) : item,
      );
    } else if (value !== property.default && !isEmpty(value)) {
      result[key] = value;
    }
  }
  return result;
}
