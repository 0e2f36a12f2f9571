import assert from "node:assert/strict";
import { type Account, sampleAccount } from "../../emulator";
import { ask } from "../../emulator/tests/support/httpClient";
import { arnsIn, FIRST, groupOf, SECOND, Stage, TUTORIAL } from "../support/stage";

/** The emulator's sample account, with IPv6 addresses in its first two zones. */
function withIpv6(): Account {
  const account = sampleAccount();
  const subnets = account.subnets.map((subnet, index) =>
    index < 2 ? { ...subnet, ipv6CidrBlock: `2001:db8:0:${index + 1}::/64` } : subnet,
  );
  const vpcs = account.vpcs.map((vpc) => ({ ...vpc, ipv6CidrBlock: "2001:db8::/56" }));
  const instances = account.instances.map((one, index) =>
    index < 2 ? { ...one, ipv6Address: `2001:db8:0:${index + 1}::7` } : one,
  );
  return { ...account, vpcs, subnets, instances };
}

describe("a load balancer's addresses, deployed", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: withIpv6() });
  const admitted = () => {
    const [own] = stage().account.securityGroups.slice(-1);
    return own.rules
      .filter(({ isEgress }) => !isEgress)
      .map(({ cidrIpv4, cidrIpv6 }) => cidrIpv4 ?? cidrIpv6)
      .sort();
  };

  it("become those of both kinds in place, and clients of both are admitted", async () => {
    await stage().up(groupOf(TUTORIAL));
    const program = groupOf({ ...TUTORIAL, ipAddressType: "dualstack" });
    const { steps, calls, outputs } = await stage().up(program);

    assert.deepEqual(steps.sort(), ["create web-ingress-80---/0", "update web-alb"]);
    assert.deepEqual(calls, [
      { call: "setIpAddressType", args: [arnsIn(outputs).loadBalancer, "dualstack"] },
    ]);
    assert.deepEqual(admitted(), ["0.0.0.0/0", "::/0"]);
    await stage().preview(program, { expectNoChanges: true });
  });

  it("are no longer public ones of IPv4 when those are not wanted", async () => {
    const ipAddressType = "dualstack-without-public-ipv4";
    const { steps } = await stage().up(groupOf({ ...TUTORIAL, ipAddressType }));
    assert.deepEqual(steps.sort(), ["delete web-ingress-80-0.0.0.0/0", "update web-alb"]);
    assert.deepEqual(admitted(), ["::/0"]);
  });

  it("are of IPv4 alone again when nothing is said of them", async () => {
    const { calls, outputs } = await stage().up(groupOf(TUTORIAL));
    assert.deepEqual(calls, [
      { call: "setIpAddressType", args: [arnsIn(outputs).loadBalancer, "ipv4"] },
    ]);
    assert.deepEqual(admitted(), ["0.0.0.0/0"]);
  });

  it("come from an IPAM pool, which is changed and left again in place", async () => {
    const inPool = (ipv4IpamPoolId?: string) => groupOf({ ...TUTORIAL, ipv4IpamPoolId });
    for (const pool of ["ipam-pool-1", "ipam-pool-2", undefined]) {
      const { steps, calls, outputs } = await stage().up(inPool(pool));
      assert.deepEqual(steps, ["update web-alb"]);
      const { loadBalancer } = arnsIn(outputs);
      assert.deepEqual(calls, [{ call: "modifyIpPools", args: [loadBalancer, pool] }]);
      const { ipv4IpamPoolId } = stage().emulator.elb.describeLoadBalancer(loadBalancer);
      assert.equal(ipv4IpamPoolId, pool);
      await stage().preview(inPool(pool), { expectNoChanges: true });
    }
  });

  it("reach targets by IPv6, once a group of that kind has taken over", async () => {
    const ipAddressType = "dualstack";
    const targetGroup = { ipAddressType: "ipv6", port: 80 } as const;
    const instanceIds = [FIRST, SECOND];
    const before = await stage().up(groupOf({ ...TUTORIAL, instanceIds, ipAddressType }));
    const program = groupOf({ ...TUTORIAL, instanceIds, ipAddressType, targetGroup });
    const { outputs, differences } = await stage().up(program);

    const { targetGroup: replaced } = arnsIn(before.outputs);
    const { targetGroup: made } = arnsIn(outputs);
    assert.notEqual(made, replaced);
    assert.equal(stage().existing.includes(replaced), false);
    assert.deepEqual(differences["web-tg"], ["ipAddressType"]);
    assert.deepEqual(stage().registered(made), [`${FIRST}:80`, `${SECOND}:80`]);
    await stage().healthy(made);
    const { status } = await ask(stage().urlOf({ outputs }));
    assert.equal(status, 200);
    const [own] = stage().account.securityGroups.slice(-1);
    const out = own.rules.filter(({ isEgress }) => isEgress);
    assert.deepEqual(
      out.map(({ cidrIpv4, cidrIpv6 }) => cidrIpv4 ?? cidrIpv6),
      ["2001:db8::/56"],
    );
    await stage().preview(program, { expectNoChanges: true });
    await stage().refresh();
  });

  it("are registered themselves in a group of type ip", async () => {
    const targetGroup = { targetType: "ip", ipAddressType: "ipv6" } as const;
    const targets = { a: { id: "2001:db8:0:1::7" } };
    const program = groupOf({
      ...TUTORIAL,
      instanceIds: [],
      ipAddressType: "dualstack",
      targetGroup,
      targets,
    });
    const { outputs } = await stage().up(program);
    await stage().healthy(arnsIn(outputs).targetGroup);
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), ["2001:db8:0:1::7:80"]);
  });

  it("of instances are asked for at preview, and by AWS", async () => {
    const targetGroup = { ipAddressType: "ipv6" } as const;
    const args = { ...TUTORIAL, ipAddressType: "dualstack", targetGroup } as const;
    await assert.rejects(
      stage().preview(groupOf(args)),
      /instanceIds\[2\]: .* primary IPv6 address/,
    );
    const unasked = groupOf({ ...args, preflight: "off" });
    await assert.rejects(stage().up(unasked), /do not have a primary IPv6 address/);
  });

  it("stay of both kinds as long as a group needs them", async () => {
    const targetGroup = { ipAddressType: "ipv6" } as const;
    const args = { ...TUTORIAL, instanceIds: [FIRST, SECOND] };
    await stage().up(groupOf({ ...args, ipAddressType: "dualstack", targetGroup }));
    const plain = groupOf(args);
    await assert.rejects(stage().up(plain), /can only be used with dualstack/);
    await stage().up(groupOf({ ...args, ipAddressType: "dualstack" }));
    await stage().up(plain);
  });

  it("of targets outside the VPC need a zone, at preview and to AWS", async () => {
    const targetGroup = { targetType: "ip" } as const;
    const target = { id: "10.9.0.7" };
    const args = { ...TUTORIAL, instanceIds: [], targetGroup, targets: { far: target } };
    await assert.rejects(
      stage().preview(groupOf(args)),
      /targets\.far\.id: 10\.9\.0\.7 is in none of the VPC's networks \(172\.31\.0\.0\/16/,
    );
    const unasked = groupOf({ ...args, preflight: "off" });
    await assert.rejects(stage().up(unasked), /An Availability Zone must be specified/);
    const program = groupOf({ ...args, targets: { far: { ...target, availabilityZone: "all" } } });
    const { outputs } = await stage().up(program);
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), ["10.9.0.7:80"]);
    await stage().preview(program, { expectNoChanges: true });
    await stage().refresh();
  });

  it("need subnets that have such, or they are refused at preview, and by AWS unasked", async () => {
    const availabilityZones = ["us-west-2b", "us-west-2c"];
    const ipAddressType = "dualstack" as const;
    const args = { availabilityZones, instanceIds: [SECOND], ipAddressType };
    await assert.rejects(stage().preview(groupOf(args)), /subnet-\w+c has no IPv6 CIDR block/);
    const unasked = groupOf({ ...args, preflight: "off" });
    await assert.rejects(stage().up(unasked), /subnets with an associated IPv6 CIDR block/);
  });
});
