import * as pulumi from "@pulumi/pulumi";

/** The ARNs of resources by their keys. */
export function arnsOf(
  resources: Readonly<Partial<Record<string, { readonly arn: pulumi.Output<string> }>>>,
): pulumi.Output<{ [key: string]: string }> {
  const entries = Object.entries(resources).flatMap(([key, resource]) =>
    resource === undefined ? [] : [[key, resource.arn] as const],
  );
  return pulumi.output(Object.fromEntries(entries));
}
