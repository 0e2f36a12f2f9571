import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** The tag of a service's resources that says whose they are. */
export const OWNER_TAG = "load-balanced-service";

const MAX_TAG_CHARACTERS = 256;
const HASH_CHARACTERS = 8;

/**
 * What tells a service from all others, also from those of other stacks on the same listener: the names of its
 * project, its stack and its own. A hash stands for what AWS does not allow in the value of a tag.
 */
export function ownerOf(name: string): string {
  const owner = `${pulumi.getProject()}/${pulumi.getStack()}/${name}`;
  const allowed = owner.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, "_");
  const characters = Array.from(allowed);
  if (allowed === owner && characters.length <= MAX_TAG_CHARACTERS) return owner;
  const hash = createHash("sha256").update(owner).digest("hex").slice(0, HASH_CHARACTERS);
  const start = characters.slice(0, MAX_TAG_CHARACTERS - HASH_CHARACTERS - 1).join("");
  return `${start}-${hash}`;
}

/** The text from which the priority of a service's rule is computed. */
export const ruleLabelOf = (name: string) => labelsOfOwner(ownerOf(name));

/** The same for a service that is known by its tag. */
export const labelsOfOwner = (owner: string) => (key: string) => `${owner}/${key}`;

/** The service that an owner is, in words. */
export function serviceText(owner: string): string {
  const { name, stack, project } = partsOf(owner);
  return name === ""
    ? `the service ${owner}`
    : `the service ${name} (stack ${stack}, project ${project})`;
}

/** What to do if the owner `former` is the service `own` before something was renamed. */
export function renameText(former: string, own: string): string {
  const { name } = partsOf(former);
  if (name === partsOf(own).name) {
    return "if you have renamed the stack or the project of this service, ignore this warning";
  }
  const alias = HASHED.test(name) || name === "" ? "<the former name>" : name;
  return (
    `if you have renamed this service, set aliases to [{ name: "${alias}" }] in its resource options, or ignore this ` +
    "warning if aliases is set already"
  );
}

/** The end of a tag that does not have the whole name. */
const HASHED = new RegExp(`-[0-9a-f]{${HASH_CHARACTERS}}$`);

/** The names of projects and stacks have no slash. */
function partsOf(owner: string) {
  const [project, stack, ...name] = owner.split("/");
  return { project, stack, name: name.join("/") };
}
