import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { closedPorts } from "../../components/securityGroups/ruleMatching";
import { ACCOUNT, ANYWHERE, answersOf, IN, OUT, type Account } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";

const BASE = { ...ZONES, certificateArn: CERTIFICATE, instanceIds: ["i-1", "i-2"] };
const GIVEN = { ...BASE, securityGroupIds: ["sg-1"] };
const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
const openTo = (...peers: object[]) => ({
  rules: peers.map((peer) => ({ ...IN, ...tcp(80), ...peer })),
});
const ADVICE = "unless this program adds a rule, ";
const admit = (group: string, port: number, source = "sg-1") =>
  `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${port} ` +
  `--source-group ${source} --region us-west-2`;
const closed = (path: string, id: string, group: string) =>
  `${path}: no security group of ${id} (${group}) allows the load balancer on port 80; ${ADVICE}` +
  `list ${group} in targetSecurityGroupIds, or run: ${admit(group, 80)}`;

/** A preview in an account in which the servers have these security groups. */
const having = (
  securityGroups: Account["securityGroups"],
  servers: Record<string, string[]>,
  more: Partial<Account> = {},
) => ({
  preview: true,
  answer: answersOf({
    ...ACCOUNT,
    securityGroups: { ...ACCOUNT.securityGroups, ...securityGroups },
    instances: Object.fromEntries(
      Object.entries(servers).map(([id, groups], index) => [
        id,
        { zone: "us-west-2a", securityGroups: groups, privateIp: `172.31.0.${10 + index}` },
      ]),
    ),
    ...more,
  }),
});
const both = (...groups: string[]) => ({ "i-1": groups, "i-2": groups });

describe("the traffic from a load balancer to its servers", () => {
  it("is blocked by the servers' security group, with the rule that allows it", async () => {
    const { warnings, failures, find } = await recordGroup(
      GIVEN,
      having({ "sg-shut": {} }, both("sg-shut")),
    );
    assert.deepEqual(failures, []);
    assert.deepEqual(warnings, [closed("instanceIds[0]", "i-1", "sg-shut")]);
    assert.equal(find("web-attachment-i-2:80").inputs.targetId, "i-2");
  });

  it("is not checked for IPv6, which rules may name in other ways", async () => {
    const shut = {
      vpcs: ACCOUNT.vpcs,
      securityGroups: { ...ACCOUNT.securityGroups, "sg-shut": {} },
    };
    const server = { zone: "us-west-2a", securityGroups: ["sg-shut"], hasIpv6: true };
    const { warnings, failures } = await recordGroup(
      { ...GIVEN, ipAddressType: "dualstack", targetGroup: { ipAddressType: "ipv6" } },
      { answer: answersOf({ ...ACCOUNT, ...shut, instances: { "i-1": server, "i-2": server } }) },
    );
    assert.deepEqual([warnings, failures], [[], []]);
  });

  it("is allowed by a rule for the load balancer's group, its subnets, or everyone", async () => {
    const open: object[][] = [
      [{ referencedSecurityGroupId: "sg-1" }],
      [{ referencedSecurityGroupId: "123456789012/sg-1" }],
      [{ cidrIpv4: "172.31.0.0/16" }],
      [{ cidrIpv4: "172.31.0.0/20" }, { cidrIpv4: "172.31.16.0/20" }],
      [{ ...tcp(0), toPort: 65535, cidrIpv4: "0.0.0.0/0" }],
      [{ ...ANYWHERE }],
      [{ prefixListId: "pl-1" }],
    ];
    for (const rules of open) {
      const account = having({ "sg-own": openTo(...rules) }, both("sg-own"));
      assert.deepEqual((await recordGroup(GIVEN, account)).warnings, [], JSON.stringify(rules));
    }
  });

  it("is not allowed by a rule for another group, port, protocol, direction, or one subnet only", async () => {
    const shut: object[] = [
      { referencedSecurityGroupId: "sg-2" },
      { ...tcp(81), toPort: 89, cidrIpv4: "0.0.0.0/0" },
      { ipProtocol: "udp", cidrIpv4: "0.0.0.0/0" },
      { ...OUT, cidrIpv4: "0.0.0.0/0" },
      { cidrIpv4: "172.31.0.0/20" },
      { cidrIpv6: "::/0" },
    ];
    for (const rule of shut) {
      const account = having({ "sg-own": openTo(rule) }, both("sg-own"));
      const { warnings } = await recordGroup(GIVEN, account);
      assert.equal(warnings.length, 1, JSON.stringify(rule));
    }
  });

  it("is checked for requests and health checks, at each server's own ports", async () => {
    const { warnings } = await recordGroup(
      {
        ...GIVEN,
        instanceIds: [],
        targetGroup: { healthCheck: { port: 9000 } },
        targets: { a: { id: "i-1", port: 8080 }, b: { id: "i-2" } },
      },
      having({ "sg-web": openTo({ cidrIpv4: "0.0.0.0/0" }) }, both("sg-web")),
    );
    assert.deepEqual(warnings, [
      "targets.a.id: no security group of i-1 (sg-web) allows the load balancer on ports 8080 and 9000; " +
        `${ADVICE}list sg-web in targetSecurityGroupIds, or run: ` +
        `${admit("sg-web", 8080)} && ${admit("sg-web", 9000)}`,
      "targets.b.id: no security group of i-2 (sg-web) allows the load balancer on port 9000; " +
        `${ADVICE}list sg-web in targetSecurityGroupIds, or run: ${admit("sg-web", 9000)}`,
    ]);
  });

  it("is allowed by targetSecurityGroupIds", async () => {
    const account = having({ "sg-shut": {} }, both("sg-shut"));
    const args = { ...GIVEN, targetSecurityGroupIds: ["sg-shut"] };
    assert.deepEqual((await recordGroup(args, account)).warnings, []);
  });

  it("is blocked by the given group of the load balancer, with the rule that allows it", async () => {
    const inside = { ...OUT, ...tcp(80), cidrIpv4: "172.31.0.11/32" };
    const account = (rule: typeof inside) =>
      having({ "sg-1": { rules: [{ ...IN, ...ANYWHERE }, rule] } }, { "i-1": ["sg-open"] });
    const args = { ...GIVEN, instanceIds: ["i-1"] };
    assert.deepEqual((await recordGroup(args, account(inside))).warnings, [
      "securityGroupIds: sg-1 does not allow the load balancer to reach i-1 on port 80; " +
        `${ADVICE}run: aws ec2 authorize-security-group-egress --group-id sg-1 --ip-permissions ` +
        "'IpProtocol=tcp,FromPort=80,ToPort=80,UserIdGroupPairs=[{GroupId=sg-open}]' --region us-west-2",
    ]);
    const reaching = { ...inside, cidrIpv4: "172.31.0.10/32" };
    assert.deepEqual((await recordGroup(args, account(reaching))).warnings, []);
  });

  it("includes that of clients, which a given group must allow on the listeners' ports", async () => {
    const to = (port: number) =>
      `securityGroupIds: sg-1 does not allow clients on port ${port}; ${ADVICE}run: aws ec2 ` +
      `authorize-security-group-ingress --group-id sg-1 --protocol tcp --port ${port} --cidr 0.0.0.0/0 --region us-west-2`;
    const missingRules = async (...rules: object[]) => {
      const account = having(
        { "sg-1": { rules: [{ ...OUT, ...ANYWHERE }, ...rules] } as never },
        both("sg-open"),
      );
      return (await recordGroup(GIVEN, account)).warnings;
    };
    const anyone = { cidrIpv4: "0.0.0.0/0" };
    assert.deepEqual(await missingRules(), [to(80), to(443)]);
    assert.deepEqual(await missingRules({ ...IN, ...tcp(443), ...anyone }), [to(80)]);
    assert.deepEqual(
      await missingRules({ ...IN, ipProtocol: "tcp", fromPort: 80, toPort: 443, ...anyone }),
      [],
    );
  });

  it("includes that of clients by IPv6 alone, or in a private network", async () => {
    const ruleFor = async (args: object) => {
      const rules = [{ ...OUT, ...ANYWHERE }];
      const account = having({ "sg-1": { rules } }, both("sg-open"));
      const zones = { ...ZONES, securityGroupIds: ["sg-1"] };
      const { warnings } = await recordGroup({ ...zones, ...args }, account);
      const closedTo = warnings.filter((one) => one.includes("does not allow clients"));
      return closedTo.map((one) => one.slice(one.indexOf("run")));
    };
    assert.deepEqual(await ruleFor({ ipAddressType: "dualstack-without-public-ipv4" }), [
      "run: aws ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions " +
        "'IpProtocol=tcp,FromPort=80,ToPort=80,Ipv6Ranges=[{CidrIpv6=::/0}]' --region us-west-2",
    ]);
    assert.deepEqual(await ruleFor({ internal: true }), [
      "run (with your clients' network instead of 10.0.0.0/8): aws ec2 authorize-security-group-ingress " +
        "--group-id sg-1 --protocol tcp --port 80 --cidr 10.0.0.0/8 --region us-west-2",
    ]);
    assert.deepEqual(await ruleFor({}), [
      "run: aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 80 --cidr 0.0.0.0/0 " +
        "--region us-west-2",
    ]);
  });

  it("is blocked by several given groups, of which none allows it", async () => {
    const shut = { rules: [{ ...IN, ...ANYWHERE }] };
    const account = having({ "sg-1": shut, "sg-2": shut }, { "i-1": ["sg-open"] });
    const args = { ...GIVEN, instanceIds: ["i-1"], securityGroupIds: ["sg-1", "sg-2"] };
    const { warnings } = await recordGroup(args, account);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /^securityGroupIds: none of sg-1, sg-2 allows the load balancer/);
  });

  it("is checked again for servers that have none of the groups that allow it", async () => {
    const servers = {
      "i-1": ["sg-common", "sg-web"],
      "i-2": ["sg-common", "sg-web"],
      "i-3": ["sg-common"],
      "i-4": ["sg-web"],
    };
    const groups = { "sg-common": {}, "sg-web": openTo({ cidrIpv4: "0.0.0.0/0" }) };
    const { warnings } = await recordGroup(
      { ...GIVEN, instanceIds: Object.keys(servers) },
      having(groups, servers),
    );
    assert.deepEqual(warnings, [closed("instanceIds[2]", "i-3", "sg-common")]);
  });

  it("takes no more calls for a hundred servers than for two, and few for all different ones", async () => {
    const calls = async (count: number, group: (index: number) => string) => {
      const ids = Array.from({ length: count }, (_, index) => `i-${index}`);
      const groups = Object.fromEntries(ids.map((_, index) => [group(index), {}] as const));
      const servers = Object.fromEntries(ids.map((id, index) => [id, [group(index)]]));
      const { invocations } = await recordGroup(
        { ...GIVEN, instanceIds: ids },
        having(groups, servers),
      );
      const tokens = invocations.map(({ token }) => token.split(":")[2]);
      return ["getNetworkInterface", "getSecurityGroupRules", "getSecurityGroupRule"].map(
        (name) => tokens.filter((token) => token === name).length,
      );
    };
    // One of the servers; its groups' rules, and the load balancer's, which are three.
    const one = [1, 2, 3];
    assert.deepEqual(await calls(2, () => "sg-all"), one);
    assert.deepEqual(await calls(100, () => "sg-all"), one);
    assert.deepEqual(await calls(100, (index) => `sg-n${index}`), [3, 4, 3]);
  });

  it("is not checked if the groups have too many rules", async () => {
    const rules = Array.from({ length: 41 }, (_, index) => ({ ...IN, ...tcp(1000 + index) }));
    const ask = async (count: number) => {
      const account = having({ "sg-many": { rules: rules.slice(0, count) } }, both("sg-many"));
      return (await recordGroup(BASE, account)).invocations.filter(({ token }) =>
        token.endsWith(":getSecurityGroupRule"),
      ).length;
    };
    assert.deepEqual([await ask(40), await ask(41)], [40, 0]);
  });

  describe("from a security group that is made here", () => {
    const shut = having({ "sg-shut": {} }, both("sg-shut"));

    it("is blocked before the group exists, and named by its ID afterwards", async () => {
      const before = await recordGroup(BASE, shut);
      assert.equal(before.warnings.length, 1);
      assert.match(
        before.warnings[0],
        /list sg-shut in targetSecurityGroupIds \(with the security groups of all other targets: .*\)$/,
      );
      const { warnings } = await recordGroup(BASE, { ...shut, existing: ["web-sg"] });
      assert.deepEqual(
        warnings.map((warning) => warning.slice(-admit("sg-shut", 80, "web-sg-id").length)),
        [admit("sg-shut", 80, "web-sg-id")],
      );
    });

    it("is missed where that group allows no traffic to the server", async () => {
      const told = async (args: object, account: Partial<Account> = {}) => {
        const options = having({}, both("sg-open"), account);
        return (await recordGroup({ ...BASE, ...args }, options)).warnings;
      };
      assert.deepEqual(await told({ targetSecurityGroupIds: ["sg-t"] }), [
        "instanceIds[0]: the load balancer's security group allows traffic only to sg-t, but i-1 has sg-open; add " +
          "sg-open to targetSecurityGroupIds",
      ]);
      assert.deepEqual(await told({ targetSecurityGroupIds: ["sg-t", "sg-open"] }), []);
      const vpcs = [{ ...ACCOUNT.vpcs[0], cidrBlocks: ["10.0.0.0/16", "172.31.0.0/16"] }];
      const further = (await told({}, { vpcs })).filter((one) => one.startsWith("instanceIds"));
      assert.deepEqual(further, [
        "instanceIds[0]: the load balancer's security group allows traffic to 10.0.0.0/16, but i-1 has the address " +
          "172.31.0.10 in an additional CIDR block of the VPC; list the security groups of all targets in " +
          "targetSecurityGroupIds, including sg-open",
      ]);
    });

    it("is allowed by a rule for that group", async () => {
      const rule = { referencedSecurityGroupId: "web-sg-id" };
      const account = having({ "sg-own": openTo(rule) }, both("sg-own"));
      const options = { ...account, existing: ["web-sg"] };
      assert.deepEqual((await recordGroup(BASE, options)).warnings, []);
    });
  });

  it("is not checked if values are unknown, lookups are not permitted, or preflight is off", async () => {
    const shut = having({ "sg-shut": {} }, both("sg-shut"));
    const unknown = pulumi.output(pulumi.unknown as unknown as string);
    for (const args of [
      { ...GIVEN, instanceIds: [], targets: { a: { id: unknown } } },
      { ...GIVEN, securityGroupIds: [unknown] },
      { ...GIVEN, vpcId: unknown },
      { ...GIVEN, preflight: "off" as const },
    ]) {
      const { warnings } = await recordGroup(args, { ...shut, preview: true });
      assert.deepEqual(warnings, []);
    }
    for (const action of ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroupRules"]) {
      const denied = having({ "sg-shut": {} }, both("sg-shut"), { denied: [action] });
      const { warnings } = await recordGroup(GIVEN, denied);
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0],
        new RegExp(`\\n {2}- ${action}: the credentials lack the permission for this call`),
      );
    }
  });

  it("stops nothing when AWS does not answer", async () => {
    const { answer } = having({ "sg-shut": {} }, both("sg-shut"));
    const { warnings, failures } = await recordGroup(GIVEN, {
      preview: true,
      answer(token, inputs) {
        if (!token.endsWith(":getNetworkInterface")) return answer(token, inputs);
        throw Object.assign(new Error(), { details: "RequestLimitExceeded" });
      },
    });
    assert.deepEqual(failures, []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /ec2:DescribeNetworkInterfaces: AWS throttled the call/);
  });

  it("is not checked against the empty answers of a mock", () => {
    const peer = { securityGroups: [], networks: [undefined] };
    assert.deepEqual(closedPorts([80], [{}], peer, { isEgress: false }), []);
    assert.deepEqual(closedPorts([80], [], peer, { isEgress: false }), [80]);
  });
});
