import type { Check } from "../../components/checks";
import { checkOfGroup, checkOfService } from "../../components/validation";
import type { ComplexTypeSpec, PackageSpec, PropertySpec, TypeSpec } from "./spec";

/* The arguments as the schema and the checks describe them: names, docs and defaults here, and limits there. */

/** The components, with the heading of their arguments. */
export const COMPONENTS: Readonly<Record<string, { description: string; check: Check }>> = {
  LoadBalancedGroup: {
    description: "The arguments of a load-balanced group.",
    check: checkOfGroup({}),
  },
  LoadBalancedService: {
    description: "The arguments of a service behind a listener that exists already.",
    check: checkOfService("service", {}),
  },
};

const TYPE = /^#\/types\/load-balanced-group:index:(\w+)$/;

/** An argument, with its schema and its check. */
export interface Argument {
  readonly spec: PropertySpec;
  readonly check: Check;
  readonly isRequired: boolean;
}

/** A section of the reference: an object whose properties are arguments. */
export interface Section {
  readonly name: string;
  readonly description: string;
  readonly properties: ReadonlyMap<string, Argument>;
}

/** The components, each followed by the types of its arguments that did not come before, in the order of their use. */
export function sectionsOf(schema: PackageSpec): Section[] {
  const sections = new Map<string, Section>();
  for (const [name, { description, check }] of Object.entries(COMPONENTS)) {
    const { inputProperties, requiredInputs = [] } =
      schema.resources[`load-balanced-group:index:${name}`];
    const properties = inputProperties;
    add(name, { type: "object", description, properties, required: requiredInputs }, check);
  }
  return [...sections.values()];

  function add(
    name: string,
    { description = "", properties = {}, required = [] }: ComplexTypeSpec,
    check: Check,
  ) {
    if (sections.has(name)) return;
    const checks = check.accepts.kind === "object" ? check.accepts.properties : {};
    const entries = Object.entries(properties).map(([key, spec]): [string, Argument] => {
      if (!Object.hasOwn(checks, key)) throw new Error(`${name}.${key} has no check`);
      return [key, { spec, check: checks[key], isRequired: required.includes(key) }];
    });
    sections.set(name, { name, description, properties: new Map(entries) });
    for (const [, argument] of entries) {
      const [type, inner] = innermost(argument.spec, argument.check);
      const own = typeName(type);
      if (own !== undefined) add(own, schema.types[`load-balanced-group:index:${own}`], inner);
    }
  }
}

/** The items of nested lists and maps. */
function innermost(spec: TypeSpec, check: Check): [TypeSpec, Check] {
  const inner = spec.items ?? spec.additionalProperties;
  const { accepts } = check;
  const isNested = accepts.kind === "list" || accepts.kind === "map";
  return inner !== undefined && isNested ? innermost(inner, accepts.item) : [spec, check];
}

export const typeName = ({ $ref = "" }: TypeSpec): string | undefined => TYPE.exec($ref)?.[1];
