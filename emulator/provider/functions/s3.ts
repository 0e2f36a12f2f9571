import { during } from "../awsCalls";
import { given, textOf } from "../properties";
import { type ProviderFunction, ID, REGION } from "./providerFunction";

/** S3's buckets, looked up by their names. */
export const getBucket: ProviderFunction = {
  token: "aws:s3/getBucket:getBucket",
  inputs: { bucket: { kind: "string", required: true } },
  outputs: { ...ID, arn: { kind: "string" }, bucketRegion: { kind: "string" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const bucket = given(textOf(args, "bucket"), "bucket");
    const isThere = await calls.s3("HeadBucket", () => ec2.buckets.exists(bucket));
    if (!isThere) throw new Error(`reading S3 Bucket (${bucket}): couldn't find resource`);
    const arn = `arn:aws:s3:::${bucket}`;
    return { bucket, id: bucket, arn, bucketRegion: ec2.region, region: ec2.region };
  },
};

export const getBucketPolicy: ProviderFunction = {
  token: "aws:s3/getBucketPolicy:getBucketPolicy",
  inputs: { bucket: { kind: "string", required: true } },
  outputs: { ...ID, policy: { kind: "string" }, ...REGION },
  async invoke(args, { ec2, calls }) {
    const bucket = given(textOf(args, "bucket"), "bucket");
    const action = `reading S3 Bucket (${bucket}) Policy`;
    const policy = await during(
      action,
      calls.s3("GetBucketPolicy", () => ec2.buckets.policyOf(bucket)),
    );
    if (policy === undefined) throw new Error(`${action}: couldn't find resource`);
    return { bucket, id: bucket, policy, region: ec2.region };
  },
};
