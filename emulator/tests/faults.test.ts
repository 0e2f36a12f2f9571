import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Fault } from "../faults";
import { EmulatorFixture, GROUP, TARGET_GROUP } from "./support/emulatorFixture";

const CREATE = "CreateTargetGroup";
const HOUR = 3_600_000;

const error = (code: string, message: string): Fault => ({ kind: "error", code, message });

/** A promise, and what resolves it. */
function latch(): { until: Promise<void>; release: () => void } {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  return { until, release };
}

describe("faults that are asked for", () => {
  const aws = EmulatorFixture.inEachTest();

  const make = (name = "web") => aws.provider.make(TARGET_GROUP, GROUP, name);
  const exists = (arn: string) => aws.emulator.elb.describeTargetGroup(arn).targetGroupArn === arn;

  it("let AWS refuse a call in its own words, and only that one", async () => {
    aws.emulator.faults.add({ call: CREATE, fault: error("AccessDenied", "not you") });
    await assert.rejects(
      make(),
      /: operation error Elastic Load Balancing v2: CreateTargetGroup, https response error StatusCode: 403, RequestID: [-\w]+, api error AccessDenied: not you/,
    );
    assert.ok(exists((await make()).id));
  });

  it("leave nothing behind where AWS refused", async () => {
    const create = aws.emulator.elb.createTargetGroup.bind(aws.emulator.elb);
    let made = 0;
    aws.emulator.elb.createTargetGroup = (input) => {
      made += 1;
      return create(input);
    };
    aws.emulator.faults.add({ call: CREATE, fault: error("AccessDenied", "not you") });
    await assert.rejects(make());
    assert.equal(made, 0);
    assert.deepEqual(aws.callsSince(0), [CREATE]);
  });

  for (const [code, status] of [
    ["Throttling", 400],
    ["ServiceUnavailable", 503],
  ] as const) {
    it(`say of ${code} that it was tried often`, async () => {
      aws.emulator.faults.add({ call: CREATE, fault: error(code, "Rate exceeded") });
      await assert.rejects(
        make(),
        new RegExp(
          `CreateTargetGroup, exceeded maximum number of attempts, 25, https response error StatusCode: ${status}, ` +
            `RequestID: [-\\w]+, api error ${code}: Rate exceeded`,
        ),
      );
    });
  }

  it("strike from the n-th call on, as often as is said", async () => {
    await make("earlier");
    const fault = error("AccessDenied", "not you");
    aws.emulator.faults.add({ call: CREATE, at: 2, times: 2, fault });
    aws.emulator.faults.add({ call: "CreateLoadBalancer", fault });
    const outcomes = [];
    for (const name of ["a", "b", "c", "d"]) {
      outcomes.push(
        await make(name).then(
          () => "made",
          () => "refused",
        ),
      );
    }
    assert.deepEqual(outcomes, ["made", "refused", "refused", "made"]);
  });

  it("strike one of several calls at the same time", async () => {
    aws.emulator.faults.add({ call: CREATE, at: 2, fault: error("AccessDenied", "not you") });
    const outcomes = await Promise.allSettled(["a", "b", "c"].map((name) => make(name)));
    assert.equal(outcomes.filter(({ status }) => status === "rejected").length, 1);
  });

  it("can't be asked for before the first call", () => {
    const fault = error("AccessDenied", "not you");
    assert.throws(() => aws.emulator.faults.add({ call: CREATE, at: 0, fault }), RangeError);
    assert.throws(() => aws.emulator.faults.add({ call: CREATE, times: 0, fault }), RangeError);
    assert.throws(() => aws.emulator.faults.add({ call: CREATE, at: NaN, fault }), RangeError);
  });

  it("hold a call back before it reaches AWS, and others not", async () => {
    const { until, release } = latch();
    const { reached } = aws.emulator.faults.add({ call: CREATE, fault: { kind: "hold", until } });
    let isMade = false;
    const held = make("held").then(({ id }) => {
      isMade = true;
      return id;
    });
    await reached;
    await make("other");
    assert.equal(isMade, false);
    release();
    assert.ok(exists(await held));
  });

  it("strike one after another on the same call", async () => {
    const { until, release } = latch();
    const { reached } = aws.emulator.faults.add({ call: CREATE, fault: { kind: "hold", until } });
    aws.emulator.faults.add({ call: CREATE, fault: error("AccessDenied", "not you") });
    const outcome = assert.rejects(make(), /AccessDenied/);
    await reached;
    release();
    await outcome;
  });

  it("let a call come late", async () => {
    const late: Fault = { kind: "latency", milliseconds: 20 };
    const { reached } = aws.emulator.faults.add({ call: CREATE, fault: late });
    const made = make();
    await reached;
    assert.ok(exists((await made).id));
  });

  it("end with the emulator", async () => {
    const { reached } = aws.emulator.faults.add({
      call: CREATE,
      fault: { kind: "latency", milliseconds: HOUR },
    });
    const outcome = assert.rejects(make());
    await reached;
    await aws.emulator.close();
    await outcome;
  });

  it("break the provider's connection after AWS did what was asked", async () => {
    const created = new Promise<string>((resolve) => {
      const create = aws.emulator.elb.createTargetGroup.bind(aws.emulator.elb);
      aws.emulator.elb.createTargetGroup = (input) => {
        const group = create(input);
        resolve(group.targetGroupArn);
        return group;
      };
    });
    aws.emulator.faults.add({ call: CREATE, fault: { kind: "crash" } });
    const unavailable = { code: grpc.status.UNAVAILABLE };
    await assert.rejects(make(), unavailable);
    assert.ok(exists(await created));
    // The client connects again, but a dead process does not come back.
    await assert.rejects(make(), unavailable);
    assert.deepEqual(aws.callsSince(0), [CREATE]);
  });
});

describe("faults of the endpoint that AWS's SDKs read health from", () => {
  const aws = EmulatorFixture.inEachTest();
  const call = "DescribeTargetHealth";

  async function read(maxAttempts: number): Promise<string[]> {
    const { id } = await aws.provider.make(TARGET_GROUP, GROUP);
    const client = new ElasticLoadBalancingV2Client({
      region: "us-west-2",
      endpoint: aws.emulator.environment.AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      maxAttempts,
    });
    const start = aws.emulator.calls.length;
    try {
      await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: id }));
    } finally {
      client.destroy();
    }
    return aws.callsSince(start);
  }

  it("are errors that the SDK can read", async () => {
    aws.emulator.faults.add({ call, fault: error("AccessDenied", "not <you>") });
    await assert.rejects(read(3), { name: "AccessDenied", message: "not <you>" });
  });

  for (const fault of [
    error("Throttling", "Rate exceeded"),
    error("InternalFailure", "try again"),
    { kind: "crash" } as const,
  ]) {
    it(`are outlived by the SDK's own repetition: ${"code" in fault ? fault.code : fault.kind}`, async () => {
      aws.emulator.faults.add({ call, fault });
      assert.deepEqual(await read(2), [call, call]);
      aws.emulator.faults.add({ call, fault });
      await assert.rejects(read(1));
    });
  }
});
