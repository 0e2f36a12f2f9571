import assert from "node:assert/strict";
import { EmulatorFixture, SECURITY_GROUP, WEB } from "./support/emulatorFixture";

const from = (port: number, ...cidrBlocks: string[]) => ({
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrBlocks,
});

/** As awsx opens the security groups of its load balancers. */
const OPEN = {
  ingress: [
    {
      protocol: "-1",
      fromPort: 0,
      toPort: 0,
      cidrBlocks: ["0.0.0.0/0"],
      ipv6CidrBlocks: ["::/0"],
    },
  ],
  egress: [{ ...from(0, "0.0.0.0/0"), toPort: 65535 }],
};

describe("rules that are written into their security group", () => {
  const aws = EmulatorFixture.inEachTest();

  const rulesOf = (groupId: string) =>
    aws.emulator.ec2
      .securityGroup(groupId)
      .rules.map(({ isEgress, ipProtocol, fromPort, toPort, ...peer }) => {
        const way = isEgress ? "out" : "in";
        const ports = fromPort === undefined ? "" : ` ${fromPort}-${toPort ?? ""}`;
        const to = peer.cidrIpv4 ?? peer.cidrIpv6 ?? peer.referencedGroupId ?? "";
        return `${way} ${ipProtocol}${ports} ${to}`;
      });

  it("are made with it, one for each peer, in place of AWS's own", async () => {
    const { id, state, inputs } = await aws.provider.make(SECURITY_GROUP, OPEN);
    assert.deepEqual(rulesOf(id), ["in -1 0.0.0.0/0", "in -1 ::/0", "out tcp 0-65535 0.0.0.0/0"]);
    assert.deepEqual((await aws.provider.diff(SECURITY_GROUP, state, inputs)).kinds, {});
  });

  it("come and go one by one, and stay when they are left out", async () => {
    const rules = { ingress: [from(80, "10.0.0.0/8"), from(81, "10.0.0.0/8")] };
    const { id, state, inputs } = await aws.provider.make(SECURITY_GROUP, rules);
    const start = aws.emulator.calls.length;
    const fewer = { ingress: [{ ...from(81, "10.0.0.0/8"), securityGroups: [WEB] }] };
    const changed = await aws.provider.update(SECURITY_GROUP, id, state, fewer);
    assert.deepEqual(rulesOf(id), ["in tcp 81-81 10.0.0.0/8", `in tcp 81-81 ${WEB}`]);
    assert.deepEqual(
      aws.callsSince(start).filter((call) => !call.startsWith("Describe")),
      ["RevokeSecurityGroupIngress", "AuthorizeSecurityGroupIngress"],
    );
    const without = await aws.provider.check(SECURITY_GROUP, {}, { olds: inputs });
    const { kinds } = await aws.provider.diff(SECURITY_GROUP, changed, without.inputs);
    assert.deepEqual(kinds, {});
  });

  it("are seen when somebody else has made them", async () => {
    const { id, state } = await aws.provider.make(SECURITY_GROUP, { ingress: [] });
    const [cidrIpv4, description] = ["10.0.0.0/8", "by hand"];
    const byHand = { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4, description };
    aws.emulator.ec2.securityGroups.authorize(id, false, byHand);
    const read = await aws.provider.read(SECURITY_GROUP, id, { state, inputs: { ingress: [] } });
    assert.deepEqual(read.inputs.ingress, [{ ...from(22, cidrIpv4), description }]);
  });
});
