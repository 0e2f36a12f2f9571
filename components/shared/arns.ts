import * as pulumi from "@pulumi/pulumi";

/** The ARNs of resources by their keys. */
export function arnsOf(
  resources: Readonly<Partial<Record<string, { readonly arn: pulumi.Output<string> }>>>,
): pulumi.Output<{ [key: string]: string }> {
  return valuesOf(resources, ({ arn }) => arn);
}

/** A value of each resource, by their keys. */
export function valuesOf<Resource>(
  resources: Readonly<Partial<Record<string, Resource>>>,
  read: (resource: Resource) => pulumi.Output<string>,
): pulumi.Output<{ [key: string]: string }> {
  const entries = Object.entries(resources).flatMap(([key, resource]) =>
    resource === undefined ? [] : [[key, read(resource)] as const],
  );
  return pulumi.output(Object.fromEntries(entries));
}
