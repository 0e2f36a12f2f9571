import * as pulumi from "@pulumi/pulumi";
import { valueIfKnown } from "./previewValues";

/**
 * Whether some of the resources in `dependsOn` may not exist yet. Only a preview asks, because an update has
 * created them before. It can't look into components, and it does not see the resources of other processes.
 */
export async function someAreToCome(
  dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
): Promise<boolean> {
  if (dependsOn === undefined || !pulumi.runtime.isDryRun()) return false;
  const all: unknown = await valueIfKnown(pulumi.output<unknown>(dependsOn));
  if (all === undefined) return true;
  const resources: unknown[] = Array.isArray(all) ? all : [all];
  const existing = await Promise.all(resources.map(exists));
  return existing.includes(false);
}

async function exists(resource: unknown): Promise<boolean> {
  if (!pulumi.CustomResource.isInstance(resource)) return false;
  // A resource of another process has no ID here.
  const id: unknown = resource.id;
  return pulumi.Output.isInstance(id) && (await valueIfKnown(id)) !== undefined;
}
