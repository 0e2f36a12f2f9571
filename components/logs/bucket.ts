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

/** A bucket for logs, and the policy that lets them in. */
export interface LogBucket {
  readonly bucket: Bucket;
  readonly policy: BucketPolicy;
}

/**
 * Makes a bucket to which Elastic Load Balancing may write under these paths. All of it stays on AWS
 * when it goes from the program: S3 deletes no bucket with logs in it, and without its settings they
 * would be open to more people, for longer.
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
    opts,
  );
  const bucket = bucketResource.bucket;
  new BucketServerSideEncryptionConfiguration(
    `${name}-logs-encryption`,
    // The one kind that Elastic Load Balancing can write with.
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
