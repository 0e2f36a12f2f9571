import assert from "node:assert/strict";
import { BALANCER, EmulatorFixture, LOAD_BALANCER } from "./support/emulatorFixture";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const policyFor = (resource: string, change: object = {}) =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: resource,
        ...change,
      },
    ],
  });

describe("buckets of the emulator", () => {
  const aws = EmulatorFixture.inEachTest();
  const buckets = () => aws.emulator.ec2.buckets;
  const withLogs = (bucket: string, where: object = {}) =>
    aws.provider.make(LOAD_BALANCER, {
      ...BALANCER,
      accessLogs: { bucket, ...where, enabled: true },
    });
  const path = (bucket: string) => `arn:aws:s3:::${bucket}/AWSLogs/123456789012/*`;
  const denied = /InvalidConfigurationRequest: Access Denied for bucket: .* check S3bucket permi/;

  it("have a made name, tags, and settings that are put and read as a whole", async () => {
    const made = await aws.provider.make(BUCKET, { bucketPrefix: "logs-", tags: { a: "b" } });
    assert.match(made.id, /^logs-\d{18}[0-9a-f]{8}$/);
    assert.deepEqual([made.state.arn, made.state.tags], [`arn:aws:s3:::${made.id}`, { a: "b" }]);

    const rule = { id: "one", status: "Enabled", filter: {}, expiration: { days: 9 } };
    const inputs = { bucket: made.id, rules: [rule] };
    const lifecycle = await aws.provider.make(LIFECYCLE, inputs);
    assert.deepEqual(lifecycle.state.rules, [rule]);
    assert.deepEqual((await aws.provider.diff(LIFECYCLE, lifecycle.state, inputs)).kinds, {});
    await aws.provider.delete(LIFECYCLE, made.id, lifecycle.state);
    assert.equal((await aws.provider.read(LIFECYCLE, made.id, lifecycle)).id, "");
  });

  it("take logs only under the paths that their policy names", async () => {
    const { id: bucket } = await aws.provider.make(BUCKET, { bucket: "kept" });
    await assert.rejects(withLogs(bucket), denied);
    const { state } = await aws.provider.make(POLICY, { bucket, policy: policyFor(path(bucket)) });
    await withLogs(bucket);
    assert.deepEqual(buckets().objects(bucket), ["AWSLogs/123456789012/ELBAccessLogTestFile"]);
    await assert.rejects(withLogs(bucket, { prefix: "web" }), denied);
    await aws.provider.delete(POLICY, bucket, state);
    await assert.rejects(withLogs(bucket), denied);
  });

  const useless: [string, object][] = [
    ["another service", { Principal: { Service: "delivery.logs.amazonaws.com" } }],
    ["another action", { Action: "s3:GetBucketAcl" }],
    ["another effect", { Effect: "Deny" }],
    ["another account", { Resource: "arn:aws:s3:::kept/AWSLogs/210987654321/*" }],
  ];
  for (const [what, change] of useless) {
    it(`take no logs by a policy for ${what}`, async () => {
      await aws.provider.make(BUCKET, { bucket: "kept" });
      const policy = policyFor(path("kept"), change);
      await aws.provider.make(POLICY, { bucket: "kept", policy });
      await assert.rejects(withLogs("kept"), denied);
    });
  }

  it("are not deleted with logs in them", async () => {
    const { id, state } = await aws.provider.make(BUCKET, { bucket: "kept" });
    await aws.provider.make(POLICY, { bucket: id, policy: policyFor(path(id)) });
    await withLogs(id);
    await assert.rejects(
      aws.provider.delete(BUCKET, id, state),
      /deleting S3 Bucket \(kept\): operation error S3: DeleteBucket.*409.*BucketNotEmpty/,
    );
  });

  it("are refused in S3's words", async () => {
    await assert.rejects(aws.provider.make(BUCKET, { bucket: "A" }), /InvalidBucketName/);
    await aws.provider.make(BUCKET, { bucket: "kept" });
    await assert.rejects(aws.provider.make(BUCKET, { bucket: "kept" }), /BucketAlreadyOwnedByYou/);
    const put = (bucket: string, policy: string) => aws.provider.make(POLICY, { bucket, policy });
    await assert.rejects(put("none", policyFor(path("none"))), /NoSuchBucket/);
    await assert.rejects(put("kept", "{"), /MalformedPolicy: Policies must be valid JSON/);
    await assert.rejects(put("kept", policyFor(path("other"))), /MalformedPolicy: .*resource/);
  });
});
