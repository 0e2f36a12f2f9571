import type { LoadBalancedGroupArgs } from "../args";

/*
 * Pulumi names a resource in AWS after its logical name, a hyphen and 7 random digits. A load balancer
 * and a target group have 32 characters, letters, digits and hyphens, and the name of a load balancer
 * does not start with "internal-". Where the logical name does not fit, a prefix made of it is given
 * instead, to which the provider adds a unique rest. No name is fixed, so that a replacement can be
 * created while the replaced one still serves.
 */

const MAX_AUTONAMED_LENGTH = 24;
const MAX_PREFIX_LENGTH = 6;

/** What a load balancer or target group is named by, for a logical name of any length and alphabet. */
export function balancerNaming(logicalName: string): { namePrefix?: string } {
  const fits =
    logicalName.length <= MAX_AUTONAMED_LENGTH &&
    /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(logicalName) &&
    !logicalName.startsWith("internal-");
  return fits ? {} : { namePrefix: prefixOf(logicalName, MAX_PREFIX_LENGTH) };
}

/**
 * A load balancer or target group keeps the name that it has, whoever gave it: the console, or a program
 * out of which it was moved. When it is replaced, the new one gets a name of its own all the same, so it is
 * safe to create it first.
 */
export const KEEPS_ITS_NAME = { ignoreChanges: ["name", "namePrefix"], deleteBeforeReplace: false };

/** What the name of each load balancer or target group begins with that was made for a logical name. */
export function startOfNames(logicalName: string): string {
  return balancerNaming(logicalName).namePrefix ?? `${logicalName}-`;
}

/** The name that the load balancer has, which its ARN tells. */
export function adoptedName({ adopt }: LoadBalancedGroupArgs): string | undefined {
  return adopt?.loadBalancerArn.split("/")[2];
}

const MAX_AUTONAMED_GROUP_LENGTH = 247;
const MAX_GROUP_PREFIX_LENGTH = 100;

/** What a security group is named by; its name has 255 characters and does not start with "sg-". */
export function securityGroupNaming(logicalName: string): { namePrefix?: string } {
  const fits =
    logicalName.length <= MAX_AUTONAMED_GROUP_LENGTH &&
    /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/.test(logicalName) &&
    !logicalName.startsWith("sg-");
  return fits ? {} : { namePrefix: prefixOf(logicalName, MAX_GROUP_PREFIX_LENGTH) };
}

const MAX_BUCKET_PREFIX_LENGTH = 37;

/** What a bucket is named by: in all of S3 no other has its name, which has no upper-case letters. */
export function bucketNaming(logicalName: string): { bucketPrefix: string } {
  return { bucketPrefix: prefixOf(logicalName.toLowerCase(), MAX_BUCKET_PREFIX_LENGTH) };
}

/** The letters and digits of a name, accents dropped, without a leading `sg-`; `lbg` if none is left. */
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
