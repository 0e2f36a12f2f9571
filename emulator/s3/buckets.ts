import { AwsError } from "../aws";
import { allows, parsePolicy, type Statement } from "./bucketPolicies";
import { textOf } from "../provider/properties";
import type { Properties } from "../provider/values";

const POLICY = "BucketPolicy";

interface Bucket {
  readonly settings: Map<string, Properties>;
  readonly objects: Set<string>;
  policy: Statement[];
}

/** S3 of one account: its buckets, their settings, and the names of what is in them. */
export class Buckets {
  private readonly buckets = new Map<string, Bucket>();

  /** `open` are buckets of the account that take every log. */
  constructor(private readonly open: readonly string[]) {}

  get names(): string[] {
    return [...this.buckets.keys()];
  }

  create(name: string): void {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
      throw new AwsError("InvalidBucketName", "The specified bucket is not valid.");
    }
    if (this.buckets.has(name) || this.open.includes(name)) {
      throw new AwsError(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
      );
    }
    this.buckets.set(name, { settings: new Map(), objects: new Set(), policy: [] });
  }

  has(name: string): boolean {
    return this.buckets.has(name);
  }

  /** Also the buckets that take every log, which no program created. */
  exists(name: string): boolean {
    return this.has(name) || this.open.includes(name);
  }

  /** The text of a bucket's policy. */
  policyOf(name: string): string | undefined {
    if (!this.open.includes(name)) return textOf(this.get(name, POLICY) ?? {}, "policy");
    const Resource = `arn:aws:s3:::${name}/*`;
    const statement = { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource };
    return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  }

  delete(name: string): void {
    if (this.find(name).objects.size > 0) {
      throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty");
    }
    this.buckets.delete(name);
  }

  put(name: string, kind: string, setting: Properties): void {
    const bucket = this.find(name);
    if (kind === POLICY) {
      bucket.policy = parsePolicy(textOf(setting, "policy") ?? "", name);
    }
    bucket.settings.set(kind, setting);
  }

  get(name: string, kind: string): Properties | undefined {
    return this.find(name).settings.get(kind);
  }

  remove(name: string, kind: string): void {
    const bucket = this.find(name);
    bucket.settings.delete(kind);
    if (kind === POLICY) {
      bucket.policy = [];
    }
  }

  /** The names of what is in a bucket. */
  objects(name: string): string[] {
    return [...this.find(name).objects];
  }

  /** Writes in a service's name, if the bucket's policy lets it; says whether it did. */
  write(service: string, name: string, key: string): boolean {
    const bucket = this.buckets.get(name);
    if (bucket === undefined || !allows(bucket.policy, service, `arn:aws:s3:::${name}/${key}`)) {
      return this.open.includes(name);
    }
    bucket.objects.add(key);
    return true;
  }

  private find(name: string): Bucket {
    const found = this.buckets.get(name);
    if (found === undefined) {
      throw new AwsError("NoSuchBucket", "The specified bucket does not exist");
    }
    return found;
  }
}
