import * as pulumi from "@pulumi/pulumi";

/** The tag of a service's resources that says whose they are. */
export const OWNER_TAG = "load-balanced-service";

/**
 * What tells a service from all others, also from those of other stacks on the same listener: the names of its
 * project, its stack and its own.
 */
export function ownerOf(name: string): string {
  return `${pulumi.getProject()}/${pulumi.getStack()}/${name}`;
}

/** The text from which the priority of a service's rule is computed. */
export const ruleLabelOf = (name: string) => (key: string) => `${ownerOf(name)}/${key}`;
