import { type Attributes } from "../aws";
import { type Property, type Shape } from "./properties";
import { isObject, type Properties, type Value } from "./values";

/** The attributes that the properties ask for; what is left out is not sent, so AWS keeps what it has. */
export function toAttributes(shape: Shape, properties: Properties): Attributes {
  const attributes: Attributes = {};
  for (const [key, property] of Object.entries(shape)) {
    const value = properties[key];
    if (property.onlyWith !== undefined && properties[property.onlyWith] !== true) continue;
    if (property.kind === "block" && isObject(value)) {
      Object.assign(attributes, toAttributes(property.properties, value));
    } else if (property.attribute !== undefined && isPlain(value)) {
      attributes[property.attribute] = String(value);
    }
  }
  return attributes;
}

/** The properties as AWS's attributes have them. */
export function fromAttributes(shape: Shape, attributes: Attributes): Properties {
  const properties: Properties = {};
  for (const [key, property] of Object.entries(shape)) {
    if (property.kind === "block") {
      const block = fromAttributes(property.properties, attributes);
      properties[key] = Object.keys(block).length > 0 ? block : undefined;
    } else if (property.attribute !== undefined && Object.hasOwn(attributes, property.attribute)) {
      properties[key] = parsed(property, attributes[property.attribute]);
    }
  }
  return properties;
}

/** Only what differs: the real provider sends changed attributes only. */
export function changedAttributes(olds: Attributes, news: Attributes): Attributes {
  return Object.fromEntries(Object.entries(news).filter(([key, value]) => olds[key] !== value));
}

function parsed(property: Property, text: string): Value {
  switch (property.kind) {
    case "integer":
      return Number(text);
    case "boolean":
      return text === "true";
    default:
      return text;
  }
}

function isPlain(value: Value | undefined): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
