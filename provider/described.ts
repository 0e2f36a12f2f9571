import { valueAt } from "../components/checks";

/** What a schema says of the group. */
export interface Described {
  readonly version: string;
  /** The names of its outputs. */
  readonly outputs: ReadonlySet<string>;
}

/** Reads what the schema says of a resource. */
export function describedIn(schema: string, type: string): Described {
  const parsed: unknown = JSON.parse(schema);
  const version = valueAt(parsed, "version");
  const outputs = valueAt(valueAt(valueAt(parsed, "resources"), type), "properties");
  if (typeof version !== "string" || typeof outputs !== "object" || outputs === null) {
    throw new Error(`the provider's schema.json does not describe ${type}; make it anew`);
  }
  return { version, outputs: new Set(Object.keys(outputs)) };
}
