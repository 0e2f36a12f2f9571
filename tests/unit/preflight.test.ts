import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import * as aws from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { afterTurns } from "../support/afterTurns";
import { ACCOUNT, answersOf, DEFAULT_VPC, type Account } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";
import { record, UNKNOWN } from "../support/recorder";

const BASE = { ...ZONES, certificateArn: CERTIFICATE };
const SUBNETS = { ...BASE, availabilityZones: undefined };

const within = (changes: Partial<Account>) => ({ answer: answersOf({ ...ACCOUNT, ...changes }) });
const INSTANCES: Account["instances"] = {
  ...ACCOUNT.instances,
  "i-elsewhere": { zone: "us-west-2c" },
  "i-stopped": { zone: "us-west-2a", state: "stopped" },
  "i-gone": { zone: "us-west-2a", state: "terminated" },
  "i-starting": { zone: "us-west-2b", state: "pending" },
  "i-foreign": { zone: "us-west-2a", vpcId: "vpc-other" },
  "i-lost": { zone: "us-west-2c", state: "stopped" },
};

describe("the checks before a deployment", () => {
  describe("of servers", () => {
    const FAULTS = {
      "i-missing":
        "does not exist in this account and region; check the ID, the credentials and aws:region",
      "i-elsewhere":
        "is in us-west-2c, which is not a zone of the load balancer (us-west-2a, us-west-2b); " +
        "add its zone to availabilityZones, or a subnet in its zone to subnetIds, or remove this instance",
      "i-stopped": "is stopped; start it, or remove this instance",
      "i-gone": "is terminated; remove this instance",
      "i-foreign":
        "is in us-west-2a of another VPC, not in vpc-default; put its VPC into vpcId, or subnets of its VPC into subnetIds, or remove this instance",
      "i-lost":
        "is stopped and is in us-west-2c, which is not a zone of the load balancer " +
        "(us-west-2a, us-west-2b); start it and add its zone to availabilityZones, or a subnet in its zone to subnetIds, or remove this instance",
    };

    it("name every fault of every server at once, and where its id stands", async () => {
      const { failures } = await recordGroup(
        {
          ...BASE,
          instanceIds: ["i-1", ...Object.keys(FAULTS), "i-starting"],
          targets: { a: { id: "i-missing", port: 81 }, b: { id: "i-gone", port: 81 } },
        },
        { preview: true, ...within({ instances: INSTANCES }) },
      );

      assert.equal(failures.length, 1);
      const expected = Object.entries(FAULTS).map(([id, fault], index) => {
        const twice = { "i-missing": "targets.a.id", "i-gone": "targets.b.id" }[id];
        return `${twice ?? `instanceIds[${index + 1}]`}: ${id} ${fault}`;
      });
      assert.deepEqual(reasonsOf(failures[0]), expected);
    });

    it("are asked for while the subnets of the zones are looked for", async () => {
      const answers = answersOf(ACCOUNT);
      const asked = new EventEmitter();
      const both = Promise.all([once(asked, "getInstances"), once(asked, "getNetworkInterface")]);
      const { find } = await recordGroup(
        { ...BASE, instanceIds: ["i-1"] },
        {
          preview: true,
          async answer(token, inputs) {
            asked.emit(token.split(":")[2]);
            if (token.endsWith(":getSubnets")) await both;
            return answers(token, inputs);
          },
        },
      );
      assert.equal(find("web-attachment-i-1:80").inputs.targetId, "i-1");
    });

    it("stop an update before anything but the group itself is registered", async () => {
      for (const given of [{}, { securityGroupIds: ["sg-1"] }]) {
        const { failures, registrations } = await recordGroup({
          ...BASE,
          ...given,
          targetSecurityGroupIds: ["sg-t"],
          instanceIds: ["i-missing"],
        });
        assert.equal(failures.length, 1);
        assert.deepEqual(
          registrations.map(({ name }) => name),
          ["web"],
        );
      }
    });

    it("ask for 400 servers in a few calls, and in a few more when all of them are wrong", async () => {
      const ids = Array.from({ length: 400 }, (_, index) => `i-${index}`);
      const instances = Object.fromEntries(ids.map((id) => [id, { zone: "us-west-2a" }]));
      const callsWith = async (account: Partial<Account>) => {
        const { invocations, failures } = await recordGroup(
          { ...BASE, instanceIds: ids },
          { preview: true, ...within(account) },
        );
        const calls = invocations.filter(({ token }) => token.endsWith(":getInstances"));
        return { calls: calls.length, problems: /(\d+) problems/.exec(failures.join())?.[1] };
      };
      // Pages for all of them, and for those that share the security groups of the first.
      assert.deepEqual(await callsWith({ instances }), { calls: 3 + 3, problems: undefined });
      // Pages for six states, three zones and the VPC, after the first question.
      assert.deepEqual(await callsWith({ instances: {} }), { calls: 3 + 30, problems: "400" });
    });

    it("ask nothing about addresses", async () => {
      const { invocations, failures } = await recordGroup({
        ...BASE,
        targetGroup: { targetType: "ip" },
        targets: { a: { id: "172.31.0.1" } },
      });
      assert.deepEqual(failures, []);
      assert.ok(!invocations.some(({ token }) => token.endsWith(":getInstances")));
    });

    it("find those without the IPv6 address by which their target group reaches them", async () => {
      const instances = { ...INSTANCES, "i-six": { zone: "us-west-2a", hasIpv6: true } };
      const groups = {
        ipAddressType: "dualstack" as const,
        targetGroup: { ipAddressType: "ipv6" as const },
        targetGroups: { blue: { instanceIds: ["i-2"] } },
        forward: { weights: { default: 1, blue: 1 } },
      };
      const given = { ...BASE, ...groups, instanceIds: ["i-six", "i-1", "i-gone"] };
      const { failures } = await recordGroup(given, within({ instances }));
      assert.deepEqual(reasonsOf(failures[0]), [
        "instanceIds[2]: i-gone is terminated; remove this instance",
        "instanceIds[1]: i-1 has no primary IPv6 address, which a target group with the ipAddressType ipv6 needs; " +
          "enable one on its network interface, or set the target group's ipAddressType to ipv4",
      ]);
      const denied = { instances, denied: ["ec2:DescribeInstances"] };
      assert.deepEqual((await recordGroup(given, within(denied))).failures, []);
    });

    it("find Auto Scaling groups that don't exist, in one call", async () => {
      const args = {
        ...BASE,
        autoScalingGroupNames: { a: "fleet", b: "flete" },
        targetGroups: { blue: { autoScalingGroupNames: { c: "flete" } } },
        forward: { weights: { default: 1, blue: 1 } },
      };
      const { failures, invocations, registrations } = await recordGroup(
        args,
        within({ autoScalingGroups: ["fleet"] }),
      );
      const missing =
        "there is no Auto Scaling group flete in this account and region; check the name, the credentials and aws:region; " +
        "if this program creates the Auto Scaling group, use the output `name` of that resource";
      assert.deepEqual(reasonsOf(failures[0]), [
        `autoScalingGroupNames.b: ${missing}`,
        `targetGroups.blue.autoScalingGroupNames.c: ${missing}`,
      ]);
      assert.equal(invocations.filter(({ token }) => token.includes("autoscaling")).length, 1);
      assert.ok(!registrations.some(({ type }) => type.startsWith("aws:")));
      const created = { ...BASE, autoScalingGroupNames: { a: pulumi.output("flete") } };
      const none = within({ autoScalingGroups: [] });
      assert.deepEqual((await recordGroup(created, none)).failures, []);
      const denied = { autoScalingGroups: [], denied: ["autoscaling:DescribeAutoScalingGroups"] };
      assert.deepEqual((await recordGroup(args, within(denied))).failures, []);
    });

    it("warn of one that an Auto Scaling group of the same target group registers too", async () => {
      const instances = {
        "i-1": { zone: "us-west-2a" },
        "i-0f1ee7": { zone: "us-west-2a", autoScalingGroup: "fleet" },
      };
      const targetGroups = {
        blue: { instanceIds: ["i-0f1ee7"] },
        green: { targets: { a: { id: "i-0f1ee7" } }, autoScalingGroupNames: { all: "fleet" } },
      };
      const { warnings } = await recordGroup(
        {
          ...BASE,
          instanceIds: ["i-1", "i-0f1ee7"],
          autoScalingGroupNames: { all: "fleet", other: "other" },
          targetGroups,
          forward: { weights: { default: 1, blue: 1, green: 1 } },
        },
        { preview: true, ...within({ instances }) },
      );
      const because =
        "which registers it too; AWS has only one registration of the instance, which ends when either this entry or " +
        "the Auto Scaling group is removed; remove the instance here, but if its target attachment is deployed already, " +
        "first remove that from the state with pulumi state delete (pulumi stack --show-urns lists it), so that Pulumi " +
        "does not deregister the instance";
      const twice = warnings.filter((warning) => warning.includes("Auto Scaling"));
      for (const [place, names] of [
        ["instanceIds[1]", "autoScalingGroupNames"],
        ["targetGroups.green.targets.a.id", "targetGroups.green.autoScalingGroupNames"],
      ]) {
        const text = `${place}: i-0f1ee7 is also an instance of an Auto Scaling group in ${names}, ${because}`;
        assert.ok(
          twice.some((warning) => warning.includes(text)),
          text,
        );
      }
      assert.ok(!twice.some((warning) => warning.includes("i-1")));
      assert.ok(!twice.some((warning) => warning.includes("blue")));
    });

    it("ask for that address in one call, and only where it is needed", async () => {
      const instances = { "i-six": { zone: "us-west-2a", hasIpv6: true } };
      const calls = async (ipAddressType: "ipv4" | "ipv6") => {
        const { invocations, failures, warnings } = await recordGroup(
          {
            ...BASE,
            ipAddressType: "dualstack",
            targetGroup: { ipAddressType },
            instanceIds: ["i-six"],
          },
          within({ instances }),
        );
        assert.deepEqual([failures, warnings], [[], []]);
        return invocations.filter(({ inputs }) => JSON.stringify(inputs).includes("ipv6")).length;
      };
      assert.equal(await calls("ipv6"), 1);
      assert.equal(await calls("ipv4"), 0);
    });

    it("warn of a stopped server where the group is deployed already, since it may be registered", async () => {
      const judge = async (account: Partial<Account>, args: object = {}, preview = true) => {
        const options = { preview, ...within({ instances: INSTANCES, ...account }) };
        const ids = { instanceIds: ["i-stopped"] };
        const { failures, warnings } = await recordGroup({ ...BASE, ...ids, ...args }, options);
        return [failures.flatMap(reasonsOf), warnings];
      };
      const refusal = "instanceIds[0]: i-stopped is stopped; start it, or remove this instance";
      const warning =
        "instanceIds[0]: i-stopped is stopped; if it is not registered yet, start it, because AWS registers only running instances";
      const standing = { loadBalancers: { "web-alb-1234567": ["subnet-a", "subnet-b"] } };
      const others = { loadBalancers: { "other-alb-1234567": ["subnet-a", "subnet-b"] } };
      assert.deepEqual(await judge(standing), [[], [warning]]);
      assert.deepEqual(await judge(standing, {}, false), [[], []]);
      assert.deepEqual(await judge(others), [[refusal], []]);
      assert.deepEqual(await judge({}), [[refusal], []]);
      const late = afterTurns(100, "i-stopped");
      const outputs = { instanceIds: [], targets: { a: { id: pulumi.output(late) } } };
      const told = warning.replace("instanceIds[0]", "targets.a.id");
      assert.deepEqual(await judge(standing, outputs, false), [[], [told]]);
      const gone = await judge(standing, { instanceIds: ["i-gone"] });
      assert.match(gone[0].join(), /i-gone is terminated; remove this instance/);
    });

    it("say of a stopped server no more than is known when zones can't be asked for", async () => {
      const { failures } = await recordGroup(
        { ...BASE, instanceIds: ["i-stopped", "i-elsewhere", "i-foreign"] },
        within({ instances: INSTANCES, denied: ["ec2:DescribeAvailabilityZones"] }),
      );
      assert.deepEqual(reasonsOf(failures[0]), [
        "instanceIds[0]: i-stopped is stopped; start it, or remove this instance",
        "instanceIds[1]: i-elsewhere is not in a zone of the load balancer " +
          "(us-west-2a, us-west-2b); add its zone to availabilityZones, or a subnet in its zone to subnetIds, or remove this instance",
        "instanceIds[2]: i-foreign is in another VPC, not in vpc-default; put its VPC into vpcId, or subnets of its VPC into subnetIds, or remove this instance",
      ]);
    });

    it("let a server through that has started while they asked", async () => {
      let calls = 0;
      const started = answersOf(ACCOUNT);
      const { failures } = await recordGroup(
        { ...BASE, instanceIds: ["i-1"] },
        {
          answer: (token, inputs) =>
            token.endsWith(":getInstances") && calls++ === 0 ? { ids: [] } : started(token, inputs),
        },
      );
      assert.deepEqual(failures, []);
      assert.ok(calls > 1);
    });
  });

  describe("of addresses", () => {
    const VPC_BLOCKS = "172.31.0.0/16, 100.64.0.0/16, 198.51.100.0/24, 2001:db8::/56";
    const vpcs = [
      {
        id: DEFAULT_VPC,
        isDefault: true,
        cidrBlocks: ["172.31.0.0/16", "100.64.0.0/16", "198.51.100.0/24"],
        ipv6CidrBlocks: ["2001:db8::/56"],
      },
    ];
    const GIVEN = {
      ...BASE,
      securityGroupIds: ["sg-1"],
      targetGroup: { targetType: "ip" as const },
    };
    const outside = (path: string, id: string, zone = '"all"') =>
      `${path}.id: ${id} is in none of the VPC's networks (${VPC_BLOCKS}); set ` +
      `${path}.availabilityZone to ${zone}, or use an address in the VPC`;
    const judge = async (args: object, changes: Partial<Account> = {}) => {
      const options = within({ vpcs, ...changes });
      const { failures, invocations, warnings } = await recordGroup({ ...GIVEN, ...args }, options);
      const calls = invocations.filter(({ token }) => token.endsWith(":getVpc")).length;
      return { reasons: failures.flatMap(reasonsOf), calls, warnings };
    };

    it("find those outside the VPC that name no zone, in each target group", async () => {
      const targets = {
        inside: { id: "172.31.0.1" },
        further: { id: "100.64.9.9" },
        peered: { id: "10.9.0.7" },
        said: { id: "10.9.0.8", availabilityZone: "all" },
        public: { id: "203.0.113.1" },
        everywhere: { id: "203.0.113.2", availabilityZone: "all" },
        own: { id: "198.51.100.7", availabilityZone: "all" },
      };
      const six = { inside: { id: "2001:db8::1" }, outside: { id: "2001:db8:1::1" } };
      const { reasons } = await judge({
        ipAddressType: "dualstack",
        targets,
        targetGroups: {
          six: { targetType: "ip", ipAddressType: "ipv6", targets: six },
          own: {
            targetType: "ip",
            loadBalancingCrossZone: "false",
            targets: { a: { id: "10.9.0.7" } },
          },
        },
        forward: { weights: { default: 1, six: 1, own: 1 } },
      });
      assert.deepEqual(reasons, [
        outside("targets.peered", "10.9.0.7"),
        `targets.public.id: 203.0.113.1 is in none of the VPC's networks (${VPC_BLOCKS}); use the target's ` +
          "private address, because AWS registers no public addresses",
        `targets.everywhere.id: 203.0.113.2 is in none of the VPC's networks (${VPC_BLOCKS}); use the target's ` +
          "private address, because AWS registers no public addresses",
        outside("targetGroups.six.targets.outside", "2001:db8:1::1"),
        outside(
          "targetGroups.own.targets.a",
          "10.9.0.7",
          "the zone of the load balancer from which it should get requests",
        ),
      ]);
    });

    it("ask for the VPC once, and only where an address is known and names no zone", async () => {
      // The one call finds the default VPC.
      const known = { a: { id: "172.31.0.1" }, b: { id: "172.31.0.2" } };
      assert.deepEqual(await judge({ targets: known }), { reasons: [], calls: 2, warnings: [] });
      const others = {
        a: { id: pulumi.output(pulumi.unknown as unknown as string) },
        b: { id: "10.9.0.8", availabilityZone: "all" },
      };
      assert.deepEqual(await judge({ targets: others }), { reasons: [], calls: 1, warnings: [] });
      const own = { targets: known, securityGroupIds: undefined };
      assert.equal((await judge(own)).calls, 2);
    });

    it("let all through where the VPC can't be asked for, with a warning", async () => {
      const args = { vpcId: DEFAULT_VPC, targets: { a: { id: "10.9.0.7" } } };
      const { reasons, warnings } = await judge(args, { denied: ["ec2:DescribeVpcs"] });
      assert.deepEqual(reasons, []);
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0],
        /ec2:DescribeVpcs: the credentials lack the permission for this call/,
      );
    });
  });

  it("make few calls for the tutorial, with any number of servers", async () => {
    const asked = async (args: LoadBalancedGroupArgs) => {
      const ids = Array.from({ length: 100 }, (_, index) => `i-${index}`);
      const server = { zone: "us-west-2a", securityGroups: ["sg-1"] };
      const instances = Object.fromEntries(ids.map((id) => [id, server]));
      const { invocations, failures } = await recordGroup(
        { ...BASE, ...args, instanceIds: ids },
        { preview: true, ...within({ instances }) },
      );
      assert.deepEqual(failures, []);
      const counts: Record<string, number> = {};
      for (const { token } of invocations) {
        const [, , name] = token.split(":");
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    };
    // The subnets have no route table of their own, so the main one is asked for, too.
    const network = { getSubnets: 2, getSubnet: 2, getRouteTable: 3, getInternetGateway: 1 };
    const servers = { getInstances: 2, getNetworkInterface: 1 };
    // The rules of the servers' group, or of that and the given one, which is the same here.
    const rules = { getSecurityGroupRules: 1, getSecurityGroupRule: 3 };
    const given = { getSecurityGroups: 1, getSecurityGroupRules: 1, getSecurityGroupRule: 3 };
    const certificateArn = undefined;
    const own = { ...network, ...servers, ...rules, getVpc: 2 };
    assert.deepEqual(await asked({ certificateArn }), own);
    assert.deepEqual(await asked({}), { ...own, getCallerIdentity: 1 });
    assert.deepEqual(await asked({ certificateArn, securityGroupIds: ["sg-1"] }), {
      ...network,
      ...servers,
      ...given,
      getVpc: 1,
    });
  });

  describe("of servers whose ids are outputs", () => {
    const make = (count: number) => () => {
      const instances = Array.from(
        { length: count },
        (_, n) => new aws.Instance(`server-${n}`, { ami: "ami-1", instanceType: "t3.micro" }),
      );
      const targets = Object.fromEntries(instances.map(({ id }, n) => [`server-${n}`, { id }]));
      new LoadBalancedGroup("web", { ...BASE, targets });
    };

    it("leave what is not known at preview alone, and what is known known", async () => {
      const { failures, find } = await record(make(2), { preview: true });
      assert.deepEqual(failures, []);
      assert.equal(find("web-attachment-server-0:80").inputs.targetId, UNKNOWN);
      assert.deepEqual(find("web-alb").inputs.subnets, ["subnet-a", "subnet-b"]);
    });

    it("ask together for those that become known together, and let them through", async () => {
      const instances = Object.fromEntries(
        Array.from({ length: 20 }, (_, n) => [`server-${n}-id`, { zone: "us-west-2a" }]),
      );
      const { failures, find, invocations } = await record(make(20), within({ instances }));
      assert.deepEqual(failures, []);
      assert.equal(find("web-attachment-server-7-id:80").inputs.targetId, "server-7-id");
      assert.equal(invocations.filter(({ token }) => token.endsWith(":getInstances")).length, 1);
    });

    it("keep what is known known while the network itself is unknown", async () => {
      const vpcId = pulumi.output(pulumi.unknown as unknown as string);
      const args = { subnetIds: ["subnet-a", "subnet-b"], targets: { a: { id: "i-1" } } };
      const { find } = await recordGroup({ ...SUBNETS, ...args, vpcId }, { preview: true });
      assert.deepEqual(find("web-alb").inputs.subnets, ["subnet-a", "subnet-b"]);
      assert.equal(find("web-attachment-i-1:80").inputs.targetId, "i-1");
    });

    it("ask once more for those that become known later", async () => {
      let arrive = (): void => undefined;
      const late = new Promise<string>((resolve) => {
        arrive = () => {
          resolve("i-missing");
        };
      });
      const account = answersOf(ACCOUNT);
      const { failures } = await recordGroup(
        { ...BASE, targets: { early: { id: pulumi.output("i-1") }, late: { id: late } } },
        {
          answer(token, inputs) {
            if (token.endsWith(":getInstances")) arrive();
            return account(token, inputs);
          },
        },
      );
      assert.match(failures.join("\n"), /targets\.late\.id: i-missing does not exist/);
    });

    it("are left out with a warning when AWS does not answer then", async () => {
      const { failures, warnings, find } = await record(
        make(2),
        within({ denied: ["ec2:DescribeInstances"] }),
      );
      assert.deepEqual(failures, []);
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0],
        /ec2:DescribeInstances: the credentials lack the permission for this call/,
      );
      assert.equal(find("web-attachment-server-1-id:80").inputs.targetId, "server-1-id");
    });

    it("refuse to register those with a fault, all in one message", async () => {
      const instances = {
        "server-0-id": { zone: "us-west-2c" },
        "server-1-id": { zone: "us-west-2a", state: "stopped" },
      };
      const { failures, registrations } = await record(make(2), within({ instances }));
      assert.equal(failures.length, 1);
      assert.deepEqual(
        reasonsOf(failures[0]).map((reason) => reason.slice(0, 40)),
        [
          "targets.server-0.id: server-0-id is in u ",
          "targets.server-1.id: server-1-id is stop",
        ].map((reason) => reason.slice(0, 40)),
      );
      assert.ok(!registrations.some(({ name }) => name.startsWith("web-attachment")));
    });

    it("judge those that are known at preview", async () => {
      const targets = { a: { id: pulumi.output("i-missing") } };
      const { failures } = await recordGroup({ ...BASE, targets }, { preview: true });
      assert.match(failures.join("\n"), /targets\.a\.id: i-missing does not exist/);
    });
  });

  describe("that are not to stop", () => {
    const bad = { ...BASE, instanceIds: ["i-missing"], securityGroupIds: ["sg-1"] };

    it("warn, and go on", async () => {
      const { failures, warnings, find } = await recordGroup({ ...bad, preflight: "warn" });
      assert.deepEqual(failures, []);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0], /instanceIds\[0\]: i-missing does not exist/);
      assert.equal(find("web-attachment-i-missing:80").inputs.targetId, "i-missing");
    });

    it("ask nothing when they are off", async () => {
      const given = { vpcId: DEFAULT_VPC, subnetIds: ["subnet-a", "subnet-q"] };
      const { failures, invocations } = await recordGroup({
        ...bad,
        ...given,
        availabilityZones: undefined,
        preflight: "off",
      });
      assert.deepEqual(failures, []);
      assert.deepEqual(invocations, []);
    });
  });

  describe("that are not permitted", () => {
    const arn = "arn:aws:iam::123456789012:server-certificate/web";
    const serverCertificates = { web: { arn, expirationDate: "2999-01-01T00:00:00Z" } };
    const actions = [
      "ec2:DescribeInstances",
      "ec2:DescribeSubnets",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeNetworkInterfaces",
      "sts:GetCallerIdentity",
      "iam:ListServerCertificates",
    ];
    for (const action of actions) {
      it(`are left out with one warning that names ${action}`, async () => {
        const { failures, warnings } = await recordGroup(
          {
            ...SUBNETS,
            vpcId: DEFAULT_VPC,
            subnetIds: ["subnet-a", "subnet-b"],
            instanceIds: ["i-1", "i-2"],
            targets: { a: { id: pulumi.output("i-1"), port: 81 } },
            securityGroupIds: ["sg-1"],
            certificateArn: arn,
          },
          { preview: true, ...within({ denied: [action], serverCertificates }) },
        );
        assert.deepEqual(failures, []);
        const lacked = action.startsWith("iam:") ? `iam:GetServerCertificate, ${action}` : action;
        assert.deepEqual(warnings, [
          "some checks were skipped, because they or their calls to AWS failed:\n" +
            `  - ${lacked}: the credentials lack the permission for this call; allow the call in an IAM policy of the identity that \`aws sts get-caller-identity\` shows\n` +
            'To skip all checks against AWS, set preflight to "off".',
        ]);
      });
    }

    it("still find a stopped server where subnets can't be asked for", async () => {
      const { failures } = await recordGroup(
        {
          ...SUBNETS,
          vpcId: DEFAULT_VPC,
          subnetIds: ["subnet-a", "subnet-b"],
          instanceIds: ["i-stopped"],
        },
        within({ instances: INSTANCES, denied: ["ec2:DescribeSubnets"] }),
      );
      assert.deepEqual(failures.flatMap(reasonsOf), [
        "instanceIds[0]: i-stopped is stopped; start it, or remove this instance",
      ]);
    });

    it("are left out likewise where AWS answers with another error", async () => {
      const { failures, warnings } = await recordGroup(
        { ...BASE, instanceIds: ["i-1"] },
        {
          answer(token, inputs) {
            if (!token.endsWith(":getInstances")) return answersOf(ACCOUNT)(token, inputs);
            throw Object.assign(new Error(), { details: "RequestLimitExceeded" });
          },
        },
      );
      assert.deepEqual(failures, []);
      assert.match(
        warnings.join(),
        /ec2:DescribeInstances: AWS throttled the call; run the command/,
      );
    });
  });

  describe("in a unit test of a program around a group", () => {
    const answers = { nothing: () => ({}), "the question": (_: string, inputs: object) => inputs };
    for (const [what, answer] of Object.entries(answers)) {
      for (const placed of [ZONES, { subnetIds: ["subnet-1", "subnet-2"] }]) {
        it(`are skipped where a mock answers with ${what}: ${Object.keys(placed).join()}`, async () => {
          const { failures, find, warnings } = await recordGroup(
            { ...placed, certificateArn: CERTIFICATE, instanceIds: ["i-1"], internal: true },
            { answer },
          );
          assert.deepEqual(failures, []);
          assert.deepEqual(warnings, []);
          assert.equal(find("web-attachment-i-1:80").inputs.targetId, "i-1");
          const vpcId = "subnetIds" in placed ? "subnet-1" : "default";
          assert.equal(find("web-tg").inputs.vpcId, vpcId);
        });
      }
    }
  });
});
