import type { OpType, StepEventMetadata } from "@pulumi/pulumi/automation";
import { stepsOf, valueBy } from "../stacks/paths";

/** What is done with one resource. */
export interface ResourceChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly change: OpType;
  /** What differs; empty for what is created or deleted. */
  readonly properties: readonly PropertyChange[];
}

/** One property that differs. */
export interface PropertyChange {
  /** Where it stands, such as "healthCheck.interval" or "securityGroups[0]". */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Whether the resource is replaced because of it. */
  readonly replaces: boolean;
  /** The value before; "[secret]" for a secret. */
  readonly old: unknown;
  /** The value after; "[secret]" for a secret, "[unknown]" for what is only known later. */
  readonly new: unknown;
}

/** How the engine writes a value that it can't know yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a step of the engine changes, or undefined where it changes nothing. */
export function changeOf(
  metadata: StepEventMetadata,
  clean: (text: string) => string,
): ResourceChange | undefined {
  const { op, urn, type } = metadata;
  if (op === "same" || op === "read" || op === "refresh") return undefined;
  const properties = differences(metadata).map(([path, { diffKind, inputDiff }]) => ({
    path,
    kind: kindOf(diffKind),
    replaces: diffKind.endsWith("replace"),
    old: shown(at(inputDiff ? metadata.old?.inputs : metadata.old?.outputs, path), clean),
    new: shown(at(metadata.new?.inputs, path) ?? at(metadata.new?.outputs, path), clean),
  }));
  return { urn, type, name: nameOf(urn), change: op, properties };
}

const at = (value: unknown, path: string) =>
  valueBy(
    value,
    stepsOf(path).map(({ step }) => step),
  );

const differences = ({ detailedDiff }: StepEventMetadata) => Object.entries(detailedDiff ?? {});

function kindOf(diffKind: string): PropertyChange["kind"] {
  if (diffKind.startsWith("add")) return "add";
  return diffKind.startsWith("delete") ? "delete" : "update";
}

/** A value as results and logs may have it. */
function shown(value: unknown, clean: (text: string) => string): unknown {
  if (value === UNKNOWN) return "[unknown]";
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((one) => shown(one, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one, clean)]));
}

/** A resource's name in its program, from its URN. */
export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
