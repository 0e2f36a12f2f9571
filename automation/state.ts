import type { Deployment } from "@pulumi/pulumi/automation";
import { valueAt } from "../components/rules";
import { nameOf } from "./changes";

/** What was being done with a resource when an update crashed. */
export interface InterruptedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly operation: "creating" | "updating" | "deleting" | "reading" | "importing";
  /** Its name in AWS, by which it can be found there, where it has one. */
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

/** How many resources of the program there are; providers are the engine's. */
export function countResources({ deployment }: Deployment): number | undefined {
  const types = list(valueAt(deployment, "resources")).map((one) => String(valueAt(one, "type")));
  const count = types.filter((type) => !type.startsWith("pulumi:providers:")).length;
  return count === 0 ? undefined : count;
}

/** The names of the load balancers that AWS would refuse to delete, as far as the state knows. */
export function protectedLoadBalancers({ deployment }: Deployment): string[] {
  return list(valueAt(deployment, "resources"))
    .filter((one) => valueAt(one, "type") === "aws:lb/loadBalancer:LoadBalancer")
    .filter((one) => valueAt(valueAt(one, "outputs"), "enableDeletionProtection") === true)
    .map((one) => nameOf(String(valueAt(one, "urn"))));
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
