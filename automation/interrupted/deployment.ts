import type { Deployment } from "@pulumi/pulumi/automation";
import { entriesOf, isRecord, valueAt } from "../../components/checks";
import { list } from "../state";

/** A resource that was being created when an update was interrupted, and may exist in AWS. */
export interface Creation {
  readonly urn: string;
  readonly type: string;
  readonly inputs: unknown;
  /** As the state has it. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** The resources that were being created. Components and providers have nothing in AWS. */
export function pendingCreations({ deployment }: Deployment): Creation[] {
  return list(valueAt(deployment, "pending_operations")).flatMap((pending) => {
    const resource = valueAt(pending, "resource");
    return valueAt(pending, "type") === "creating" && isRecord(resource)
      ? creationOf(resource)
      : [];
  });
}

/** The creation of a resource; none if it has nothing in AWS. */
export function creationOf(resource: Readonly<Record<string, unknown>>): Creation[] {
  const { urn, type, inputs, custom } = resource;
  const isInAws = custom === true && String(type).startsWith("aws:");
  return isInAws ? [{ urn: String(urn), type: String(type), inputs, resource }] : [];
}

/**
 * Types whose creation takes several calls, of which a later update can't do the rest: AWS gives a new security
 * group a rule that the provider then removes. What was created is deleted, and the next update creates another.
 */
const DELETED = ["aws:ec2/securityGroup:SecurityGroup"];

/** The state with the created resources, as if the update had recorded them. */
export function withCreations(
  state: Deployment,
  creations: readonly Creation[],
  ids: ReadonlyMap<string, string>,
): Deployment {
  const found = creations.filter(({ urn }) => ids.has(urn));
  const made = found.map(({ urn, type, inputs, resource }) => ({
    ...resource,
    id: ids.get(urn),
    outputs: withoutDefaults(inputs),
    ...(DELETED.includes(type) ? { delete: true } : {}),
  }));
  const live = new Set(found.flatMap(({ urn, type }) => (DELETED.includes(type) ? [] : [urn])));
  const before = resourcesOf(state).flatMap((one) => {
    if (one.delete === true || !live.has(one.urn)) return [one];
    // A resource that is deleted before its replacement is created is no longer in AWS.
    return one.pendingReplacement === true ? [] : [{ ...one, delete: true }];
  });
  return withResources(state, [...before, ...made]);
}

/**
 * The state after a refresh, without records that are not those that were being created; undefined if there is
 * nothing to change. Resources whose replacements don't exist are not deleted.
 */
export function withoutMistakes(
  state: Deployment,
  before: Deployment,
  creations: readonly Creation[],
): Deployment | undefined {
  const strangers = new Set(
    creations
      .filter(({ type }) => type === "aws:route53/record:Record")
      .filter(({ urn, inputs }) => {
        const now = resourcesOf(state).find((one) => one.urn === urn && one.delete !== true);
        return now !== undefined && targetOf(now.outputs) !== targetOf(inputs);
      })
      .map(({ urn }) => urn),
  );
  const isStranger = ({ urn, delete: isOld }: Resource) => isOld !== true && strangers.has(urn);
  const rest = resourcesOf(state).filter((one) => !isStranger(one));
  const live = new Set(rest.flatMap(({ urn, delete: isOld }) => (isOld === true ? [] : [urn])));
  const lost = resourcesOf(before).filter(
    (one) =>
      one.delete !== true && !live.has(one.urn) && creations.some(({ urn }) => urn === one.urn),
  );
  const isLost = ({ urn, id }: Resource) => lost.some((one) => one.urn === urn && one.id === id);
  if (strangers.size === 0 && !rest.some(isLost)) return undefined;
  return withResources(
    state,
    rest.map((one) => (isLost(one) ? { ...one, delete: undefined } : one)),
  );
}

/** Where a record leads. */
function targetOf(record: unknown): string {
  const [alias] = list(valueAt(record, "aliases"));
  const values = [...list(valueAt(record, "records")), valueAt(alias, "name")];
  return values
    .filter((one) => typeof one === "string")
    .map((one) => one.toLowerCase().replace(/\.$/, ""))
    .join(" ");
}

/** A resource as the state has it. */
type Resource = Readonly<Record<string, unknown>> & { readonly urn: string };

export function resourcesOf({ deployment }: Deployment): Resource[] {
  return list(valueAt(deployment, "resources")).flatMap((one) =>
    isRecord(one) ? [{ ...one, urn: String(one.urn) }] : [],
  );
}

function withResources(
  { version, deployment }: Deployment,
  resources: readonly unknown[],
): Deployment {
  const rest: Record<string, unknown> = isRecord(deployment) ? { ...deployment } : {};
  return { version, deployment: { ...rest, resources, pending_operations: [] } };
}

/** The inputs without the engine's list of those that have a default. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isRecord(value)) return value;
  const entries = entriesOf(value).filter(([key]) => key !== "__defaults");
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutDefaults(one)]));
}
