import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { instance } from "../../emulator";
import {
  brokenAccount,
  CROWDED,
  ELSEWHERE,
  EXPIRED,
  FOREIGN,
  FOREIGN_GROUP,
  MISSING,
  OTHER_VPC,
  SMALL,
  STOPPED,
} from "./brokenAccount";
import { FIRST, groupOf, Stage, TUTORIAL } from "../support/stage";

const WEB = "sg-00000000000000eb1";
const SHUT = "sg-0000000000005407";
const BEHIND = "i-0000000000be41d00";

function account() {
  const account = brokenAccount();
  const [, web] = account.securityGroups;
  account.securityGroups.push({ ...web, groupId: SHUT, groupName: "shut", rules: [] });
  const server = instance(BEHIND, account.subnets[0], "172.31.0.77");
  account.instances.push({ ...server, securityGroupIds: [SHUT] });
  return account;
}

describe("problems that only AWS knows", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: account() });

  it("are reported at preview, many of different kinds at once, and nothing is created", async () => {
    const [subnetInA] = stage().account.subnets;
    const args: LoadBalancedGroupArgs = {
      vpcId: subnetInA.vpcId,
      subnetIds: [
        subnetInA.subnetId,
        "subnet-000000000000000a2",
        "subnet-00000000000000fa2",
        "subnet-00000000000001055",
        SMALL,
        CROWDED,
      ],
      instanceIds: [FIRST, MISSING, STOPPED, FOREIGN],
      targets: { elsewhere: { id: ELSEWHERE } },
      securityGroupIds: [WEB, FOREIGN_GROUP],
      targetSecurityGroupIds: ["sg-00000000000001055"],
      certificateArn: EXPIRED,
    };
    const faults = [
      `subnetIds: there is no subnet-00000000000001055`,
      `subnetIds: ${subnetInA.subnetId} and subnet-000000000000000a2 are both in us-west-2a`,
      `subnetIds: subnet-00000000000000fa2 is in ${OTHER_VPC}, but the load balancer is in`,
      `subnetIds: ${CROWDED} has 7 free IP addresses`,
      `instanceIds[1]: ${MISSING} does not exist`,
      `instanceIds[2]: ${STOPPED} is stopped`,
      `instanceIds[3]: ${FOREIGN} is in us-west-2a of another VPC`,
      `targetSecurityGroupIds[0]: there is no sg-00000000000001055`,
    ];
    await assert.rejects(stage().preview(groupOf(args)), (error: Error) => {
      for (const fault of faults) assert.ok(error.message.includes(fault), fault);
      return true;
    });
    await assert.rejects(
      stage().up(groupOf(args)),
      /subnetIds: there is no subnet-00000000000001055/,
    );
    assert.deepEqual(stage().existing, []);
  });

  it("include blocked traffic, until the rule exists that the warning names", async () => {
    const shut = { ...TUTORIAL, instanceIds: [BEHIND], securityGroupIds: [WEB] };
    const { warnings } = await stage().preview(groupOf(shut));
    const [warning] = warnings.filter((one) => one.includes(BEHIND));
    assert.match(warning, new RegExp(`^instanceIds\\[0\\]: no security group of ${BEHIND} `));

    openAsAdvised(warning);
    const then = await stage().preview(groupOf(shut));
    assert.deepEqual(
      then.warnings.filter((one) => one.includes(BEHIND)),
      [],
    );
  });

  it("include blocked traffic from a new security group, by its ID once it exists", async () => {
    const program = groupOf({
      ...TUTORIAL,
      instanceIds: [BEHIND],
      targetGroup: { port: 8080 },
    });
    const ways = ({ warnings }: { warnings: string[] }) =>
      warnings.filter((one) => one.includes(BEHIND));
    const [unmade] = ways(await stage().preview(program));
    assert.match(
      unmade,
      /on port 8080; .* list sg-\w+ in targetSecurityGroupIds \(with the security groups of all other targets: .*\)$/,
    );
    await stage().up(program);
    openAsAdvised(ways(await stage().preview(program))[0]);
    assert.deepEqual(ways(await stage().preview(program)), []);
  });

  it("include a subnet without free addresses, which an existing load balancer may keep", async () => {
    const { subnets } = stage().account;
    const [roomy] = subnets;
    const program = groupOf({
      ...TUTORIAL,
      instanceIds: [BEHIND],
      targetGroup: { port: 8080 },
    });
    const other = groupOf({ ...TUTORIAL, instanceIds: [FIRST] }, "other");
    subnets[0] = { ...roomy, availableIpAddressCount: 3 };
    try {
      await stage().preview(program);
      await assert.rejects(stage().preview(other), new RegExp(`${roomy.subnetId} has 3 free`));
    } finally {
      subnets[0] = roomy;
    }
    stage().account.securityGroups.forEach(({ groupId, rules }) => {
      if (groupId === SHUT) rules.splice(0);
    });
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });

  /** Does what the command line in a warning would do. */
  function openAsAdvised(warning: string): void {
    const command =
      /--group-id (\S+) --protocol tcp --port (\d+) --source-group (\S+) --region us-west-2$/;
    const [, groupId, port, referencedGroupId] = command.exec(warning) ?? [];
    stage().emulator.ec2.securityGroups.authorize(groupId, false, {
      ipProtocol: "tcp",
      fromPort: Number(port),
      toPort: Number(port),
      referencedGroupId,
    });
  }
});
