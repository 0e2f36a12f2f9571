/** What a schema says of the group. */
export interface Described {
  readonly version: string;
  /** The names of its outputs. */
  readonly outputs: ReadonlySet<string>;
}

/** Reads what the schema says of a resource. */
export function describedIn(schema: string, type: string): Described {
  const parsed: unknown = JSON.parse(schema);
  const version = at(parsed, "version");
  const outputs = at(at(at(parsed, "resources"), type), "properties");
  if (typeof version !== "string" || typeof outputs !== "object" || outputs === null) {
    throw new Error(`the provider's schema.json does not describe ${type}; make it anew`);
  }
  return { version, outputs: new Set(Object.keys(outputs)) };
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
