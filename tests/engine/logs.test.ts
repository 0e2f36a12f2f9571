import assert from "node:assert/strict";
import { arnsIn, groupOf, Stage, TUTORIAL } from "../support/stage";

describe("logs, deployed", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const logged = groupOf({
    ...TUTORIAL,
    accessLogs: {},
    healthCheckLogs: { prefix: "checks" },
  });
  const buckets = () => stage().emulator.ec2.buckets;

  it("are refused at preview if their bucket does not exist", async () => {
    const bucket = "no-such-bucket";
    const program = groupOf({ ...TUTORIAL, accessLogs: { bucket } });
    await assert.rejects(stage().preview(program), /there is no bucket no-such-bucket/);
    assert.deepEqual(stage().existing, []);
  });

  it("are written to a bucket made here, whose policy comes before the load balancer", async () => {
    const { steps, outputs } = await stage().up(logged);
    assert.ok(steps.indexOf("create web-logs-policy") < steps.indexOf("create web-alb"));
    const [bucket] = buckets().names;
    const { attributes } = stage().emulator.elb.describeLoadBalancer(arnsIn(outputs).loadBalancer);
    assert.equal(attributes["access_logs.s3.bucket"], bucket);
    assert.deepEqual(buckets().objects(bucket).sort(), [
      "AWSLogs/123456789012/ELBAccessLogTestFile",
      "checks/AWSLogs/123456789012/ELBHealthCheckLogTestFile",
    ]);
    await stage().preview(logged, { expectNoChanges: true });
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("go elsewhere in place, after the policy lets them", async () => {
    const { steps } = await stage().up(
      groupOf({
        ...TUTORIAL,
        accessLogs: { prefix: "web" },
        connectionLogs: {},
        healthCheckLogs: { enabled: false },
      }),
    );
    assert.deepEqual(steps, ["update web-logs-policy", "update web-alb"]);
  });

  it("are turned off in place, and their bucket stays", async () => {
    const off = { enabled: false };
    const program = groupOf({
      ...TUTORIAL,
      accessLogs: off,
      connectionLogs: off,
      healthCheckLogs: off,
    });
    const { calls } = await stage().up(program);
    assert.deepEqual(
      calls.map(({ args }) => args[1]),
      [
        {
          "access_logs.s3.enabled": "false",
          "connection_logs.s3.enabled": "false",
        },
      ],
    );
  });

  it("outlive the group, when it is destroyed", async () => {
    const before = buckets().objects(buckets().names[0]);
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
    const [bucket] = buckets().names;
    assert.deepEqual(buckets().objects(bucket), before);
    assert.notEqual(buckets().get(bucket, "PublicAccessBlock"), undefined);
    assert.notEqual(buckets().get(bucket, "BucketLifecycleConfiguration"), undefined);
  });
});
