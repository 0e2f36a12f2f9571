import { type ProviderFunction, FUNCTIONS } from "./functions";
import { type Property, type Shape } from "./properties";
import { RESOURCE_TYPES } from "./resourceTypes";
import { type ResourceType } from "./resourceType";

/** Of Pulumi's package schema, as much as is written here. */
interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
}

interface ObjectSpec {
  readonly type?: "object";
  readonly properties: Record<string, TypeSpec>;
  readonly required: string[];
}

type Types = Record<string, ObjectSpec>;

const TEXT: TypeSpec = { type: "string" };

/** The schema that languages without generated classes, as YAML, check a program against. */
export function packageSchema(): string {
  const types: Types = {};
  const resources = new Map(RESOURCE_TYPES.map((type) => [type.token, resourceSpec(type, types)]));
  const functions = new Map(FUNCTIONS.map((one) => [one.token, functionSpec(one, types)]));
  return JSON.stringify({
    name: "aws",
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    config: { variables: { region: TEXT } },
    provider: { inputProperties: { region: TEXT } },
    types,
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  });
}

function resourceSpec({ token, inputs, outputs }: ResourceType, types: Types) {
  const input = objectSpec(inputs, token, types);
  const output = objectSpec(outputs, token, types);
  return {
    inputProperties: input.properties,
    requiredInputs: input.required,
    properties: { ...input.properties, ...output.properties },
    required: Object.keys(outputs),
  };
}

function functionSpec({ token, inputs, outputs }: ProviderFunction, types: Types) {
  const input = objectSpec(inputs, token, types);
  const output = objectSpec(outputs, token, types);
  return {
    inputs: { properties: input.properties, required: input.required },
    outputs: {
      properties: { ...input.properties, ...output.properties },
      required: Object.keys(outputs),
    },
  };
}

function objectSpec(shape: Shape, token: string, types: Types): ObjectSpec {
  const entries = Object.entries(shape);
  return {
    properties: Object.fromEntries(
      entries.map(([key, property]) => [key, typeSpec(property, nested(token, key), types)]),
    ),
    required: entries.filter(([, property]) => property.required === true).map(([key]) => key),
  };
}

function typeSpec(property: Property, token: string, types: Types): TypeSpec {
  switch (property.kind) {
    case "set":
      return { type: "array", items: TEXT };
    case "map":
      return { type: "object", additionalProperties: TEXT };
    case "block":
      return blockSpec(property.properties, token, types);
    case "blocks":
      return { type: "array", items: blockSpec(property.properties, token, types) };
    default:
      return { type: property.kind };
  }
}

function blockSpec(shape: Shape, token: string, types: Types): TypeSpec {
  types[token] = { type: "object", ...objectSpec(shape, token, types) };
  return { $ref: `#/types/${token}` };
}

/** The type of a block is named by where it is found: aws:lb/TargetGroupHealthCheck:TargetGroupHealthCheck. */
function nested(token: string, key: string): string {
  const [pkg, module, name] = token.split(":");
  const type = name + key.charAt(0).toUpperCase() + key.slice(1);
  return `${pkg}:${module.split("/")[0]}/${type}:${type}`;
}
