import assert from "node:assert/strict";
import { type AwsError } from "../aws";
import { EmulatedEc2 } from "../ec2/ec2";
import { type Account, instance, sampleAccount } from "../sampleAccount";

const WEB = "sg-00000000000000eb1";
const HTTP = { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" };

describe("EmulatedEc2", () => {
  let account: Account;
  let ec2: EmulatedEc2;
  let usedByLoadBalancer: string[];

  beforeEach(() => {
    account = sampleAccount();
    usedByLoadBalancer = [];
    ec2 = new EmulatedEc2(account, (groupId) => usedByLoadBalancer.includes(groupId));
  });

  function makeGroup(groupName: string): string {
    return ec2.createSecurityGroup({ groupName, description: "made by a test" }).groupId;
  }

  it("has three running instances in two zones of the default VPC", () => {
    const found = ec2.describeInstances([{ name: "instance-state-name", values: ["running"] }]);
    assert.deepEqual(
      found.map(({ instanceId, availabilityZone }) => [instanceId, availabilityZone]),
      [
        ["i-0a1b2c3d4e5f60001", "us-west-2a"],
        ["i-0a1b2c3d4e5f60002", "us-west-2b"],
        ["i-0a1b2c3d4e5f60003", "us-west-2a"],
      ],
    );
  });

  it("shares nothing between two accounts", () => {
    sampleAccount().instances[0].state = "stopped";
    assert.equal(ec2.findInstance("i-0a1b2c3d4e5f60001")?.state, "running");
  });

  it("finds an instance that was added, by id and by address", () => {
    account.instances.push(instance("i-0fffffffffffffff1", account.subnets[2], "172.31.32.5"));
    assert.equal(ec2.findInstance("i-0fffffffffffffff1")?.availabilityZone, "us-west-2c");
    const [{ vpcId }] = account.vpcs;
    assert.equal(ec2.findInstanceByIp(vpcId, "172.31.32.5")?.instanceId, "i-0fffffffffffffff1");
    assert.equal(ec2.findInstanceByIp("vpc-other", "172.31.32.5"), undefined);
  });

  it("finds what satisfies every filter and any of a filter's values", () => {
    const zones = { name: "availability-zone", values: ["us-west-2a", "us-west-2c"] };
    const ids = { name: "instance-id", values: ["i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003"] };
    assert.deepEqual(
      ec2.describeSubnets([zones]).map(({ availabilityZone }) => availabilityZone),
      ["us-west-2a", "us-west-2c"],
    );
    assert.deepEqual(
      ec2.describeInstances([zones, ids]).map(({ instanceId }) => instanceId),
      ["i-0a1b2c3d4e5f60003"],
    );
  });

  it("takes wildcards in a filter's values, and nothing else for one", () => {
    const zonesLike = (...values: string[]) =>
      ec2
        .describeSubnets([{ name: "availability-zone", values }])
        .map(({ availabilityZone }) => availabilityZone);
    assert.equal(zonesLike("us-west-*").length, 4);
    assert.deepEqual(zonesLike("us-????-2a"), ["us-west-2a"]);
    assert.deepEqual(zonesLike("us.west.2a", "us-west"), []);
  });

  it("takes 200 filter values in a call and no more", () => {
    const values = Array.from({ length: 200 }, (_, index) => `i-${index}`);
    assert.deepEqual(ec2.describeInstances([{ name: "instance-id", values }]), []);
    refuses("FilterLimitExceeded", /filter values specified on a single call is 200/, () => {
      ec2.describeInstances([
        { name: "instance-id", values },
        { name: "vpc-id", values: ["vpc-1"] },
      ]);
    });
  });

  it("refuses a filter that it does not support, and names those that it supports", () => {
    refuses("InvalidParameterValue", /'tag:Name'.*instance-id, vpc-id/, () => {
      ec2.describeInstances([{ name: "tag:Name", values: ["web"] }]);
    });
  });

  it("answers in AWS's codes for ids that do not exist", () => {
    refuses("InvalidSubnetID.NotFound", /'subnet-1'/, () => ec2.subnet("subnet-1"));
    refuses("InvalidVpcID.NotFound", /'vpc-1'/, () => ec2.vpc("vpc-1"));
    refuses("InvalidGroup.NotFound", /'sg-1'/, () => ec2.securityGroup("sg-1"));
    refuses("InvalidSecurityGroupRuleId.NotFound", /'sgr-1'/, () =>
      ec2.securityGroups.describeRule("sgr-1"),
    );
  });

  it("knows the account's certificates and log buckets", () => {
    const [certificate] = account.certificates;
    assert.equal(ec2.findCertificate(certificate.certificateArn), certificate);
    assert.equal(ec2.findCertificate(`${certificate.certificateArn}0`), undefined);
    assert.equal(ec2.deliverLog("load-balanced-group-logs", "AWSLogs/a"), true);
    assert.equal(ec2.deliverLog("someone-elses-logs", "AWSLogs/a"), false);
  });

  describe("security groups", () => {
    it("are made in the default VPC, open to the outside as AWS makes them", () => {
      const { vpcId, rules } = ec2.securityGroup(makeGroup("alb"));
      assert.equal(vpcId, account.vpcs[0].vpcId);
      assert.deepEqual(
        rules.map(({ isEgress, ipProtocol, cidrIpv4 }) => [isEgress, ipProtocol, cidrIpv4]),
        [[true, "-1", "0.0.0.0/0"]],
      );
    });

    it("have names that are unique in their VPC only", () => {
      account.vpcs.push({ vpcId: "vpc-2", cidrBlock: "10.0.0.0/16", isDefault: false });
      refuses("InvalidGroup.Duplicate", /'web' already exists/, () => makeGroup("web"));
      const group = { groupName: "web", description: "other VPC", vpcId: "vpc-2" };
      assert.equal(ec2.createSecurityGroup(group).vpcId, "vpc-2");
    });

    it("stay while a load balancer, an instance or another group's rule uses them", () => {
      const group = makeGroup("alb");
      const target = makeGroup("target");
      const rule = ec2.securityGroups.authorize(target, false, {
        ipProtocol: "-1",
        referencedGroupId: group,
      });
      const remove = () => {
        ec2.securityGroups.delete(group);
      };
      refuses("DependencyViolation", /dependent object/, remove);
      ec2.securityGroups.revoke(rule.securityGroupRuleId);
      usedByLoadBalancer.push(group);
      refuses("DependencyViolation", /dependent object/, remove);
      usedByLoadBalancer.pop();
      remove();
      refuses("InvalidGroup.NotFound", /./, remove);
      refuses("DependencyViolation", /./, () => {
        ec2.securityGroups.delete(WEB);
      });
    });

    it("may refer to themselves and be deleted all the same", () => {
      const group = makeGroup("alb");
      ec2.securityGroups.authorize(group, false, { ipProtocol: "-1", referencedGroupId: group });
      ec2.securityGroups.delete(group);
      refuses("InvalidGroup.NotFound", /./, () => ec2.securityGroup(group));
    });
  });

  describe("security group rules", () => {
    it("are refused if the same rule exists, with any description", () => {
      refuses("InvalidPermission.Duplicate", /0\.0\.0\.0\/0, TCP, from port: 80/, () =>
        ec2.securityGroups.authorize(WEB, false, { ...HTTP, description: "again" }),
      );
      ec2.securityGroups.authorize(WEB, true, HTTP);
    });

    it("are changed in place, but not into one that is there", () => {
      const https = { ...HTTP, fromPort: 443, toPort: 443 };
      const { securityGroupRuleId } = ec2.securityGroups.authorize(WEB, false, https);
      refuses("InvalidPermission.Duplicate", /./, () =>
        ec2.securityGroups.modify(securityGroupRuleId, HTTP),
      );
      ec2.securityGroups.modify(securityGroupRuleId, { ...https, description: "TLS" });
      ec2.securityGroups.modify(securityGroupRuleId, { ...https, toPort: 8443 });
      const rule = ec2.securityGroups.describeRule(securityGroupRuleId);
      assert.deepEqual([rule.fromPort, rule.toPort, rule.description], [443, 8443, undefined]);
    });

    it("need ports for TCP, have none for all protocols, and a real peer", () => {
      const authorize = (content: object) =>
        ec2.securityGroups.authorize(WEB, false, { ipProtocol: "tcp", ...content });
      refuses("InvalidParameterValue", /from and to ports/, () => authorize({ fromPort: 1 }));
      refuses("InvalidParameterValue", /\(2:1\)/, () => authorize({ fromPort: 2, toPort: 1 }));
      const ports = { fromPort: 1, toPort: 2 };
      for (const cidrIpv4 of ["10.0.0.0", "10.0.0.0/33", "::/0", "10.0.0.0/8/8"]) {
        refuses("InvalidParameterValue", /malformed/, () => authorize({ ...ports, cidrIpv4 }));
      }
      refuses("InvalidGroup.NotFound", /'sg-1'/, () =>
        authorize({ ...ports, referencedGroupId: "sg-1" }),
      );
      const rule = authorize({ ipProtocol: "-1", ...ports, cidrIpv6: "::/0" });
      assert.deepEqual([rule.fromPort, rule.toPort], [undefined, undefined]);
    });
  });
});

function refuses(code: string, message: RegExp, run: () => unknown): void {
  assert.throws(run, (error: AwsError) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}
