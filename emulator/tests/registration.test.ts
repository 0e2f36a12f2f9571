import assert from "node:assert/strict";
import * as http from "node:http";
import { ElbStage } from "./support/elbStage";
import { refuses } from "./support/awsErrors";

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

  it("are addresses outside the VPC with a zone that they count to, at which nobody answers", async () => {
    const group = stage.group({}, { targetType: "ip" });
    await stage.forward(group);
    const failing = stage.reaches("192.168.1.1", "unhealthy");
    const outside = { port: 80, availabilityZone: "all" };
    stage.elb.registerTarget(group, { id: "192.168.1.1", ...outside });
    await failing;
    const [{ target }] = stage.elb.describeTargetHealth(group);
    assert.equal(target.availabilityZone, "all");
    refusesTarget(group, { id: "8.8.8.8", ...outside }, "InvalidTarget", /8\.8\.8\.8/);
  });

  it("are IPv6 addresses, or instances that have one, where the group is of ipv6", async () => {
    const ipv6Address = "2001:db8:1::7";
    const hosts: (string | undefined)[] = [];
    const port = await stage.listen(
      http.createServer(({ headers }, response) => {
        hosts.push(headers.host);
        response.end();
      }),
    );
    stage.ec2.addInstance("i-4", []);
    stage.ec2.addInstance("i-6", [[80, port]], { ipv6Address });
    const addresses = stage.group({}, { targetType: "ip", ipAddressType: "ipv6" });
    const instances = stage.group({}, { ipAddressType: "ipv6" });
    refusesTarget(addresses, { id: "10.0.0.10" }, "ValidationError", /is not a valid IPv6/);
    refusesTarget(addresses, { id: "2001:db8:2::1" }, "ValidationError", /Zone must be specified/);
    refusesTarget(instances, { id: "i-4" }, "InvalidTarget", /no.* primary IPv6 address: 'i-4'/);
    for (const [group, id] of [
      [addresses, ipv6Address],
      [instances, "i-6"],
    ]) {
      const { loadBalancerArn } = stage.dualstack();
      await stage.forward(group, {}, { loadBalancerArn });
      await stage.registerHealthy(group, id);
    }
    assert.deepEqual([...new Set(hosts)], [`[${ipv6Address}]:80`]);
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
