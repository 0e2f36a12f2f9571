import { getBucket } from "@pulumi/aws/s3/getBucket";
import { getBucketPolicy } from "@pulumi/aws/s3/getBucketPolicy";
import { textAt } from "./answers";
import { saysDenied, saysElsewhere } from "./failures";
import { findOrMissing, isMissing, type Lookups } from "./lookups";

/** An S3 bucket. If it does not exist, only `missing` is set. */
export interface FoundBucket {
  readonly missing?: boolean;
  /** Whether it is in another region than the provider's. */
  readonly isElsewhere?: boolean;
  /** Its region, if the answer has it. */
  readonly region?: string;
}

/** Lookups in S3. They give undefined if a call fails or is denied. */
export interface BucketLookups {
  bucket(name: string): Promise<FoundBucket | undefined>;
  /** The document of a bucket's policy; an empty text if it has none. */
  bucketPolicy(name: string): Promise<string | undefined>;
}

export function bucketLookups(lookups: Lookups): BucketLookups {
  const buckets = new Map<string, Promise<FoundBucket | undefined>>();
  async function findBucket(name: string): Promise<FoundBucket | undefined> {
    const answer = await lookups.optional("bucket", () =>
      findOrMissing(() => unlessRefused(() => getBucket({ bucket: name }, lookups.options))),
    );
    if (answer === undefined || isMissing(answer)) return answer;
    if (answer === "denied") return undefined;
    if (answer === "elsewhere") return { isElsewhere: true };
    const [region, own] = [textAt(answer, "bucketRegion"), textAt(answer, "region")];
    return { region, isElsewhere: region !== undefined && own !== undefined && region !== own };
  }
  return {
    bucket(name) {
      const found = buckets.get(name) ?? findBucket(name);
      buckets.set(name, found);
      return found;
    },
    async bucketPolicy(name) {
      const answer = await lookups.optional("bucketPolicy", () =>
        findOrMissing(() =>
          unlessRefused(() => getBucketPolicy({ bucket: name }, lookups.options)),
        ),
      );
      return isMissing(answer) ? "" : textAt(answer, "policy");
    },
  };
}

/**
 * The answer, or why S3 gave none. Logs often go to a bucket of another account, which may not be read. So this is
 * no failure.
 */
async function unlessRefused<T>(call: () => Promise<T>): Promise<T | "denied" | "elsewhere"> {
  try {
    return await call();
  } catch (error) {
    if (saysElsewhere(error)) return "elsewhere";
    if (saysDenied(error)) return "denied";
    throw error;
  }
}
