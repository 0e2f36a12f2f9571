import path from "node:path";
import { format } from "prettier";
import type { Check } from "../../components/checks";
import * as stacks from "../../stacks/arguments";
import { ROOT } from "./manifest";
import { type Argument, COMPONENTS, sectionsOf, typeName } from "./sections";
import type { PackageSpec, TypeSpec } from "./spec";

/*
 * A JSON schema of the settings files, `Pulumi.<stack>.yaml`, with which editors complete and check them. It has what
 * an editor can show at its place: keys, types, ranges and choices. The program checks everything else.
 */

export const CONFIGURATION_SCHEMA_FILE = path.join(ROOT, "stacks", "configuration.schema.json");

const PREFIX = "load-balanced-group:";

type JsonSchema = Readonly<Record<string, unknown>>;

/** The keys beside the component's arguments. */
const OTHER_KEYS: Readonly<Record<string, JsonSchema>> = {
  "aws:region": { type: "string", description: "The AWS region, such as `us-west-2`." },
  [`${PREFIX}name`]: {
    type: "string",
    minLength: 1,
    default: "web",
    description:
      "The name of the group. The names of its resources start with it.\n\nDefaults to `web`.",
  },
  [`${PREFIX}network`]: {
    enum: ["existing", "dedicated"],
    default: "existing",
    description:
      "Whether the group uses an existing network, or a new VPC with one public subnet in each zone.\n\n" +
      "Defaults to `existing`.",
  },
};

const SECRET: JsonSchema = {
  type: "object",
  description: "A value that `pulumi config set --secret` has encrypted.",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

/** The JSON schema of a settings file. */
export function configurationSchema(schema: PackageSpec): JsonSchema {
  const [group, ...others] = sectionsOf(schema);
  const types = others.filter(({ name }) => !Object.hasOwn(COMPONENTS, name));
  const own = Object.fromEntries(
    [...group.properties].map(([key, argument]) => [PREFIX + key, settingOf(key, argument)]),
  );
  const properties = { ...OTHER_KEYS, ...own };
  const known = Object.keys(properties).flatMap((key) => key.split(PREFIX).slice(1));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "The settings of an environment of load-balanced-group",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties,
        patternProperties: { [`^${PREFIX}(?!(${known.join("|")})$)`]: false },
      },
    },
    definitions: {
      Secret: SECRET,
      ...Object.fromEntries(types.map((type) => [type.name, objectOf(type.properties)])),
    },
  };
}

/** A whole key. `pulumi config set` without `--path` writes lists and objects as JSON text. */
function settingOf(key: string, argument: Argument): JsonSchema {
  const { kind } = argument.check.accepts;
  const isText = kind === "list" || kind === "map" || kind === "object";
  const value = valueOf(argument.spec, argument.check);
  const forms = isText ? [value, { type: "string", pattern: "^\\s*[[{]" }] : [value];
  return described(argument, oneOf(forms, stacks.Argument.all.at(key)?.canBeSecret === true));
}

function objectOf(properties: ReadonlyMap<string, Argument>): JsonSchema {
  const required = [...properties].filter(([, { isRequired }]) => isRequired);
  return {
    type: "object",
    properties: Object.fromEntries(
      [...properties].map(([key, argument]) => [
        key,
        described(argument, partOf(argument.spec, argument.check)),
      ]),
    ),
    ...(required.length > 0 && { required: required.map(([key]) => key) }),
    additionalProperties: false,
  };
}

/** A part of a key's value. Only single values can be encrypted there. */
function partOf(spec: TypeSpec, check: Check): JsonSchema {
  const isSingle = ["text", "flag", "number", "choice"].includes(check.accepts.kind);
  return oneOf([valueOf(spec, check)], isSingle && spec.plain !== true);
}

function oneOf(forms: readonly JsonSchema[], canBeSecret: boolean): JsonSchema {
  const all = canBeSecret ? [...forms, { $ref: "#/definitions/Secret" }] : forms;
  return all.length === 1 ? all[0] : { anyOf: all };
}

/** What a value may be. Pulumi stores text, so numbers and flags may be written as strings, and the other way round. */
function valueOf(spec: TypeSpec, { accepts }: Check): JsonSchema {
  switch (accepts.kind) {
    case "text":
      return { type: ["string", "number", "boolean"] };
    case "flag":
      return { enum: [true, false, "true", "false"] };
    case "number":
      return numberOf(accepts);
    case "choice":
      // The others are open, as AWS adds to them.
      return isChoice(spec)
        ? { enum: accepts.values.flatMap(asWritten) }
        : { type: "string", examples: accepts.values };
    case "list":
      return {
        type: "array",
        items: partOf(spec.items ?? {}, accepts.item),
        minItems: accepts.min,
        ...(accepts.max !== Infinity && { maxItems: accepts.max }),
      };
    case "map":
      return {
        type: "object",
        additionalProperties: partOf(spec.additionalProperties ?? {}, accepts.item),
      };
    case "object":
      return { $ref: `#/definitions/${typeName(spec)}` };
  }
}

type NumberRange = Extract<Check["accepts"], { kind: "number" }>;

function numberOf({ min, max, or }: NumberRange): JsonSchema {
  const range = { type: ["integer", "string"], minimum: min, maximum: max, pattern: "^-?\\d+$" };
  return or === undefined ? range : { anyOf: [{ const: or }, range] };
}

const isChoice = ({ $ref, oneOf: types = [] }: TypeSpec) =>
  [$ref, ...types.map((one) => one.$ref)].some((one) => one !== undefined);

/** A choice as a string, and without quotes where YAML then reads something else. */
function asWritten(value: string): unknown[] {
  return /^(true|false|\d+)$/.test(value) ? [value, JSON.parse(value)] : [value];
}

function described({ spec }: Argument, value: JsonSchema): JsonSchema {
  // A schema beside $ref is not read.
  const own = "$ref" in value ? { allOf: [value] } : value;
  return { description: spec.description, default: spec.default, ...own };
}

/** The text of the schema's file. */
export function configurationSchemaText(schema: PackageSpec): Promise<string> {
  const text = JSON.stringify(configurationSchema(schema));
  return format(text, { parser: "json", printWidth: 100 });
}
