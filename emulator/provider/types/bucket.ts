import { bucketName } from "../autoname";
import { during, unlessGone } from "../awsCalls";
import { COMPUTED_TAGS, type Shape, TAGS } from "../properties";
import { type ResourceType } from "../resourceType";
import { createTagged, tagState, updateTags } from "./tagged";

const INPUTS: Shape = {
  bucket: { kind: "string", computed: true, forceNew: true },
  bucketPrefix: { kind: "string", computed: true, forceNew: true, fault: prefixFault },
  forceDestroy: { kind: "boolean", default: false },
  ...TAGS,
};

const LONGEST_PREFIX = 37;

export const bucket: ResourceType = {
  token: "aws:s3/bucket:Bucket",
  inputs: INPUTS,
  outputs: {
    arn: { kind: "string" },
    bucketDomainName: { kind: "string" },
    ...COMPUTED_TAGS,
  },

  async create(inputs, aws) {
    const { ec2, calls } = aws;
    const name = bucketName(inputs);
    const create = createTagged(
      aws,
      inputs,
      () => {
        ec2.buckets.create(name);
        return name;
      },
      (id) => id,
    );
    await during(`creating S3 Bucket (${name})`, calls.s3("CreateBucket", create));
    return { id: name };
  },

  async read(id, _state, aws) {
    const { ec2, calls } = aws;
    const isThere = await calls.s3("HeadBucket", () => ec2.buckets.has(id));
    return isThere
      ? {
          bucket: id,
          arn: `arn:aws:s3:::${id}`,
          bucketDomainName: `${id}.s3.amazonaws.com`,
          ...tagState(id, aws),
        }
      : undefined;
  },

  update: (id, olds, news, aws) => updateTags(id, olds, news, aws, "s3"),

  async delete(id, _state, { ec2, calls, tags }) {
    const remove = calls.s3("DeleteBucket", () => {
      ec2.buckets.delete(id);
    });
    await during(`deleting S3 Bucket (${id})`, unlessGone("NoSuchBucket", remove));
    tags.forget(id);
  },
};

function prefixFault(prefix: string): string | undefined {
  return prefix.length > LONGEST_PREFIX
    ? `to have at most ${LONGEST_PREFIX} characters, got ${prefix}`
    : undefined;
}
