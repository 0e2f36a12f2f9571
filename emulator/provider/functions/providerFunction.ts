import { type Filter } from "../../ec2/filters";
import { blocksOf, type Shape, textOf, textsOf } from "../properties";
import { type Aws } from "../resourceType";
import { type Properties } from "../values";

/** A function of the provider, which asks AWS and changes nothing. */
export interface ProviderFunction {
  readonly token: string;
  readonly inputs: Shape;
  readonly outputs: Shape;
  invoke(args: Properties, aws: Aws): Promise<Properties>;
}

export const FILTERS: Shape = {
  filters: {
    kind: "blocks",
    properties: {
      name: { kind: "string", required: true },
      values: { kind: "set", required: true },
    },
  },
};

export const ID: Shape = { id: { kind: "string" } };
export const REGION: Shape = { region: { kind: "string" } };

export function filtersOf(args: Properties): Filter[] {
  return blocksOf(args, "filters").map((block) => ({
    name: textOf(block, "name") ?? "",
    values: textsOf(block, "values"),
  }));
}

export function filter(name: string, value: string | undefined): Filter[] {
  return value === undefined ? [] : [{ name, values: [value] }];
}

/** The real provider's words, also for an id that does not exist: it drops AWS's own error. */
export function only<T>(kind: string, found: readonly T[]): T {
  if (found.length === 1) {
    return found[0];
  }
  throw new Error(
    found.length === 0
      ? `no matching ${kind} found`
      : `multiple ${kind}s matched; use additional constraints to reduce matches to a single ${kind}`,
  );
}
