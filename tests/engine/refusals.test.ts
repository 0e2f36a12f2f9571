import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { brokenAccount, ELSEWHERE, FOREIGN, MISSING, OTHER_VPC, STOPPED } from "./brokenAccount";
import { FIRST, groupOf, Stage, TUTORIAL } from "../support/stage";

/** What is added to the tutorial, and words of the refusal. */
const REFUSALS: Record<string, [Partial<LoadBalancedGroupArgs>, RegExp]> = {
  "a server in a zone that is not spanned": [
    { instanceIds: [FIRST, ELSEWHERE] },
    /instanceIds\[1\]: i-000000000000e15e0 is in us-west-2c, .* not a zone of the load balancer \(us-west-2a, us-west-2b\)/,
  ],
  "a server that does not exist": [
    { instanceIds: [MISSING] },
    /instanceIds\[0\]: i-00000000000001055 does not exist in this account and region/,
  ],
  "a server that is stopped": [{ instanceIds: [STOPPED] }, /i-00000000000005709 is stopped; start/],
  "a server of another VPC": [
    { instanceIds: [FOREIGN] },
    /i-000000000000f04e1 is in us-west-2a of another VPC, not in vpc-0d3fa117000000001/,
  ],
  "a target that does not exist": [
    { instanceIds: [], targets: { web: { id: MISSING } } },
    /targets\.web\.id: i-00000000000001055 does not exist/,
  ],
  "a zone without a subnet": [
    { availabilityZones: ["us-west-2a", "us-west-2e"] },
    /the zone us-west-2e does not exist, or is not enabled in this account; use one of us-west-2a, /,
  ],
  "a zone with several subnets of which none is the default": [
    { vpcId: OTHER_VPC, instanceIds: [] },
    /the zone us-west-2a has 2 subnets in vpc-000000000000007e4 \(.*\), and none is the default subnet of the zone/,
  ],
  "subnets of one zone": [
    {
      availabilityZones: undefined,
      subnetIds: ["subnet-0d3fa11700000000a", "subnet-000000000000000a2"],
    },
    /are both in us-west-2a; use only one of them/,
  ],
  "subnets of two VPCs": [
    {
      availabilityZones: undefined,
      subnetIds: ["subnet-0d3fa11700000000b", "subnet-00000000000000fa1"],
    },
    /subnet-00000000000000fa1 is in vpc-000000000000007e4, but the load balancer is in vpc-0d3fa117/,
  ],
  "a subnet that does not exist": [
    {
      availabilityZones: undefined,
      subnetIds: ["subnet-0d3fa11700000000b", "subnet-00000000000001055"],
    },
    /there is no subnet-00000000000001055 in this account and region/,
  ],
};

describe("what AWS would refuse late", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: brokenAccount() });

  for (const [what, [args, message]] of Object.entries(REFUSALS)) {
    it(`is refused before anything is made: ${what}`, async () => {
      const program = groupOf({ ...TUTORIAL, ...args });
      await assert.rejects(stage().preview(program), message);
      await assert.rejects(stage().up(program), message);
      assert.deepEqual(stage().existing, []);
    });
  }

  it("is refused all at once", async () => {
    const program = groupOf({ ...TUTORIAL, instanceIds: [MISSING, FIRST, STOPPED, FOREIGN] });
    await assert.rejects(stage().preview(program), (error: Error) => {
      assert.match(error.message, /'web': 3 problems:/);
      for (const id of [MISSING, STOPPED, FOREIGN]) assert.ok(error.message.includes(id), id);
      return true;
    });
  });

  it("is a warning for a server that was deployed and has been stopped since, which stays registered", async () => {
    await stage().up(groupOf(TUTORIAL));
    const server = stage().account.instances[0];
    server.state = "stopped";
    try {
      const { warnings } = await stage().preview(groupOf(TUTORIAL));
      assert.match(warnings.join("\n"), /is stopped; if it is not registered yet, start it/);
      await stage().up(groupOf({ ...TUTORIAL, idleTimeout: 90 }));
    } finally {
      server.state = "running";
      await stage().destroy();
    }
  });

  const misplaced = { ...TUTORIAL, instanceIds: [FIRST, ELSEWHERE] };

  it("is a warning, if preflight says so", async () => {
    const { warnings } = await stage().preview(groupOf({ ...misplaced, preflight: "warn" }));
    assert.match(warnings.join("\n"), /i-000000000000e15e0 is in us-west-2c/);
  });

  it("is not looked up, if preflight says so", async () => {
    const from = stage().emulator.calls.length;
    const { warnings } = await stage().preview(groupOf({ ...misplaced, preflight: "off" }));
    const calls = stage().emulator.calls.slice(from);
    assert.equal(warnings.length, 1);
    assert.equal(
      calls.some(({ call }) => call === "DescribeInstances"),
      false,
    );
  });
});
