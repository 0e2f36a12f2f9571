import assert from "node:assert/strict";
import { seed, type Account } from "../../local/seed";
import { arnsIn, groupOf, SECOND, Stage, WALK_THROUGH } from "../support/stage";

/** The account of the rehearsal, with IPv6 addresses in its first two zones. */
function withIpv6(): Account {
  const account = seed();
  const subnets = account.subnets.map((subnet, index) =>
    index < 2 ? { ...subnet, ipv6CidrBlock: `2001:db8:0:${index}::/64` } : subnet,
  );
  return { ...account, subnets };
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
    await stage().up(groupOf(WALK_THROUGH));
    const program = groupOf({ ...WALK_THROUGH, ipAddressType: "dualstack" });
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
    const { steps } = await stage().up(groupOf({ ...WALK_THROUGH, ipAddressType }));
    assert.deepEqual(steps.sort(), ["delete web-ingress-80-0.0.0.0/0", "update web-alb"]);
    assert.deepEqual(admitted(), ["::/0"]);
  });

  it("need subnets that have such, or they are refused at preview, and by AWS unasked", async () => {
    const availabilityZones = ["us-west-2b", "us-west-2c"];
    const ipAddressType = "dualstack" as const;
    const args = { availabilityZones, instanceIds: [SECOND], ipAddressType };
    await assert.rejects(stage().preview(groupOf(args)), /subnet-\w+c has no IPv6 block/);
    const unasked = groupOf({ ...args, preflight: "off" });
    await assert.rejects(stage().up(unasked), /subnets with an associated IPv6 CIDR block/);
  });
});
