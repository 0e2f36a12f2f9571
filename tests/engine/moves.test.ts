import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { SteadyLoad } from "../../demo/load";
import { sampleAccount } from "../../emulator";
import {
  arnsIn,
  CERTIFICATE,
  FIRST,
  groupOf,
  OTHER_CERTIFICATE,
  outputsOf,
  SECOND,
  Stage,
  THIRD,
  TUTORIAL,
} from "../support/stage";

/** The security group of the sample account's servers. */
const SERVERS = "sg-00000000000000eb1";

const later = (id: string) => pulumi.output(Promise.resolve(id));

const group = (args: LoadBalancedGroupArgs) => groupOf({ ...TUTORIAL, instanceIds: [], ...args });

describe("targets under another key", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  let targetGroup = "";

  before(async () => {
    const targets = { a: { id: FIRST }, b: { id: later(SECOND) }, c: { id: THIRD, port: 8080 } };
    targetGroup = arnsIn((await stage().up(group({ targets }))).outputs).targetGroup;
  });

  const same: Record<string, LoadBalancedGroupArgs> = {
    "plain ones": {
      targets: { x: { id: FIRST }, b: { id: SECOND }, c: { id: THIRD, port: 8080 } },
    },
    outputs: {
      targets: { x: { id: FIRST }, y: { id: later(SECOND) }, z: { id: THIRD, port: 8080 } },
    },
    "exchanged ones": {
      targets: { y: { id: FIRST }, x: { id: later(SECOND) }, z: { id: THIRD, port: 8080 } },
    },
    "those that move to instanceIds": {
      instanceIds: [FIRST, SECOND],
      targets: { c: { id: THIRD, port: 8080 } },
    },
    "those that name the port of their target group": {
      targets: {
        a: { id: FIRST, port: 80 },
        b: { id: SECOND, port: 80 },
        c: { id: THIRD, port: 8080 },
      },
    },
  };
  for (const [what, args] of Object.entries(same)) {
    it(`are the same in AWS: ${what}`, async () => {
      const { steps, calls } = await stage().up(group(args));
      assert.deepEqual(steps, []);
      assert.deepEqual(calls, []);
      assert.deepEqual(stage().registered(targetGroup), [
        `${FIRST}:80`,
        `${SECOND}:80`,
        `${THIRD}:8080`,
      ]);
    });
  }

  it("are replaced one by one, each under its key", async () => {
    const { steps } = await stage().up(
      group({ targets: { a: { id: THIRD }, b: { id: SECOND }, c: { id: THIRD, port: 8080 } } }),
    );
    assert.deepEqual(steps, [
      `create web-attachment-${THIRD}:80`,
      `delete web-attachment-${FIRST}:80`,
    ]);
  });

  it("move with their target group to another port", async () => {
    const { outputs } = await stage().up(
      group({
        targetGroup: { port: 8081 },
        targets: { a: { id: FIRST }, b: { id: SECOND, port: 8081 }, c: { id: THIRD, port: 8080 } },
      }),
    );
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), [
      `${FIRST}:8081`,
      `${SECOND}:8081`,
      `${THIRD}:8080`,
    ]);
  });
});

describe("Auto Scaling groups and certificates under another key", function () {
  this.timeout(120_000);
  const account = sampleAccount();
  account.autoScalingGroups.push({
    autoScalingGroupName: "fleet",
    instanceIds: [FIRST],
    targetGroupArns: [],
  });
  const stage = Stage.forSuite({ account });
  const named = (key: string, fleet: pulumi.Input<string>) =>
    group({
      instanceIds: [SECOND],
      autoScalingGroupNames: { [key]: fleet },
      certificateArn: CERTIFICATE,
      additionalCertificateArns: { [key]: OTHER_CERTIFICATE },
    });

  it("are the same in AWS", async () => {
    const { outputs } = await stage().up(named("a", "fleet"));
    const renamed = await stage().up(named("b", later("fleet")));
    assert.deepEqual(renamed.steps, []);
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), [
      `${FIRST}:80`,
      `${SECOND}:80`,
    ]);
  });
});

describe("a listener on port 443", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const plain = group({ instanceIds: [FIRST], port: 443 });
  const encrypted = group({ instanceIds: [FIRST], certificateArn: CERTIFICATE, httpsOnly: true });

  it("changes from HTTP to HTTPS in place, and is replaced on the way back", async () => {
    await stage().up(plain);
    const there = await stage().up(encrypted);
    assert.deepEqual(there.steps, ["update web-https"]);
    await stage().preview(encrypted, { expectNoChanges: true });
    const back = await stage().up(plain);
    const changed = back.steps.filter((step) => !step.startsWith("replace"));
    assert.deepEqual(changed, ["delete-replaced web-https", "create-replacement web-https"]);
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("comes from port 80, and goes there", async () => {
    const run = await stage().up(group({ instanceIds: [FIRST] }));
    assert.ok(run.steps.indexOf("create web-http") < run.steps.indexOf("delete web-https"));
    const back = await stage().up(plain);
    assert.ok(back.steps.includes("update web-https"), back.steps.join());
  });
});

describe("a Lambda function that takes the place of another one", function () {
  this.timeout(120_000);
  const account = sampleAccount();
  const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:";
  for (const name of ["one", "two"]) {
    const handler = () => ({ statusCode: 200, headers: { "x-instance-id": name }, body: name });
    account.functions.push({ functionArn: FUNCTION + name, handler, permissions: [] });
  }
  const stage = Stage.forSuite({ account });
  const calling = (name: string, key = "f") =>
    group({ targetGroup: { targetType: "lambda" }, targets: { [key]: { id: FUNCTION + name } } });

  it("gets the requests without losing one", async () => {
    const load = new SteadyLoad(stage().urlOf(await stage().up(calling("one"))), 40);
    await load.further(10);
    const { outputs } = await stage().up(calling("two"));
    await load.further(10);
    await load.stop();
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), [`${FUNCTION}two:0`]);
    assert.deepEqual(
      load.answers.filter(({ instanceId }) => instanceId === undefined),
      [],
    );
    assert.deepEqual(
      [...new Set(load.answers.map(({ instanceId }) => instanceId))],
      ["one", "two"],
    );
  });

  it("stays under another key", async () => {
    const { calls } = await stage().up(calling("two", "other"));
    assert.deepEqual(calls, []);
  });
});

describe("security groups that are exchanged", function () {
  this.timeout(120_000);
  const account = sampleAccount();
  const [{ vpcId }] = account.vpcs;
  const GIVEN = ["sg-0000000000000a1b1", "sg-0000000000000a1b2"];
  const everyone = { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" };
  for (const groupId of GIVEN) {
    account.securityGroups.push({
      groupId,
      groupName: groupId,
      description: "clients",
      vpcId,
      rules: [false, true].map((isEgress) => ({
        ...everyone,
        groupId,
        securityGroupRuleId: `sgr-${groupId}-${isEgress ? "out" : "in"}`,
        isEgress,
      })),
    });
  }
  const stage = Stage.forSuite({ account });
  const guarded = (securityGroupIds?: string[]) =>
    group({ instanceIds: [FIRST], securityGroupIds, targetSecurityGroupIds: [SERVERS] });
  const rulesOf = (id: string) =>
    account.securityGroups.find(({ groupId }) => groupId === id)?.rules ?? [];
  const admitted = () =>
    rulesOf(SERVERS).flatMap(({ referencedGroupId: id }) => (id === undefined ? [] : [id]));

  /** Which security groups the load balancer and the servers have while the load balancer gets others. */
  async function exchange(to?: string[]) {
    const { elb } = stage().emulator;
    const ask = elb.setSecurityGroups.bind(elb);
    const seen: { admitted: string[]; directions: boolean[] }[] = [];
    elb.setSecurityGroups = (arn, ids) => {
      const directions = rulesOf(ids[0]).map(({ isEgress }) => isEgress);
      seen.push({ admitted: admitted(), directions: directions.sort() });
      return ask(arn, ids);
    };
    const { outputs } = await stage().up(guarded(to));
    elb.setSecurityGroups = ask;
    const { securityGroups } = elb.describeLoadBalancer(arnsIn(outputs).loadBalancer);
    return { seen, securityGroups };
  }

  it("admit clients and are admitted by the servers before and after, whichever they are", async () => {
    await stage().up(guarded());
    let [former] = admitted();
    for (const to of [[GIVEN[0]], [GIVEN[1]], undefined]) {
      const { seen, securityGroups } = await exchange(to);
      assert.equal(seen.length, 1);
      assert.deepEqual(seen[0].admitted.sort(), [former, securityGroups[0]].sort());
      assert.deepEqual(seen[0].directions, [false, true]);
      assert.deepEqual(admitted(), securityGroups);
      [former] = securityGroups;
    }
  });
});

describe("a load balancer that is replaced", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const [{ arn: webAclArn }] = sampleAccount().webAcls;
  const guarded = (internal: boolean) => group({ instanceIds: [FIRST], webAclArn, internal });

  it("has its web ACL until it is deleted", async () => {
    await stage().up(guarded(false));
    const { steps } = await stage().up(guarded(true));
    const at = (step: string) => steps.indexOf(step);
    assert.ok(at("create web-waf-internal") < at("create-replacement web-http"), steps.join());
    assert.ok(at("create-replacement web-http") < at("delete web-waf-public"), steps.join());
  });
});

describe("a group under another name, with an alias", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const long = "a-name-that-is-far-too-long-for-a-load-balancer-of-aws";
  const args: LoadBalancedGroupArgs = {
    ...TUTORIAL,
    certificateArn: CERTIFICATE,
    accessLogs: {},
    dashboard: true,
    alarms: { topicArns: ["arn:aws:sns:us-west-2:123456789012:alerts"] },
  };
  const aliased = (name: string, former: string) => () =>
    Promise.resolve(outputsOf(new LoadBalancedGroup(name, args, { aliases: [{ name: former }] })));

  it("keeps all that it has in AWS", async () => {
    await stage().up(groupOf(args));
    const before = stage().existing;
    for (const [name, former] of [
      ["shop", "web"],
      [long, "shop"],
      ["web", long],
    ]) {
      const { steps } = await stage().up(aliased(name, former));
      assert.deepEqual(steps, [], name);
      assert.deepEqual(stage().existing, before);
    }
  });
});

describe("a load balancer whose VPC changes", function () {
  this.timeout(120_000);
  const account = sampleAccount();
  const vpcId = "vpc-0d3fa117000000002";
  account.vpcs.push({ vpcId, cidrBlock: "10.1.0.0/16", isDefault: false });
  account.subnets.push(
    ...["a", "b"].map((letter, index) => ({
      ...account.subnets[index],
      subnetId: `subnet-0d3fa11700000001${letter}`,
      vpcId,
      cidrBlock: `10.1.${16 * index}.0/20`,
      isDefault: false,
    })),
  );
  const stage = Stage.forSuite({ account });

  it("is replaced", async () => {
    const first = await stage().up(group({ targetGroup: { targetType: "ip" } }));
    const subnetIds = ["subnet-0d3fa11700000001a", "subnet-0d3fa11700000001b"];
    const moved = groupOf({ subnetIds, targetGroup: { targetType: "ip" } });
    const { outputs, steps } = await stage().up(moved);
    assert.ok(steps.includes("create-replacement web-alb"), steps.join());
    assert.equal(stage().existing.includes(arnsIn(first.outputs).loadBalancer), false);
    assert.equal(
      stage().emulator.elb.describeLoadBalancer(arnsIn(outputs).loadBalancer).vpcId,
      vpcId,
    );
    await stage().preview(moved, { expectNoChanges: true });
  });
});

describe("clients by their security groups and prefix lists", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const clients = (args: LoadBalancedGroupArgs) => group({ internal: true, ...args });

  it("are the same in AWS under another key, and have no drift", async () => {
    await stage().up(
      clients({ ingressSecurityGroupIds: { a: SERVERS }, ingressPrefixListIds: { cdn: "pl-1" } }),
    );
    const { steps } = await stage().up(
      clients({
        ingressSecurityGroupIds: { b: later(SERVERS) },
        ingressPrefixListIds: { list: later("pl-1") },
      }),
    );
    assert.deepEqual(steps, []);
    await stage().refresh();
  });

  it("are admitted before the networks are closed to which the load balancer was open", async () => {
    await stage().up(clients({}));
    const { steps } = await stage().up(clients({ ingressSecurityGroupIds: { a: SERVERS } }));
    assert.deepEqual(steps, [`create web-ingress-80-${SERVERS}`, "delete web-ingress-80-vpc"]);
  });
});
