import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULTS } from "../args/defaults";
import { bucketNaming } from "../plan/naming";
import type { Scope } from "../shared/scope";

/** A bucket for logs, and the policy that allows Elastic Load Balancing to write to it. */
export interface LogBucket {
  readonly bucket: Bucket;
  readonly policy: BucketPolicy;
}

/**
 * Creates a bucket to which Elastic Load Balancing may write under these paths. Pulumi does not delete the
 * bucket and its settings: S3 can't delete a bucket that has logs, and without the settings the logs would be
 * less protected and never expire.
 */
export function createLogBucket(
  {
    name,
    args: { logExpirationDays: days = DEFAULTS.LoadBalancedGroup.logExpirationDays, tags },
    parent,
  }: Scope,
  paths: pulumi.Output<string[]>,
): LogBucket {
  const opts = { parent, retainOnDelete: true };
  const bucketResource = new Bucket(
    `${name}-logs`,
    { ...bucketNaming(`${name}-logs`), tags },
    { ...opts, ignoreChanges: ["bucketPrefix"] },
  );
  const bucket = bucketResource.bucket;
  new BucketServerSideEncryptionConfiguration(
    `${name}-logs-encryption`,
    // The only encryption that Elastic Load Balancing supports for its logs.
    { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    opts,
  );
  new BucketOwnershipControls(
    `${name}-logs-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  new BucketPublicAccessBlock(
    `${name}-logs-public-access`,
    {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  new BucketLifecycleConfiguration(
    `${name}-logs-lifecycle`,
    { bucket, rules: [{ id: "expiration", status: "Enabled", filter: {}, expiration: { days } }] },
    opts,
  );
  const document = pulumi
    .all([bucketResource.arn, paths])
    .apply(([arn, under]) => policyOf(arn, under));
  const policy = new BucketPolicy(`${name}-logs-policy`, { bucket, policy: document }, opts);
  return { bucket: bucketResource, policy };
}

function policyOf(bucketArn: string, paths: string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LogDelivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: paths.map((path) => `${bucketArn}/${path}`),
      },
      {
        Sid: "EncryptedTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
