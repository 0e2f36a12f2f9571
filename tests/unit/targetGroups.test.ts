import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ACCOUNT, answersOf } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";
import { valueOf } from "../support/recorder";

const BLUE_GREEN: LoadBalancedGroupArgs = {
  ...ZONES,
  targetGroups: {
    blue: { instanceIds: ["i-1"] },
    green: { port: 8080, healthCheck: { port: 9000 }, targets: { a: { id: "i-2", port: 8081 } } },
  },
  forward: { weights: { green: 10, blue: 90 } },
};

describe("target groups by key", () => {
  it("are named by their keys, and their registrations by key and server", async () => {
    const { registrations, failures } = await recordGroup(BLUE_GREEN);
    assert.deepEqual(failures, []);
    const names = registrations.map(({ name }) => name).filter((name) => /tg|attach/.test(name));
    assert.deepEqual(names.sort(), [
      "web-attachment-blue-i-1:80",
      "web-attachment-green-i-2:8081",
      "web-tg-blue",
      "web-tg-green",
    ]);
  });

  it("have their own settings, and the tutorial's where they say nothing", async () => {
    const { find } = await recordGroup(BLUE_GREEN);
    const { find: main } = await recordGroup(ZONES);
    const { inputs, replaceWith } = find("web-tg-blue");
    assert.deepEqual(inputs, main("web-tg").inputs);
    assert.deepEqual(replaceWith, ["web-alb"]);
    const green = find("web-tg-green").inputs;
    assert.equal(green.port, 8080);
    assert.equal((green.healthCheck as Record<string, unknown>).port, "9000");
    assert.deepEqual(find("web-attachment-green-i-2:8081").inputs, {
      targetGroupArn: "arn:web-tg-green",
      targetId: "i-2",
      port: 8081,
    });
  });

  it("are reached on all of their ports, each opened once", async () => {
    const { registrations } = await recordGroup({
      ...BLUE_GREEN,
      targetSecurityGroupIds: ["sg-t"],
    });
    const names = registrations.map(({ name }) => name);
    for (const role of ["egress", "target-ingress"]) {
      const own = names.filter((name) => name.startsWith(`web-${role}-`)).sort();
      assert.deepEqual(
        own,
        ["80", "8080", "8081", "9000"].map((port) => `web-${role}-${port}-sg-t`),
      );
    }
  });

  it("open the way to addresses outside of the VPC under a name of their own", async () => {
    const far = { id: "10.9.0.1", availabilityZone: "all" };
    const { find, failures } = await recordGroup({
      ...ZONES,
      targetGroup: { targetType: "ip" },
      targets: { a: far },
      targetGroups: { blue: { port: 81, targetType: "ip", targets: { a: far } } },
      forward: { weights: { default: 1, blue: 1 } },
    });
    assert.deepEqual(failures, []);
    assert.equal(find("web-egress-80-address-10.9.0.1").inputs.cidrIpv4, "10.9.0.1/32");
    assert.equal(find("web-egress-81-address-10.9.0.1").inputs.cidrIpv4, "10.9.0.1/32");
  });

  it("have their servers checked at preview, each by its place in the arguments", async () => {
    const answer = answersOf({
      ...ACCOUNT,
      instances: {
        "i-1": { zone: "us-west-2a", state: "stopped" },
        "i-2": { zone: "us-west-2c" },
      },
    });
    const { failures } = await recordGroup(BLUE_GREEN, { answer });
    assert.equal(failures.length, 1);
    const reasons = reasonsOf(failures[0]);
    assert.match(reasons[0], /^targetGroups\.blue\.instanceIds\[0\]: i-1 is stopped/);
    assert.match(reasons[1], /^targetGroups\.green\.targets\.a\.id: i-2 is in us-west-2c/);
  });

  it("have servers checked when their ids become known", async () => {
    const { failures } = await recordGroup({
      ...BLUE_GREEN,
      targetGroups: {
        blue: { targets: { late: { id: pulumi.output(Promise.resolve("i-9")) } } },
        green: { targetType: "ip", targets: { a: { id: "172.31.0.1" } } },
      },
    });
    assert.equal(failures.length, 1);
    assert.match(reasonsOf(failures[0])[0], /^targetGroups\.blue\.targets\.late\.id: i-9 does not/);
  });

  it("are watched by alarms of their own", async () => {
    const topicArns = ["arn:aws:sns:us-west-2:123456789012:on-call"];
    const { registrations, failures } = await recordGroup({ ...BLUE_GREEN, alarms: { topicArns } });
    assert.deepEqual(failures, []);
    const names = registrations.map(({ name }) => name).filter((name) => /unhealthy/.test(name));
    assert.deepEqual(names.sort(), [
      "web-alarm-unhealthy-hosts-blue",
      "web-alarm-unhealthy-hosts-green",
    ]);
  });

  it("are all out, by key, and the main one has no ARN where nothing forwards to that", async () => {
    const { outputs, group } = await recordGroup(BLUE_GREEN);
    const { targetGroupArns, targetGroupArn, targetGroupArnSuffix } = outputs.web as Record<
      string,
      unknown
    >;
    assert.deepEqual(targetGroupArns, { blue: "arn:web-tg-blue", green: "arn:web-tg-green" });
    assert.deepEqual([targetGroupArn, targetGroupArnSuffix], ["", ""]);
    assert.equal(await valueOf(group.targetGroups.blue.arn), "arn:web-tg-blue");
    assert.throws(() => group.targetGroup, /nothing forwards to the main target group/);
  });
});

describe("forwarding by weight", () => {
  const actionsOf = async (args: LoadBalancedGroupArgs, listener = "web-http") =>
    (await recordGroup({ ...ZONES, ...args })).find(listener).inputs.defaultActions;

  it("has weights in the order of the keys, in any order that they are given", async () => {
    const targetGroups = [
      { arn: "arn:web-tg-blue", weight: 90 },
      { arn: "arn:web-tg-green", weight: 10 },
    ];
    const expected = [{ type: "forward", forward: { targetGroups } }];
    assert.deepEqual(await actionsOf(BLUE_GREEN), expected);
    const reversed = { ...BLUE_GREEN, forward: { weights: { blue: 90, green: 10 } } };
    assert.deepEqual(await actionsOf(reversed), expected);
  });

  it("keeps a client with its group for the time that is asked for", async () => {
    const forward = { weights: { blue: 1, green: 1 }, stickinessDuration: 3600 };
    const [action] = (await actionsOf({ ...BLUE_GREEN, forward })) as Record<string, object>[];
    assert.deepEqual((action.forward as Record<string, unknown>).stickiness, {
      duration: 3600,
      enabled: true,
    });
  });

  it("has one form only where it goes to one group", async () => {
    const blue = { targetGroups: { blue: {} }, forward: { weights: { blue: 7 } } };
    assert.deepEqual(await actionsOf(blue), [
      { type: "forward", targetGroupArn: "arn:web-tg-blue" },
    ]);
    const main = { forward: { weights: { default: 7 } } };
    assert.deepEqual(await actionsOf(main), await actionsOf({}));
  });

  it("is done by HTTPS where there is a certificate", async () => {
    const [action] = (await actionsOf(
      { ...BLUE_GREEN, certificateArn: CERTIFICATE },
      "web-https",
    )) as Record<string, unknown>[];
    assert.equal(action.type, "forward");
  });

  it("waits for the servers of all groups", async () => {
    const { find } = await recordGroup({
      ...BLUE_GREEN,
      instanceIds: ["i-1"],
      forward: { weights: { default: 1, blue: 0, green: 0 } },
    });
    const { dependencies } = find("web-http");
    for (const server of ["i-1:80", "blue-i-1:80", "green-i-2:8081"]) {
      assert.ok(dependencies.includes(`web-attachment-${server}`), server);
    }
  });

  it("judges weights that are outputs when they are known, alone and together", async () => {
    const later = (weight: unknown) => pulumi.output(Promise.resolve(weight as number));
    const failuresOf = async (weights: Record<string, pulumi.Input<number>>) => {
      const { failures, registrations } = await recordGroup({
        ...BLUE_GREEN,
        forward: { weights },
      });
      const listeners = registrations.filter(({ name }) => name === "web-http");
      return { failures: failures.map((one) => reasonsOf(one)[0]), listeners: listeners.length };
    };
    const wrong = await failuresOf({ blue: later(1000), green: 1 });
    assert.match(wrong.failures[0], /^forward\.weights\.blue must be .* 999, got 1000/);
    assert.equal(wrong.listeners, 0);
    const idle = await failuresOf({ blue: later(0), green: later(0) });
    assert.match(idle.failures[0], /^forward\.weights can't all be 0/);
    assert.equal(idle.listeners, 0);
    assert.deepEqual(await failuresOf({ blue: later(0), green: later(1) }), {
      failures: [],
      listeners: 1,
    });
  });

  it("is previewed with all groups where the weights are not known yet", async () => {
    const unknown = pulumi.output(pulumi.unknown as unknown as number);
    const names = async (weight: pulumi.Input<number>, preview: boolean) => {
      const weights = { blue: weight, green: 1 };
      const { registrations } = await recordGroup(
        { ...BLUE_GREEN, forward: { weights } },
        { preview },
      );
      return registrations.map(({ name }) => name).sort();
    };
    assert.deepEqual(await names(unknown, true), await names(1, false));
  });
});
