import assert from "node:assert/strict";
import type { Attributes, HealthCheck } from "../aws";
import { least, routingLeast } from "../elb/attributes";
import { ElbStage, groupInput, type GroupInput, HEALTH_CHECK } from "./support/elbStage";
import { refuses } from "./support/awsErrors";

describe("the rules for target groups", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const refusesGroup = (change: Partial<GroupInput>, code: string, message: RegExp) => {
    refuses(() => stage.elb.createTargetGroup(groupInput(change)), code, message);
  };

  it("are known by an ARN in AWS's form and have AWS's defaults", () => {
    const group = stage.elb.createTargetGroup(groupInput());
    assert.match(
      group.targetGroupArn,
      /^arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup\/web\/[0-9a-f]{16}$/,
    );
    assert.equal(group.attributes["deregistration_delay.timeout_seconds"], "300");
    assert.equal(group.attributes["load_balancing.algorithm.type"], "round_robin");
    assert.deepEqual(stage.elb.describeTargetGroup(group.targetGroupArn), group);
  });

  it("have names of their own", () => {
    stage.elb.createTargetGroup(groupInput());
    refusesGroup({}, "DuplicateTargetGroupName", /same name 'web' exists/);
  });

  for (const [targetGroupName, message] of [
    ["a".repeat(33), /cannot be longer than '32' characters/],
    ["under_score", /alphanumeric characters and hyphens/],
    ["-web", /cannot begin or end with a hyphen/],
    ["web-", /cannot begin or end with a hyphen/],
    ["", /alphanumeric/],
  ] as const) {
    it(`are not called "${targetGroupName}"`, () => {
      refusesGroup({ targetGroupName }, "ValidationError", message);
    });
  }

  const faults: [Partial<HealthCheck>, RegExp][] = [
    [{ timeoutSeconds: 5 }, /^Health check interval must be greater than the timeout\.$/],
    [{ intervalSeconds: 4 }, /interval '4' must be between '5' and '300'/],
    [{ timeoutSeconds: 1 }, /timeout '1' must be between '2' and '120'/],
    [{ healthyThresholdCount: 1 }, /healthy threshold count '1' must be between '2' and '10'/],
    [{ unhealthyThresholdCount: 11 }, /unhealthy threshold count '11'/],
    [{ path: "health" }, /path 'health' must begin with a '\/'/],
    [{ path: "/a b" }, /path '\/a b' can only contain printable ASCII characters, without spaces$/],
    [{ path: "/ä" }, /can only contain printable ASCII/],
    [{ path: "/a\r\nb" }, /can only contain printable ASCII/],
    [{ port: "70000" }, /port '70000'/],
    [{ matcher: "500" }, /'500' must be within '200-499'/],
    [{ matcher: "200-" }, /'200-' must be within/],
    [{ matcher: "300-200" }, /'300-200' must be within/],
  ];
  for (const [change, message] of faults) {
    it(`do not check health with ${JSON.stringify(change)}`, () => {
      const healthCheck = { ...HEALTH_CHECK, ...change };
      refusesGroup({ healthCheck }, "ValidationError", message);
      const arn = stage.group();
      refuses(() => stage.elb.modifyTargetGroup(arn, healthCheck), "ValidationError", message);
      assert.deepEqual(stage.elb.describeTargetGroup(arn).healthCheck, HEALTH_CHECK);
    });
  }

  it("need a port and a VPC that exist", () => {
    refusesGroup({ port: 0 }, "ValidationError", /port '0' must be between '1' and '65535'/);
    refusesGroup({ vpcId: "vpc-9" }, "ValidationError", /The VPC ID 'vpc-9' is not found/);
  });

  it("say what the emulator does not support", () => {
    refusesGroup(
      { protocolVersion: "GRPC" },
      "UnsupportedByEmulator",
      /protocol version GRPC; AWS acc/,
    );
  });

  const wrong: [Attributes, string, RegExp][] = [
    [{ "no.such": "1" }, "ValidationError", /attribute key 'no.such' is not recognized/],
    [
      { "deregistration_delay.timeout_seconds": "3601" },
      "ValidationError",
      /'3601' is not valid: it must be a whole number from 0 to 3600/,
    ],
    [{ "slow_start.duration_seconds": "29" }, "ValidationError", /0 or a whole number from 30/],
    [{ "stickiness.app_cookie.cookie_name": "AWSALBX" }, "ValidationError", /not begin with AWSA/],
    [
      { "stickiness.enabled": "true", "stickiness.type": "app_cookie" },
      "InvalidConfigurationRequest",
      /A cookie name must be specified/,
    ],
    [
      {
        "slow_start.duration_seconds": "30",
        "load_balancing.algorithm.type": "least_outstanding_requests",
      },
      "InvalidConfigurationRequest",
      /Slow start/,
    ],
    [
      { "load_balancing.algorithm.anomaly_mitigation": "on" },
      "InvalidConfigurationRequest",
      /Anomaly mitigation/,
    ],
    [
      { "load_balancing.cross_zone.enabled": "false", "stickiness.enabled": "true" },
      "InvalidConfigurationRequest",
      /Stickiness cannot be used when cross-zone load balancing is off/,
    ],
    [{ [routingLeast("count")]: "off" }, "ValidationError", /'off' is not valid/],
    [{ [routingLeast("count")]: "2" }, "InvalidConfigurationRequest", /DNS failover count must/],
    [
      { [least("dns_failover", "percentage")]: "49", [routingLeast("percentage")]: "50" },
      "InvalidConfigurationRequest",
      /DNS failover percentage must/,
    ],
  ];
  for (const [attributes, code, message] of wrong) {
    it(`do not take ${JSON.stringify(attributes)}`, () => {
      refusesGroup({ attributes }, code, message);
      const arn = stage.group();
      refuses(() => stage.elb.modifyTargetGroupAttributes(arn, attributes), code, message);
    });
  }

  it("can't be deleted while a listener names them", async () => {
    const arn = stage.group();
    const { listenerArn } = await stage.forward(arn);
    refuses(
      () => {
        stage.elb.deleteTargetGroup(arn);
      },
      "ResourceInUse",
      /^Target group 'arn:.*' is currently in use by a listener or a rule$/,
    );
    await stage.elb.deleteListener(listenerArn);
    stage.elb.deleteTargetGroup(arn);
    stage.elb.deleteTargetGroup(arn);
    refuses(() => stage.elb.describeTargetGroup(arn), "TargetGroupNotFound", /not found/);
  });

  it("answers with copies that change nothing", () => {
    const group = stage.elb.createTargetGroup(groupInput());
    group.attributes["deregistration_delay.timeout_seconds"] = "1";
    group.healthCheck.path = "/changed";
    const kept = stage.elb.describeTargetGroup(group.targetGroupArn);
    assert.equal(kept.attributes["deregistration_delay.timeout_seconds"], "300");
    assert.equal(kept.healthCheck.path, "/health");
  });
});
