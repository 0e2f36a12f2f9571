import assert from "node:assert/strict";
import {
  EmulatorFixture,
  ATTACHMENT,
  BALANCER,
  GROUP,
  INGRESS_RULE,
  INPUTS,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  SECURITY_GROUP,
  TARGET_GROUP,
  WEB,
  first,
  second,
  subnets,
} from "./support/emulatorFixture";
import { type Bag, UNKNOWN } from "./support/providerClient";

describe("the local aws provider: change", () => {
  const aws = EmulatorFixture.inEachTest();

  describe("Diff", () => {
    it("is empty for equal inputs, with any values of AWS's and any order of sets", async () => {
      const balancer = await aws.provider.make(LOAD_BALANCER, BALANCER);
      const reversed = { ...balancer.inputs, subnets: [...BALANCER.subnets].reverse() };
      assert.deepEqual(await aws.provider.diff(LOAD_BALANCER, balancer.state, reversed), {
        kinds: {},
        replaces: [],
        deleteBeforeReplace: false,
      });
      const group = await aws.provider.make(TARGET_GROUP, {
        ...GROUP,
        tags: {},
        healthCheck: { interval: 6 },
      });
      assert.deepEqual(
        (await aws.provider.diff(TARGET_GROUP, group.state, group.inputs)).kinds,
        {},
      );
    });

    const replacing: [string, Bag, string[]][] = [
      [TARGET_GROUP, { port: 81 }, ["port"]],
      [
        TARGET_GROUP,
        { protocol: "HTTPS", protocolVersion: "HTTP2" },
        ["protocol", "protocolVersion"],
      ],
      [TARGET_GROUP, { vpcId: UNKNOWN, targetType: "ip" }, ["targetType", "vpcId"]],
      [LOAD_BALANCER, { internal: true }, ["internal"]],
      [SECURITY_GROUP, { description: "other" }, ["description"]],
      [INGRESS_RULE, { securityGroupId: "sg-2" }, ["securityGroupId"]],
    ];
    for (const [token, change, replaces] of replacing) {
      it(`replaces ${token} for a change of ${replaces.join(" and ")}`, async () => {
        const { state, inputs } = await aws.provider.make(token, INPUTS[token]);
        const diff = await aws.provider.diff(token, state, { ...inputs, ...change });
        assert.deepEqual(diff.replaces.sort(), replaces);
        assert.equal(diff.deleteBeforeReplace, false);
      });
    }

    it("deletes first where a given name is in the way", async () => {
      const { state, inputs } = await aws.provider.make(TARGET_GROUP, { ...GROUP, name: "fixed" });
      const port = await aws.provider.diff(TARGET_GROUP, state, { ...inputs, port: 81 });
      assert.deepEqual([port.replaces, port.deleteBeforeReplace], [["port"], true]);
      const name = await aws.provider.diff(TARGET_GROUP, state, { ...inputs, name: "other" });
      assert.deepEqual([name.replaces, name.deleteBeforeReplace], [["name"], false]);
    });

    it("replaces an attachment for any change", async () => {
      const state = { targetGroupArn: "arn", targetId: first };
      const inputs = {
        targetGroupArn: "arn2",
        targetId: second,
        port: 81,
        availabilityZone: "all",
      };
      assert.deepEqual((await aws.provider.diff(ATTACHMENT, state, inputs)).kinds, {
        targetGroupArn: "UPDATE_REPLACE",
        targetId: "UPDATE_REPLACE",
        port: "ADD_REPLACE",
        availabilityZone: "ADD_REPLACE",
      });
    });

    it("names what changes in place, with the path inside blocks", async () => {
      const { listener, group } = await aws.makeListener();
      const news = {
        ...listener.inputs,
        port: 81,
        defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
      };
      assert.deepEqual((await aws.provider.diff(LISTENER, listener.state, news)).kinds, {
        port: "UPDATE",
        "defaultActions[0].targetGroupArn": "UPDATE",
      });
      const { tags, ...rest } = { ...group.inputs, tags: undefined };
      assert.equal(tags, undefined);
      const tagged = { ...group.state, tags: { a: "b" } };
      assert.deepEqual((await aws.provider.diff(TARGET_GROUP, tagged, rest)).kinds, {
        tags: "DELETE",
      });
    });
  });

  describe("Update", () => {
    it("calls AWS for what changed, in the real provider's order", async () => {
      const group = await aws.provider.make(TARGET_GROUP, GROUP);
      const start = aws.emulator.calls.length;
      const state = await aws.provider.update(TARGET_GROUP, group.id, group.state, {
        ...group.inputs,
        tags: { a: "b" },
        deregistrationDelay: 5,
        healthCheck: { enabled: true, interval: 10, healthyThreshold: 3, unhealthyThreshold: 3 },
      });
      assert.deepEqual(aws.callsSince(start), [
        "AddTags",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "DescribeTargetGroups",
      ]);
      assert.deepEqual([state.deregistrationDelay, state.tagsAll], [5, { a: "b" }]);
      assert.equal(aws.emulator.elb.describeTargetGroup(group.id).healthCheck.intervalSeconds, 10);
    });

    it("adds and removes tags by calls of their own, and refuses AWS's", async () => {
      const { id, state, inputs } = await aws.provider.make(TARGET_GROUP, {
        ...GROUP,
        tags: { a: "b", c: "d" },
      });
      const start = aws.emulator.calls.length;
      const news = { ...inputs, tags: { a: "changed" } };
      const now = await aws.provider.update(TARGET_GROUP, id, state, news);
      assert.deepEqual(aws.callsSince(start), ["RemoveTags", "AddTags", "DescribeTargetGroups"]);
      assert.deepEqual(now.tagsAll, { a: "changed" });
      assert.deepEqual((await aws.provider.read(TARGET_GROUP, id)).inputs.tags, { a: "changed" });
      const reserved = { ...inputs, tags: { "aws:x": "y" } };
      await assert.rejects(
        aws.provider.update(TARGET_GROUP, id, now, reserved),
        /modifying tags of .* api error InvalidParameterValue: /,
      );
    });

    it("moves a load balancer to other subnets and security groups", async () => {
      const { id, state, inputs } = await aws.provider.make(LOAD_BALANCER, BALANCER);
      const { id: securityGroup } = await aws.provider.make(SECURITY_GROUP, {});
      const start = aws.emulator.calls.length;
      const now = await aws.provider.update(LOAD_BALANCER, id, state, {
        ...inputs,
        subnets: subnets.slice(1, 3),
        securityGroups: [securityGroup],
        idleTimeout: 30,
      });
      assert.deepEqual(aws.callsSince(start).slice(0, 3), [
        "ModifyLoadBalancerAttributes",
        "SetSecurityGroups",
        "SetSubnets",
      ]);
      assert.deepEqual([now.subnets, now.idleTimeout], [subnets.slice(1, 3), 30]);
    });

    it("reserves a load balancer's capacity, and ends the reservation when the block goes", async () => {
      const minimumLoadBalancerCapacity = { capacityUnits: 100 };
      const reserving = { ...BALANCER, minimumLoadBalancerCapacity };
      const { id, inputs, state } = await aws.provider.make(LOAD_BALANCER, reserving);
      assert.deepEqual(state.minimumLoadBalancerCapacity, minimumLoadBalancerCapacity);
      const { minimumLoadBalancerCapacity: ended, ...without } = inputs;
      assert.deepEqual(ended, minimumLoadBalancerCapacity);
      const after = await aws.provider.update(LOAD_BALANCER, id, state, without);
      assert.equal(after.minimumLoadBalancerCapacity ?? undefined, undefined);
      assert.deepEqual((await aws.provider.diff(LOAD_BALANCER, after, without)).kinds, {});
    });

    it("changes a rule in place", async () => {
      const rule = await aws.provider.make(INGRESS_RULE, INPUTS[INGRESS_RULE]);
      const news = { ...rule.inputs, toPort: 91, description: "more" };
      await aws.provider.update(INGRESS_RULE, rule.id, rule.state, news);
      const { toPort, description } = aws.emulator.ec2.securityGroups.describeRule(rule.id);
      assert.deepEqual([toPort, description], [91, "more"]);
    });

    it("touches nothing in a preview", async () => {
      const { id, state, inputs } = await aws.provider.make(TARGET_GROUP, GROUP);
      const start = aws.emulator.calls.length;
      const news = { ...inputs, deregistrationDelay: 5, tags: { a: UNKNOWN } };
      const now = await aws.provider.update(TARGET_GROUP, id, state, news, { preview: true });
      assert.deepEqual([now.arn, now.deregistrationDelay], [id, 5]);
      assert.deepEqual(now.tagsAll, { a: UNKNOWN });
      assert.deepEqual(aws.callsSince(start), []);
    });
  });

  describe("what another tool has changed", () => {
    const toOther = (targetGroupArn: string) => ({ type: "forward" as const, targetGroupArn });

    async function shifted() {
      const { listener, group } = await aws.makeListener();
      const { id: other } = await aws.provider.make(TARGET_GROUP, GROUP, "other");
      const rule = await aws.provider.make(LISTENER_RULE, {
        listenerArn: listener.id,
        priority: 1,
        conditions: [{ pathPattern: { values: ["/a"] } }],
        actions: [{ type: "forward", targetGroupArn: group.id }],
      });
      const { elb } = aws.emulator;
      const before = elb.describeListener(listener.id);
      await elb.modifyListener(listener.id, { ...before, defaultAction: toOther(other) });
      elb.modifyRule(rule.id, { action: toOther(other) });
      return { listener, rule, group: group.id, other, elb };
    }

    it("is not sent with another property, since the state does not differ", async () => {
      const { listener, rule, other, elb } = await shifted();
      const port = { ...listener.inputs, port: 81 };
      await aws.provider.update(LISTENER, listener.id, listener.state, port);
      assert.deepEqual(elb.describeListener(listener.id).defaultAction, toOther(other));
      assert.equal(elb.describeListener(listener.id).port, 81);
      const conditions = [{ pathPattern: { values: ["/b"] } }];
      const news = { ...rule.inputs, conditions };
      await aws.provider.update(LISTENER_RULE, rule.id, rule.state, news);
      const now = elb.describeRule(rule.id);
      assert.deepEqual(now.action, toOther(other));
      assert.deepEqual(now.conditions, [{ field: "path-pattern", values: ["/b"] }]);
    });

    it("is taken back when the state has it, unless the program ignores changes of it", async () => {
      const { listener, rule, other, elb } = await shifted();
      for (const [token, { id, state, inputs }, name, change] of [
        [LISTENER, listener, "defaultActions", { port: 81 }],
        [LISTENER_RULE, rule, "actions", { priority: 2 }],
      ] as const) {
        const read = await aws.provider.read(token, id, { state, inputs });
        const paths = Object.keys((await aws.provider.diff(token, read.state, inputs)).kinds);
        assert.deepEqual(paths, [`${name}[0].targetGroupArn`]);
        for (const ignored of [name, `${name}[0].targetGroupArn`, `${name}[*].targetGroupArn`]) {
          const { kinds } = await aws.provider.diff(token, read.state, inputs, [ignored]);
          assert.deepEqual(kinds, {}, ignored);
        }
        const options = { ignoreChanges: [name] };
        await aws.provider.update(token, id, read.state, { ...inputs, ...change }, options);
      }
      const after = elb.describeListener(listener.id);
      assert.deepEqual([after.defaultAction, after.port], [toOther(other), 81]);
      const { action, priority } = elb.describeRule(rule.id);
      assert.deepEqual([action, priority], [toOther(other), 2]);
    });

    it("is no target group if there are several now, and the state has the form for one", async () => {
      const { listener, group, other, elb } = await shifted();
      const targetGroups = [group, other].map((targetGroupArn) => ({ targetGroupArn, weight: 1 }));
      const defaultAction = { type: "forward" as const, targetGroups };
      await elb.modifyListener(listener.id, {
        ...elb.describeListener(listener.id),
        defaultAction,
      });
      const read = await aws.provider.read(LISTENER, listener.id, listener);
      const actions = [{ type: "forward", order: 1, targetGroupArn: "" }];
      assert.deepEqual(read.state.defaultActions, actions);
      assert.deepEqual((await aws.provider.check(LISTENER, read.inputs)).failures, []);
      const { kinds } = await aws.provider.diff(LISTENER, read.state, listener.inputs);
      assert.deepEqual(kinds, { "defaultActions[0].targetGroupArn": "ADD" });
    });

    it("is sent if it differs, and nothing else of a rule", async () => {
      const { rule, elb } = await shifted();
      const conditions = [{ field: "path-pattern" as const, values: ["/c"] }];
      elb.modifyRule(rule.id, { conditions });
      const actions = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }];
      const news = { ...rule.inputs, actions };
      await aws.provider.update(LISTENER_RULE, rule.id, rule.state, news);
      const now = elb.describeRule(rule.id);
      assert.deepEqual([now.action.type, now.conditions], ["fixed-response", conditions]);
    });
  });

  describe("Read", () => {
    it("finds drift, in the properties that were given", async () => {
      const group = await aws.provider.make(TARGET_GROUP, {
        ...GROUP,
        healthCheck: { interval: 10 },
      });
      const { healthCheck } = aws.emulator.elb.describeTargetGroup(group.id);
      aws.emulator.elb.modifyTargetGroup(group.id, { ...healthCheck, intervalSeconds: 20 });
      const { state, inputs } = await aws.provider.read(TARGET_GROUP, group.id, group);
      assert.equal((inputs.healthCheck as Bag).interval, 20);
      assert.equal((inputs.healthCheck as Bag).matcher, undefined);
      const { kinds } = await aws.provider.diff(TARGET_GROUP, state, group.inputs);
      assert.deepEqual(kinds, { "healthCheck.interval": "UPDATE" });
    });

    it("imports by id with inputs that make no difference", async () => {
      const { group, balancer, listener } = await aws.makeListener();
      const rule = await aws.provider.make(INGRESS_RULE, INPUTS[INGRESS_RULE]);
      const made = [
        [TARGET_GROUP, group.id],
        [LOAD_BALANCER, balancer.id],
        [LISTENER, listener.id],
        [INGRESS_RULE, rule.id],
        [SECURITY_GROUP, WEB],
      ];
      for (const [token, id] of made) {
        const read = await aws.provider.read(token, id);
        const { inputs, failures: none } = await aws.provider.check(token, read.inputs);
        assert.deepEqual(none, []);
        assert.deepEqual((await aws.provider.diff(token, read.state, inputs)).kinds, {}, token);
      }
    });

    it("imports an attachment by the group's ARN, the target and its port", async () => {
      const { id } = await aws.provider.make(TARGET_GROUP, GROUP);
      const inputs = { targetGroupArn: id, targetId: first, port: 8080 };
      const made = await aws.provider.make(ATTACHMENT, inputs);
      const read = await aws.provider.read(ATTACHMENT, `${id},${first},8080`);
      assert.equal(read.id, made.id);
      assert.deepEqual(read.inputs, { ...inputs, __defaults: [] });
      assert.equal((await aws.provider.read(ATTACHMENT, `${id},${first},9090`)).id, "");
    });

    it("says that what was deleted elsewhere is gone", async () => {
      const { listener, balancer, group } = await aws.makeListener();
      await aws.emulator.elb.deleteLoadBalancer(balancer.id);
      aws.emulator.elb.deleteTargetGroup(group.id);
      assert.equal((await aws.provider.read(LISTENER, listener.id)).id, "");
      assert.equal((await aws.provider.read(LOAD_BALANCER, balancer.id)).id, "");
      assert.equal((await aws.provider.read(TARGET_GROUP, group.id)).id, "");
      assert.equal((await aws.provider.read(SECURITY_GROUP, "sg-1")).id, "");
      assert.equal((await aws.provider.read(INGRESS_RULE, "sgr-1")).id, "");
    });
  });

  describe("Delete", () => {
    it("succeeds, and again when the resource is gone", async () => {
      const { listener, balancer, group } = await aws.makeListener();
      const target = { targetGroupArn: group.id, targetId: first };
      const attachment = await aws.provider.make(ATTACHMENT, target);
      const rule = await aws.provider.make(INGRESS_RULE, INPUTS[INGRESS_RULE]);
      const securityGroup = await aws.provider.make(SECURITY_GROUP, {});
      await aws.provider.delete(LISTENER, listener.id, listener.state);
      await aws.provider.delete(ATTACHMENT, attachment.id, attachment.state);
      for (let time = 0; time < 2; time++) {
        await aws.provider.delete(LOAD_BALANCER, balancer.id, balancer.state);
        await aws.provider.delete(TARGET_GROUP, group.id, group.state);
        await aws.provider.delete(INGRESS_RULE, rule.id, rule.state);
        await aws.provider.delete(SECURITY_GROUP, securityGroup.id, securityGroup.state);
      }
    });

    it("refuses what AWS keeps: groups in use, and protected load balancers", async () => {
      const { group, balancer } = await aws.makeListener();
      await assert.rejects(
        aws.provider.delete(TARGET_GROUP, group.id, group.state),
        /ResourceInUse/,
      );
      aws.emulator.elb.modifyLoadBalancerAttributes(balancer.id, {
        "deletion_protection.enabled": "true",
      });
      await assert.rejects(
        aws.provider.delete(LOAD_BALANCER, balancer.id, balancer.state),
        /deleting ELBv2 Load Balancer .* api error OperationNotPermitted: /,
      );
      const { id, state } = await aws.provider.make(SECURITY_GROUP, {});
      aws.emulator.elb.setSecurityGroups(balancer.id, [id]);
      await assert.rejects(aws.provider.delete(SECURITY_GROUP, id, state), /DependencyViolation/);
    });
  });
});
