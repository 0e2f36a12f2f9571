import schema from "../schema.json";

/** The schema of an argument, or of a part of it. */
interface Spec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Spec;
  readonly additionalProperties?: Spec;
  /** A choice of values, or a plain string. */
  readonly oneOf?: readonly Spec[];
  readonly properties?: Readonly<Record<string, Spec>>;
  readonly required?: readonly string[];
  readonly plain?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly { readonly value: unknown }[];
}

const TYPES: Readonly<Record<string, Spec>> = schema.types;

/** The keys of a configuration that belong to this program and not to the component. */
const PROGRAM_KEYS: Readonly<Record<string, Spec>> = {
  name: { type: "string", plain: true },
  network: {
    type: "string",
    plain: true,
    enum: [{ value: "existing" }, { value: "dedicated" }],
  },
};

/** The schema of a configuration's key, or of a part of its value. */
export class Argument {
  private readonly type: Spec;

  private constructor(private readonly spec: Spec) {
    const [{ $ref } = spec] = (spec.oneOf ?? []).filter((one) => one.$ref !== undefined);
    const name = $ref?.replace("#/types/", "") ?? "";
    this.type = Object.hasOwn(TYPES, name) ? TYPES[name] : spec;
  }

  /** The schema of a whole configuration. */
  static readonly all = new Argument({
    type: "object",
    plain: true,
    properties: {
      ...PROGRAM_KEYS,
      ...schema.resources["load-balanced-group:index:LoadBalancedGroup"].inputProperties,
    },
  });

  get kind(): "text" | "number" | "flag" | "list" | "object" {
    switch (this.type.type) {
      case "string":
        return "text";
      case "boolean":
        return "flag";
      case "array":
        return "list";
      case "object":
        return "object";
      case "integer":
      case "number":
        return "number";
      default:
        throw new Error(`the schema has an unknown type: ${JSON.stringify(this.type)}`);
    }
  }

  /** Whether it can't be an output, because it decides the number or the names of resources. */
  get isPlain(): boolean {
    return this.spec.plain === true;
  }

  /** Whether it, or a part of it, may be a secret. */
  get canBeSecret(): boolean {
    return !this.isPlain || this.parts.some((part) => part.canBeSecret);
  }

  /** The values of a choice; empty if it is no choice. */
  get choices(): readonly string[] {
    return (this.type.enum ?? []).map(({ value }) => String(value));
  }

  get default(): unknown {
    return this.spec.default;
  }

  /** The properties of an object; empty if the user chooses their names. */
  get properties(): readonly string[] {
    return Object.keys(this.type.properties ?? {});
  }

  get required(): readonly string[] {
    return this.type.required ?? [];
  }

  /** The schema of an item of a list, or of a property of an object; undefined if there is none. */
  at(step: string | number): Argument | undefined {
    const { items, properties = {}, additionalProperties } = this.type;
    if (typeof step === "number") return items && new Argument(items);
    const own = Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
    return own && new Argument(own);
  }

  private get parts(): Argument[] {
    const { items, properties = {}, additionalProperties } = this.type;
    const specs = [items, additionalProperties, ...Object.values(properties)];
    return specs.flatMap((spec) => (spec === undefined ? [] : [new Argument(spec)]));
  }
}
