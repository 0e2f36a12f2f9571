import assert from "node:assert/strict";
import { ElbStage } from "../support/elbStage";
import { refuses } from "../support/refusals";

const NO_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:nothing";

describe("the rules for targets", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const refusesTarget = (
    group: string,
    target: { id: string; port?: number },
    code: string,
    message: RegExp,
  ) => {
    refuses(
      () => {
        stage.elb.registerTarget(group, { port: 80, ...target });
      },
      code,
      message,
    );
  };

  it("are running instances of the group's VPC", () => {
    const group = stage.group();
    stage.ec2.addInstance("i-stopped", [], { state: "stopped" });
    stage.ec2.addInstance("i-elsewhere", [], { vpcId: "vpc-2" });
    refusesTarget(group, { id: "i-none" }, "InvalidTarget", /do not exist: 'i-none'/);
    refusesTarget(
      group,
      { id: "i-stopped" },
      "InvalidTarget",
      /^The following targets are not in a running state and cannot be registered: 'i-stopped'$/,
    );
    refusesTarget(group, { id: "i-elsewhere" }, "InvalidTarget", /target group VPC 'vpc-1'/);
    assert.deepEqual(stage.elb.describeTargetHealth(group), []);
  });

  it("are addresses of the VPC where the group is of type ip", async () => {
    const group = stage.group({}, { targetType: "ip" });
    await stage.addServer("i-1");
    refusesTarget(group, { id: "i-1" }, "ValidationError", /'i-1' is not a valid IPv4/);
    refusesTarget(group, { id: "8.8.8.8" }, "InvalidTarget", /'8\.8\.8\.8'/);
    refusesTarget(group, { id: "192.168.1.1" }, "ValidationError", /Availability Zone must be/);
    await stage.forward(group);
    const healthy = stage.reaches("10.0.0.10", "healthy");
    stage.elb.registerTarget(group, { id: "10.0.0.10", port: 80 });
    await healthy;
  });

  it("of type ip wait for the end of their deregistration", async () => {
    const group = stage.group({}, { targetType: "ip" });
    await stage.forward(group);
    stage.elb.registerTarget(group, { id: "10.0.0.10", port: 80 });
    stage.elb.deregisterTarget(group, { id: "10.0.0.10", port: 80 });
    refusesTarget(group, { id: "10.0.0.10" }, "InvalidTarget", /being deregistered/);
  });

  it("have a port, and a group that exists", () => {
    const group = stage.group();
    stage.ec2.addInstance("i-1", []);
    refusesTarget(group, { id: "i-1", port: 0 }, "ValidationError", /port '0'/);
    refusesTarget(NO_ARN, { id: "i-1" }, "TargetGroupNotFound", /not found/);
    refuses(() => stage.elb.describeTargetHealth(NO_ARN), "TargetGroupNotFound", /not found/);
  });
});
