import { during } from "../awsCalls";
import { mapOf } from "../properties";
import { type Aws } from "../resourceType";
import { checkTags, type Tags } from "../tags";
import { type Properties } from "../values";

/** A create call with the tags in it: bad tags refuse it as a whole. */
export function createTagged<T>(
  aws: Aws,
  inputs: Properties,
  create: () => T | Promise<T>,
  idOf: (created: T) => string,
): () => Promise<T> {
  const tags: Tags = mapOf(inputs, "tags");
  return async () => {
    checkTags(tags);
    const created = await create();
    aws.tags.put(idOf(created), tags);
    return created;
  };
}

/** What each service calls the removal and the addition of tags. */
const TAG_CALLS = {
  acm: ["RemoveTagsFromCertificate", "AddTagsToCertificate"],
  cloudWatch: ["UntagResource", "TagResource"],
  ec2: ["DeleteTags", "CreateTags"],
  elb: ["RemoveTags", "AddTags"],
  s3: ["UntagResource", "TagResource"],
} as const;

/** The tag calls that the real provider makes before any other change. */
export async function updateTags(
  id: string,
  olds: Properties,
  news: Properties,
  { calls, tags }: Aws,
  service: keyof typeof TAG_CALLS,
): Promise<void> {
  const before = mapOf(olds, "tags");
  const after = mapOf(news, "tags");
  const removed = Object.keys(before).some((key) => !Object.hasOwn(after, key));
  const set = Object.entries(after).some(([key, value]) => before[key] !== value);
  const [remove, add] = TAG_CALLS[service];
  const action = `modifying tags of ${id}`;
  if (removed) {
    const kept = Object.fromEntries(
      Object.entries(before).filter(([key]) => Object.hasOwn(after, key)),
    );
    const removal = calls[service](remove, () => {
      tags.put(id, kept);
    });
    await during(action, removal);
  }
  if (set) {
    const addition = calls[service](add, () => {
      tags.put(id, after);
    });
    await during(action, addition);
  }
}

/** The tags as a resource's state has them. */
export function tagState(id: string, { tags, ec2 }: Aws): Properties {
  const own = { ...tags.of(id) };
  const isTagged = Object.keys(own).length > 0;
  return { tags: isTagged ? own : undefined, tagsAll: own, region: ec2.region };
}
