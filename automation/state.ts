import type { Deployment } from "@pulumi/pulumi/automation";
import { valueAt } from "../components/checks";
import { nameOf } from "./changes";

/** A resource that was being created, changed or deleted when an update crashed. */
export interface InterruptedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly operation: "creating" | "updating" | "deleting" | "reading" | "importing";
  /** Its name in AWS; undefined if it has none. */
  readonly physicalName: string | undefined;
}

const OPERATIONS = ["creating", "updating", "deleting", "reading", "importing"] as const;

export function interruptedResources({ deployment }: Deployment): InterruptedResource[] {
  return list(valueAt(deployment, "pending_operations")).flatMap((pending) => {
    const resource = valueAt(pending, "resource");
    const operation = OPERATIONS.find((one) => one === valueAt(pending, "type"));
    if (operation === undefined) return [];
    const urn = String(valueAt(resource, "urn"));
    const physicalName = valueAt(valueAt(resource, "inputs"), "name");
    return {
      urn,
      type: String(valueAt(resource, "type")),
      name: nameOf(urn),
      operation,
      physicalName: typeof physicalName === "string" ? physicalName : undefined,
    };
  });
}

/** The number of resources without providers; undefined if there are none. */
export function countResources({ deployment }: Deployment): number | undefined {
  const types = list(valueAt(deployment, "resources")).map((one) => String(valueAt(one, "type")));
  const count = types.filter((type) => !type.startsWith("pulumi:providers:")).length;
  return count === 0 ? undefined : count;
}

/** The names of the load balancers in the state that are protected from deletion. */
export function protectedLoadBalancers({ deployment }: Deployment): string[] {
  return list(valueAt(deployment, "resources"))
    .filter((one) => valueAt(one, "type") === "aws:lb/loadBalancer:LoadBalancer")
    .filter((one) => valueAt(valueAt(one, "outputs"), "enableDeletionProtection") === true)
    .map((one) => nameOf(String(valueAt(one, "urn"))));
}

/**
 * The ARNs of the target groups to which listeners and rules forward requests; undefined if they are secret in
 * the state.
 */
export function groupsWithTraffic({ deployment }: Deployment): Set<string> | undefined {
  const actions = list(valueAt(deployment, "resources")).flatMap((one) => {
    const property = FORWARDING[String(valueAt(one, "type"))];
    return property === undefined ? [] : [valueAt(valueAt(one, "outputs"), property)];
  });
  if (!actions.every(Array.isArray)) return undefined;
  return new Set(actions.flatMap(list).flatMap(forwardedBy));
}

const FORWARDING: Readonly<Partial<Record<string, string>>> = {
  "aws:lb/listener:Listener": "defaultActions",
  "aws:lb/listenerRule:ListenerRule": "actions",
};

function forwardedBy(action: unknown): string[] {
  const weighted = list(valueAt(valueAt(action, "forward"), "targetGroups"));
  const arns = weighted
    .filter((one) => valueAt(one, "weight") !== 0)
    .map((one) => valueAt(one, "arn"));
  const only = weighted.length === 0 ? [valueAt(action, "targetGroupArn")] : [];
  return [...arns, ...only].filter((one) => typeof one === "string");
}

/** The items of a list; none of anything else. */
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
