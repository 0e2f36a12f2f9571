import type { OpType, StepEventMetadata } from "@pulumi/pulumi/automation";
import { stepsOf, valueBy } from "../stacks/paths";

/** The change of one resource. */
export interface ResourceChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly change: OpType;
  /** The properties that differ; empty if the resource is created or deleted. */
  readonly properties: readonly PropertyChange[];
}

/** The change of one property. */
export interface PropertyChange {
  /** Its path in the resource, such as "healthCheck.interval" or "securityGroups[0]". */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Whether the resource is replaced because of it. */
  readonly replaces: boolean;
  /** The value before; "[secret]" for a secret. */
  readonly old: unknown;
  /** The value after; "[secret]" for a secret, "[unknown]" if it is known only later. */
  readonly new: unknown;
}

/** The engine's placeholder for a value that is unknown at preview. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The change that a step of the engine makes; undefined if it changes nothing. */
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

/** A value as results and logs may show it. */
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
