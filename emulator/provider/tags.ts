import { AwsError } from "../aws";

export type Tags = Readonly<Record<string, string>>;

const MAXIMUM_TAGS = 50;

/** The tags of everything that was made, by ARN or id. */
export class TagStore {
  private readonly tags = new Map<string, Tags>();

  of(resource: string): Tags {
    return this.tags.get(resource) ?? {};
  }

  put(resource: string, tags: Tags): void {
    checkTags(tags);
    this.tags.set(resource, { ...tags });
  }

  forget(resource: string): void {
    this.tags.delete(resource);
  }
}

/** AWS refuses the call that brings bad tags, so nothing is made by it. */
export function checkTags(tags: Tags): void {
  const keys = Object.keys(tags);
  if (keys.length > MAXIMUM_TAGS) {
    throw new AwsError("TooManyTags", `A resource has at most ${MAXIMUM_TAGS} tags`);
  }
  const reserved = keys.find((key) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `Tag keys starting with 'aws:' are reserved for system use: '${reserved}'`,
    );
  }
}
