import assert from "node:assert/strict";
import { ACCOUNT, answersOf, DEFAULT_VPC, type Account } from "../support/account";
import { CERTIFICATE, reasonsOf, recordGroup, ZONES } from "../support/groups";

const BASE = { ...ZONES, certificateArn: CERTIFICATE };
const SUBNETS = { ...BASE, availabilityZones: undefined };
const within = (changes: Partial<Account>) => ({ answer: answersOf({ ...ACCOUNT, ...changes }) });

describe("the subnets of a group", () => {
  const subnets = [
    ...ACCOUNT.subnets,
    { id: "subnet-a2", vpcId: DEFAULT_VPC, zone: "us-west-2a" },
    { id: "subnet-x", vpcId: "vpc-other", zone: "us-west-2c" },
  ];
  const reasonsFor = async (args: object) => {
    const securityGroupIds = ["sg-1"];
    const { failures } = await recordGroup(
      { ...SUBNETS, securityGroupIds, ...args },
      within({ subnets }),
    );
    return failures.flatMap(reasonsOf);
  };

  it("lie each in another zone", async () => {
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-a", "subnet-a2"] }), [
      "subnetIds: subnet-a and subnet-a2 lie both in us-west-2a; name only one of them",
      "subnetIds: all lie in us-west-2a; add a subnet of another zone",
    ]);
  });

  it("lie all in one VPC", async () => {
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-a", "subnet-x"] }), [
      "subnetIds: subnet-x lies in vpc-other, not in the group's vpc-default; " +
        "name a subnet of vpc-default",
    ]);
    const vpcId = "vpc-other";
    const reasons = await reasonsFor({ vpcId, subnetIds: ["subnet-a", "subnet-x"] });
    assert.match(reasons[0], /^subnetIds: subnet-a lies in vpc-default, not in .* vpc-other/);
  });

  it("exist, each of them", async () => {
    const missing = (id: string) =>
      `subnetIds: there is no ${id} in this account and region; ` +
      "check the id, the credentials and aws:region";
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-a", "subnet-q"] }), [
      missing("subnet-q"),
    ]);
    assert.deepEqual(await reasonsFor({ subnetIds: ["subnet-q", "subnet-a"] }), [
      missing("subnet-q"),
    ]);
  });

  it("bring the VPC of the first where none is given", async () => {
    const { find } = await recordGroup({ ...SUBNETS, subnetIds: ["subnet-a", "subnet-b"] });
    assert.equal(find("web-tg").inputs.vpcId, DEFAULT_VPC);
  });

  it("are their zones' default ones where there are several", async () => {
    const { find, failures } = await recordGroup(BASE, within({ subnets }));
    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-alb").inputs.subnets, ["subnet-a", "subnet-b"]);
  });

  it("are missed in a zone that has none, or several without a default, all zones at once", async () => {
    const more = [
      { id: "subnet-1", vpcId: "vpc-1", zone: "us-west-2a" },
      { id: "subnet-2", vpcId: "vpc-1", zone: "us-west-2a" },
    ];
    const { failures } = await recordGroup(
      { ...BASE, vpcId: "vpc-1", securityGroupIds: ["sg-1"] },
      within({ subnets: more }),
    );
    assert.equal(failures.length, 1);
    assert.deepEqual(failures.flatMap(reasonsOf).sort(), [
      "availabilityZones: the zone us-west-2a has 2 subnets in vpc-1, none of them its default " +
        "(subnet-1, subnet-2); name one for each zone in subnetIds instead",
      "availabilityZones: the zone us-west-2b has no subnet in vpc-1; make one there, or choose " +
        "a zone that has one",
    ]);
  });

  it("lie in a VPC that exists", async () => {
    const { failures } = await recordGroup({
      ...SUBNETS,
      vpcId: "vpc-q",
      subnetIds: ["subnet-a", "subnet-b"],
      preflight: "off",
    });
    assert.deepEqual(failures.flatMap(reasonsOf), [
      "vpcId: there is no vpc-q in this account and region; " +
        "check the id, the credentials and aws:region",
    ]);
  });

  it("need a VPC where the account has no default one", async () => {
    const { failures } = await recordGroup(BASE, within({ vpcs: [] }));
    assert.deepEqual(failures.flatMap(reasonsOf), [
      "vpcId is required, since this account has no default VPC in the region; " +
        "name the VPC, or the subnets in subnetIds",
    ]);
  });
});
