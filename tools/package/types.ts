import type {
  PropertyDefinition,
  TypeDefinition,
} from "@pulumi/pulumi/provider/experimental/analyzer";
import { DEFAULTS } from "../../components/args/defaults";
import type { ComplexTypeSpec, PropertySpec, TypeSpec } from "./spec";

type Definitions = Readonly<Record<string, PropertyDefinition>>;

const REFERENCE = "#/types/load-balanced-group:index:";

/** The token of a type. Generators add "Args" to types of arguments, so the name has none here. */
export function typeToken(name: string): string {
  return `load-balanced-group:index:${bare(name)}`;
}

function bare(name: string): string {
  return name.replace(/Args$/, "");
}

/** The schema of a nested object or an enumeration. */
export function complexType(definition: TypeDefinition, types: Types): ComplexTypeSpec {
  const description = described(definition.description);
  if (definition.enum !== undefined) {
    return { type: definition.type, ...description, enum: definition.enum };
  }
  const { properties = {} } = definition;
  return {
    type: "object",
    ...description,
    properties: propertiesOf(properties, types, bare(definition.name)),
    ...required("required", properties),
  };
}

export type Types = Readonly<Record<string, TypeDefinition>>;

/** The properties of a type, with their defaults. */
export function propertiesOf(
  definitions: Definitions,
  types: Types,
  type = "",
): Record<string, PropertySpec> {
  const defaults = Object.hasOwn(ALL_DEFAULTS, type) ? ALL_DEFAULTS[type] : {};
  const specs = Object.entries(definitions).map(([name, definition]): [string, PropertySpec] => {
    const spec = { ...typeOf(definition, types), ...described(definition.description) };
    return [name, name in defaults ? { ...spec, default: defaults[name] } : spec];
  });
  return Object.fromEntries(specs);
}

const ALL_DEFAULTS: Readonly<Record<string, Readonly<Record<string, PropertySpec["default"]>>>> =
  DEFAULTS;

/** The names of the required properties under a key of the schema; an empty object if there are none. */
export function required<Key extends string>(
  key: Key,
  definitions: Definitions,
): Partial<Record<Key, string[]>>;
export function required(key: string, definitions: Definitions): Record<string, string[]> {
  const names = Object.keys(definitions).filter((name) => definitions[name].optional !== true);
  return names.length === 0 ? {} : { [key]: names.sort() };
}

/** The description, if there is one. */
export function described(text: string | undefined): { description?: string } {
  return text === undefined || text === "" ? {} : { description: text };
}

function typeOf(definition: PropertyDefinition, types: Types): TypeSpec {
  const { items, additionalProperties, plain } = definition;
  const whether = plain === true ? { plain } : {};
  if ("$ref" in definition) {
    const name = bare(definition.$ref.slice(REFERENCE.length));
    const $ref = REFERENCE + name;
    const isChoice = Object.values(types).some((one) => bare(one.name) === name && one.enum);
    if (!isChoice) return { $ref, ...whether };
    // Otherwise Python and Go would not accept the text of a choice.
    const texts = [{ type: "string" }, { type: "string", $ref }];
    return { oneOf: texts.map((one) => ({ ...one, ...whether })), ...whether };
  }
  return {
    // Pulumi's analyzer has no integers, but all numbers of the component are integers.
    type: definition.type === "number" ? "integer" : definition.type,
    ...(items && { items: typeOf(items, types) }),
    ...(additionalProperties && { additionalProperties: typeOf(additionalProperties, types) }),
    ...whether,
  };
}
