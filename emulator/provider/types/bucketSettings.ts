import { during, unlessGone } from "../awsCalls";
import { given, type Shape, textOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";

const BUCKET: Shape = { bucket: { kind: "string", required: true, forceNew: true } };
const FLAG = { kind: "boolean", default: false } as const;

export const bucketPolicy = settingType("bucketPolicy:BucketPolicy", "BucketPolicy", {
  policy: { kind: "string", required: true },
});

export const bucketPublicAccessBlock = settingType(
  "bucketPublicAccessBlock:BucketPublicAccessBlock",
  "PublicAccessBlock",
  {
    blockPublicAcls: FLAG,
    blockPublicPolicy: FLAG,
    ignorePublicAcls: FLAG,
    restrictPublicBuckets: FLAG,
  },
);

export const bucketOwnershipControls = settingType(
  "bucketOwnershipControls:BucketOwnershipControls",
  "BucketOwnershipControls",
  {
    rule: {
      kind: "block",
      required: true,
      properties: {
        objectOwnership: {
          kind: "string",
          required: true,
          values: ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"],
        },
      },
    },
  },
);

export const bucketEncryption = settingType(
  "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "BucketEncryption",
  {
    rules: {
      kind: "blocks",
      required: true,
      properties: {
        applyServerSideEncryptionByDefault: {
          kind: "block",
          // Load balancers can't write with other keys, so others are not supported.
          properties: { sseAlgorithm: { kind: "string", required: true, values: ["AES256"] } },
        },
      },
    },
  },
);

export const bucketLifecycle = settingType(
  "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "BucketLifecycleConfiguration",
  {
    rules: {
      kind: "blocks",
      properties: {
        id: { kind: "string", required: true },
        status: { kind: "string", required: true, values: ["Enabled", "Disabled"] },
        filter: { kind: "block", properties: { prefix: { kind: "string" } } },
        expiration: { kind: "block", properties: { days: { kind: "integer" } } },
      },
    },
  },
);

/** One of a bucket's settings, by S3's name for it, which is put as a whole. */
function settingType(name: string, kind: string, shape: Shape): ResourceType {
  const put = async (id: string, inputs: Properties, { ec2, calls }: Aws) => {
    const setting = { ...inputs, bucket: undefined };
    const call = calls.s3(`Put${kind}`, () => {
      ec2.buckets.put(id, kind, setting);
    });
    await during(`putting S3 ${kind} (${id})`, call);
  };
  return {
    token: `aws:s3/${name}`,
    inputs: { ...BUCKET, ...shape },
    outputs: { region: { kind: "string" } },

    async create(inputs, aws) {
      const id = given(textOf(inputs, "bucket"), "bucket");
      await put(id, inputs, aws);
      return { id };
    },

    async read(id, _state, { ec2, calls }) {
      const found = await unlessGone(
        "NoSuchBucket",
        calls.s3(`Get${kind}`, () => ec2.buckets.get(id, kind)),
      );
      return found && { ...found, bucket: id, region: ec2.region };
    },

    update: (id, _olds, news, aws) => put(id, news, aws),

    async delete(id, _state, { ec2, calls }) {
      const removal = calls.s3(`Delete${kind}`, () => {
        ec2.buckets.remove(id, kind);
      });
      await during(`deleting S3 ${kind} (${id})`, unlessGone("NoSuchBucket", removal));
    },
  };
}
