import assert from "node:assert/strict";
import {
  ATTACHMENT,
  BALANCER,
  EmulatorFixture,
  first,
  GROUP,
  INGRESS_RULE,
  INPUTS,
  LISTENER,
  LOAD_BALANCER,
  subnets,
  TARGET_GROUP,
} from "./support/emulatorFixture";
import type { Bag } from "./support/providerClient";

const RECORD = "aws:route53/record:Record";
const ZONE = "Z0EXAMPLE000000000001";

/** Each test names the file of the Terraform provider (internal/service) that it was held against. */
describe("the provider's updates and deletions", () => {
  const aws = EmulatorFixture.inEachTest();

  type Made = Awaited<ReturnType<typeof aws.provider.make>>;

  const checked = async (token: string, { inputs: olds }: Made, news: Bag) =>
    (await aws.provider.check(token, news, { olds })).inputs;

  async function changed(token: string, made: Made, news: Bag) {
    const inputs = await checked(token, made, news);
    const { kinds, replaces } = await aws.provider.diff(token, made.state, inputs);
    const start = aws.emulator.calls.length;
    const state = await aws.provider.update(token, made.id, made.state, inputs);
    return { kinds, replaces, state, calls: aws.callsSince(start) };
  }

  it("deregister the target with the port that it was registered with (elbv2/target_group_attachment.go)", async () => {
    const { id } = await aws.provider.make(TARGET_GROUP, GROUP);
    const [own, other] = await Promise.all(
      [{}, { port: 8080 }].map((port) =>
        aws.provider.make(ATTACHMENT, { targetGroupArn: id, targetId: first, ...port }),
      ),
    );
    await aws.provider.delete(ATTACHMENT, other.id, other.state);
    const ports = aws.emulator.elb
      .describeTargetHealth(id)
      .filter(({ state }) => state !== "draining")
      .map(({ target }) => target.port);
    assert.deepEqual(ports, [80]);
    await aws.provider.delete(ATTACHMENT, own.id, own.state);
  });

  it("fail where the target group or the listener is gone (elbv2/target_group_attachment.go, listener.go)", async () => {
    const { listener, group } = await aws.makeListener();
    const target = { targetGroupArn: group.id, targetId: first };
    const attachment = await aws.provider.make(ATTACHMENT, target);
    await aws.emulator.elb.deleteListener(listener.id);
    aws.emulator.elb.deleteTargetGroup(group.id);
    const deletions = [
      aws.provider.delete(ATTACHMENT, attachment.id, attachment.state),
      aws.provider.delete(LISTENER, listener.id, listener.state),
    ];
    await assert.rejects(deletions[0], /TargetGroupNotFound/);
    await assert.rejects(deletions[1], /ListenerNotFound/);
  });

  it("leave logs on where their block is left out, and turn them off without a bucket (elbv2/load_balancer.go)", async () => {
    const accessLogs = { bucket: "load-balanced-group-logs", enabled: true };
    const made = await aws.provider.make(LOAD_BALANCER, { ...BALANCER, accessLogs });
    const inputs = await checked(LOAD_BALANCER, made, BALANCER);
    assert.deepEqual((await aws.provider.diff(LOAD_BALANCER, made.state, inputs)).kinds, {});

    const off = { ...BALANCER, accessLogs: { bucket: "", enabled: false } };
    const { kinds, state } = await changed(LOAD_BALANCER, made, off);
    assert.deepEqual(kinds, { "accessLogs.enabled": "UPDATE" });
    const { attributes } = aws.emulator.elb.describeLoadBalancer(made.id);
    assert.equal(attributes["access_logs.s3.enabled"], "false");
    assert.equal(attributes["access_logs.s3.bucket"], accessLogs.bucket);
    const same = await checked(LOAD_BALANCER, made, off);
    assert.deepEqual((await aws.provider.diff(LOAD_BALANCER, state, same)).kinds, {});
    const without = await aws.provider.make(LOAD_BALANCER, off, "other");
    assert.equal((without.state.accessLogs as Bag | undefined)?.enabled ?? false, false);
  });

  it("change a load balancer's subnets and security groups in place (elbv2/load_balancer.go)", async () => {
    const made = await aws.provider.make(LOAD_BALANCER, BALANCER);
    const news = { ...BALANCER, subnets: subnets.slice(0, 3) };
    const { replaces, calls } = await changed(LOAD_BALANCER, made, news);
    assert.deepEqual(replaces, []);
    assert.ok(calls.includes("SetSubnets"));
  });

  it("take the cookie's name back together with its type (elbv2/target_group.go)", async () => {
    const stickiness = { type: "app_cookie", cookieName: "session" };
    const made = await aws.provider.make(TARGET_GROUP, { ...GROUP, stickiness });
    const news = { ...GROUP, stickiness: { enabled: false, type: "lb_cookie" } };
    const { kinds, state } = await changed(TARGET_GROUP, made, news);
    assert.equal(kinds["stickiness.cookieName"], "DELETE");
    assert.equal((state.stickiness as Bag).cookieName, undefined);
    const inputs = await checked(TARGET_GROUP, made, news);
    assert.deepEqual((await aws.provider.diff(TARGET_GROUP, state, inputs)).kinds, {});
  });

  it("see each time that a part of the group's health is left out, and send nothing (elbv2/target_group.go)", async () => {
    const dnsFailover = { minimumHealthyTargetsCount: "2", minimumHealthyTargetsPercentage: "off" };
    const unhealthyStateRouting = { minimumHealthyTargetsCount: 2 };
    const targetGroupHealth = { dnsFailover, unhealthyStateRouting };
    const made = await aws.provider.make(TARGET_GROUP, { ...GROUP, targetGroupHealth });
    const news = { ...GROUP, targetGroupHealth: { dnsFailover } };
    const { kinds, state, calls } = await changed(TARGET_GROUP, made, news);
    assert.deepEqual(kinds, { "targetGroupHealth.unhealthyStateRouting": "DELETE" });
    assert.ok(!calls.includes("ModifyTargetGroupAttributes"));
    const { unhealthyStateRouting: kept } = state.targetGroupHealth as Bag;
    assert.equal((kept as Bag).minimumHealthyTargetsCount, 2);
  });

  it("change the peer of a rule in place, and replace the rule for one of another kind (ec2/vpc_security_group_ingress_rule.go)", async () => {
    const made = await aws.provider.make(INGRESS_RULE, INPUTS[INGRESS_RULE]);
    const another = { ...INPUTS[INGRESS_RULE], cidrIpv4: "10.1.0.0/16" };
    const { replaces, calls } = await changed(INGRESS_RULE, made, another);
    assert.deepEqual([replaces, calls[0]], [[], "ModifySecurityGroupRules"]);
    const { cidrIpv4, ...others } = another;
    assert.equal(cidrIpv4, "10.1.0.0/16");
    const ipv6 = { ...others, cidrIpv6: "2001:db8::/32" };
    const diff = await aws.provider.diff(INGRESS_RULE, made.state, ipv6);
    assert.deepEqual(diff.replaces.sort(), ["cidrIpv4", "cidrIpv6"]);
  });

  it("delete a record by its name and type, whatever it says by now, and change its type in place (route53/record.go)", async () => {
    const inputs = {
      zoneId: ZONE,
      name: "a.example.com",
      type: "A",
      ttl: 300,
      records: ["10.0.0.1"],
    };
    const made = await aws.provider.make(RECORD, inputs);
    await assert.rejects(aws.provider.make(RECORD, inputs), /already exists/);
    const over = { ...inputs, records: ["10.0.0.2"], allowOverwrite: true };
    await aws.provider.make(RECORD, over);

    const name = { ...inputs, type: "CNAME", records: ["b.example.com"] };
    const { replaces } = await changed(RECORD, made, name);
    assert.deepEqual(replaces, []);
    const types = aws.emulator.route53.recordsIn(ZONE).map(({ type }) => type);
    assert.deepEqual(types, ["CNAME"]);
    await aws.provider.delete(RECORD, made.id, { ...name, records: ["c.example.com"] });
    assert.deepEqual(aws.emulator.route53.recordsIn(ZONE), []);
  });
});
