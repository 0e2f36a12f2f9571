import type { LoadBalancedGroupArgs } from "../args";

/*
 * Pulumi names a resource in AWS after its logical name, a hyphen and 7 random digits. The name of a load
 * balancer or target group has at most 32 letters, digits and hyphens, and that of a load balancer can't start
 * with "internal-". If the logical name does not fit, a prefix made from it is set instead, and the provider
 * adds a unique suffix. No name is fixed, so that a replacement can be created before the old resource is
 * deleted.
 */

const MAX_AUTONAMED_LENGTH = 24;
const MAX_PREFIX_LENGTH = 6;

/** The name arguments of a load balancer or target group: none if its logical name fits. */
export function balancerNaming(logicalName: string): { namePrefix?: string } {
  const fits =
    logicalName.length <= MAX_AUTONAMED_LENGTH &&
    /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(logicalName) &&
    !logicalName.startsWith("internal-");
  return fits ? {} : { namePrefix: prefixOf(logicalName, MAX_PREFIX_LENGTH) };
}

/**
 * A load balancer, target group or security group keeps its name, also if the console or another program named
 * it, or an alias gives it another logical name. A replacement gets a new name nevertheless, so it can be created
 * first.
 */
export const KEEPS_ITS_NAME = { ignoreChanges: ["name", "namePrefix"], deleteBeforeReplace: false };

/** How the names of all load balancers or target groups with this logical name start. */
export function startOfNames(logicalName: string): string {
  return balancerNaming(logicalName).namePrefix ?? `${logicalName}-`;
}

/** The name of the adopted load balancer, from its ARN. */
export function adoptedName({ adopt }: LoadBalancedGroupArgs): string | undefined {
  return adopt?.loadBalancerArn.split("/")[2];
}

const MAX_AUTONAMED_GROUP_LENGTH = 247;
const MAX_GROUP_PREFIX_LENGTH = 100;

/** The name arguments of a security group. Its name has at most 255 characters and can't start with "sg-". */
export function securityGroupNaming(logicalName: string): { namePrefix?: string } {
  const fits =
    logicalName.length <= MAX_AUTONAMED_GROUP_LENGTH &&
    /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/.test(logicalName) &&
    !logicalName.startsWith("sg-");
  return fits ? {} : { namePrefix: prefixOf(logicalName, MAX_GROUP_PREFIX_LENGTH) };
}

const MAX_AUTONAMED_STATEMENT_LENGTH = 92;
const MAX_STATEMENT_PREFIX_LENGTH = 74;

/** The name arguments of a function's permission. A statement ID has at most 100 letters, digits, `-` and `_`. */
export function permissionNaming(logicalName: string): { statementIdPrefix?: string } {
  const fits = logicalName.length <= MAX_AUTONAMED_STATEMENT_LENGTH && /^[\w-]+$/.test(logicalName);
  return fits ? {} : { statementIdPrefix: prefixOf(logicalName, MAX_STATEMENT_PREFIX_LENGTH) };
}

const MAX_BUCKET_PREFIX_LENGTH = 37;

/** The name arguments of a bucket. Its name is unique in all of S3 and has no upper-case letters. */
export function bucketNaming(logicalName: string): { bucketPrefix: string } {
  return { bucketPrefix: prefixOf(logicalName.toLowerCase(), MAX_BUCKET_PREFIX_LENGTH) };
}

/** The letters and digits of a name, without accents and without a leading `sg-`; `lbg` if nothing is left. */
function prefixOf(logicalName: string, length: number): string {
  const legal = logicalName
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^(sg-|-)+/, "")
    .slice(0, length - 1)
    .replace(/-+$/, "");
  return `${["", "sg"].includes(legal) ? "lbg" : legal}-`;
}
