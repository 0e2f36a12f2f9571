import { cpus, type, arch } from "node:os";
import { OPERATIONS, type Operation } from "./operations";
import type { ProviderStart } from "./providerStart";
import type { Times } from "./rounds";
import type { Size } from "./variantStack";
import { ratios, summarize, type Summary } from "./statistics";

/** What was measured at one size, in milliseconds. */
export interface Measured {
  readonly size: Size;
  readonly times: Times;
}

/** All that a run of the benchmark has found. */
export interface Report {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly variants: Readonly<Record<string, string>>;
  /** What all others are compared with. */
  readonly base: string;
  readonly tutorial: readonly Measured[];
  readonly growth: readonly Measured[];
  readonly providers: Readonly<Record<string, readonly ProviderStart[]>>;
}

/** How many times as long as the base a variant took, in the rounds that both ran. */
export interface Comparison {
  readonly variant: string;
  readonly operation: Operation;
  readonly size: Size;
  readonly ratio: Summary;
}

export function machine(engine: string): Report["machine"] {
  const [{ model }] = cpus();
  return { system: `${type()} ${arch()}`, processor: model, cores: cpus().length, engine };
}

export function compare(measured: readonly Measured[], base: string): Comparison[] {
  return measured.flatMap(({ size, times }) =>
    Object.entries(times).flatMap(([variant, operations]) =>
      variant === base ? [] : compareOperations(operations, times[base], { variant, size }),
    ),
  );
}

function compareOperations(
  own: Times[string],
  base: Times[string],
  what: Pick<Comparison, "variant" | "size">,
): Comparison[] {
  return OPERATIONS.flatMap((operation) => {
    const values = own[operation];
    const others = base[operation];
    if (values === undefined || others === undefined) return [];
    return { ...what, operation, ratio: summarize(ratios(values, others)) };
  });
}
