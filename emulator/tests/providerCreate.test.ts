import assert from "node:assert/strict";
import {
  EmulatorFixture,
  ATTACHMENT,
  BALANCER,
  EGRESS_RULE,
  GROUP,
  INGRESS_RULE,
  LISTENER,
  LOAD_BALANCER,
  SECURITY_GROUP,
  TARGET_GROUP,
  WEB,
  certificateArn,
  first,
  subnets,
  vpcId,
} from "./support/emulatorFixture";
import { initializationFailure, secret, UNKNOWN } from "./support/providerClient";

describe("the local aws provider: creation", () => {
  const aws = EmulatorFixture.inEachTest();

  describe("Create", () => {
    it("makes a target group with what AWS decides in its state", async () => {
      const { id, state, inputs } = await aws.provider.make(TARGET_GROUP, {
        ...GROUP,
        tags: { a: "b" },
      });
      assert.equal(state.arn, id);
      assert.match(String(state.arnSuffix), /^targetgroup\/web-[0-9a-f]{7}\/[0-9a-f]{16}$/);
      assert.deepEqual(
        [state.name, state.protocolVersion, state.ipAddressType, state.region, state.tagsAll],
        [inputs.name, "HTTP1", "ipv4", "us-west-2", { a: "b" }],
      );
      assert.deepEqual(state.healthCheck, {
        enabled: true,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
        interval: 30,
        timeout: 5,
        matcher: "200",
        path: "/",
        port: "traffic-port",
        protocol: "HTTP",
      });
      assert.deepEqual(aws.callsSince(0).slice(0, 2), [
        "CreateTargetGroup",
        "ModifyTargetGroupAttributes",
      ]);
    });

    it("sends the attributes of a target group under AWS's keys", async () => {
      const { id, state } = await aws.provider.make(TARGET_GROUP, {
        ...GROUP,
        deregistrationDelay: 5,
        stickiness: { type: "app_cookie", cookieName: "sid", cookieDuration: 60 },
        targetGroupHealth: {
          dnsFailover: { minimumHealthyTargetsPercentage: "50" },
          unhealthyStateRouting: { minimumHealthyTargetsCount: 2 },
        },
      });
      const { attributes } = aws.emulator.elb.describeTargetGroup(id);
      assert.equal(attributes["deregistration_delay.timeout_seconds"], "5");
      assert.equal(attributes["stickiness.app_cookie.duration_seconds"], "60");
      assert.equal(
        attributes["target_group_health.unhealthy_state_routing.minimum_healthy_targets.count"],
        "2",
      );
      assert.equal(
        attributes["target_group_health.dns_failover.minimum_healthy_targets.count"],
        "off",
      );
      assert.deepEqual(state.stickiness, {
        enabled: true,
        type: "app_cookie",
        cookieName: "sid",
        cookieDuration: 60,
      });
    });

    it("serves traffic through a listener", async () => {
      const { group, listener, balancer } = await aws.makeListener();
      await aws.provider.make(ATTACHMENT, { targetGroupArn: group.id, targetId: first });
      assert.match(String(balancer.state.dnsName), /./);
      assert.match(String(balancer.state.zoneId), /^Z/);
      const response = await fetch(aws.emulator.elb.listenerUrl(listener.id));
      assert.equal(response.headers.get("x-instance-id"), first);
    });

    it("makes HTTPS and redirecting listeners", async () => {
      const { group, balancer } = await aws.makeListener();
      const https = await aws.provider.make(LISTENER, {
        loadBalancerArn: balancer.id,
        port: 443,
        protocol: "HTTPS",
        certificateArn,
        defaultActions: [{ type: "forward", targetGroupArn: group.id }],
      });
      assert.equal(typeof https.state.sslPolicy, "string");
      const redirect = await aws.provider.make(LISTENER, {
        loadBalancerArn: balancer.id,
        port: 8080,
        protocol: "HTTP",
        defaultActions: [
          {
            type: "redirect",
            redirect: { statusCode: "HTTP_301", protocol: "HTTPS", port: "443" },
          },
        ],
      });
      const url = aws.emulator.elb.listenerUrl(redirect.id);
      assert.equal((await fetch(url, { redirect: "manual" })).status, 301);
    });

    it("makes a security group without AWS's egress rule, and rules with ids of their own", async () => {
      const { id, state } = await aws.provider.make(SECURITY_GROUP, {});
      assert.deepEqual([state.vpcId, state.ownerId], [vpcId, "123456789012"]);
      assert.deepEqual(aws.emulator.ec2.securityGroup(id).rules, []);
      const peer = { securityGroupId: id, ipProtocol: "tcp", fromPort: 80, toPort: 80 };
      const ingress = await aws.provider.make(INGRESS_RULE, { ...peer, cidrIpv4: "0.0.0.0/0" });
      const egress = await aws.provider.make(EGRESS_RULE, {
        ...peer,
        referencedSecurityGroupId: WEB,
      });
      assert.deepEqual(
        aws.emulator.ec2
          .securityGroup(id)
          .rules.map((rule) => [rule.securityGroupRuleId, rule.isEgress]),
        [
          [ingress.id, false],
          [egress.id, true],
        ],
      );
      assert.equal(
        ingress.state.arn,
        `arn:aws:ec2:us-west-2:123456789012:security-group-rule/${ingress.id}`,
      );
    });

    it("hands AWS's refusals through as the real provider does", async () => {
      const wrong = { ...BALANCER, subnets: [subnets[0]], name: "web" };
      await assert.rejects(
        aws.provider.make(LOAD_BALANCER, wrong),
        /1 error occurred:\n\t\* creating ELBv2 Load Balancer \(web\): operation error Elastic Load Balancing v2: CreateLoadBalancer, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, api error \w+: .*subnets/,
      );
      await assert.rejects(
        aws.provider.make(INGRESS_RULE, {
          securityGroupId: WEB,
          ipProtocol: "tcp",
          fromPort: 80,
          toPort: 80,
          cidrIpv4: "0.0.0.0/0",
        }),
        /operation error EC2: AuthorizeSecurityGroupIngress, .* api error InvalidPermission\.Duplicate: /,
      );
    });

    it("repeats a registration that AWS refuses as invalid, then fails", async () => {
      const { id } = await aws.provider.make(TARGET_GROUP, GROUP);
      const start = aws.emulator.calls.length;
      await assert.rejects(
        aws.provider.make(ATTACHMENT, { targetGroupArn: id, targetId: "i-0a1b2c3d4e5f6ffff" }),
        /registering ELBv2 Target Group .*api error InvalidTarget: /,
      );
      assert.ok(aws.callsSince(start).filter((call) => call === "RegisterTargets").length > 1);
    });

    it("keeps a load balancer whose settings AWS refuses, and says that it is incomplete", async () => {
      const { inputs } = await aws.provider.check(LOAD_BALANCER, {
        ...BALANCER,
        idleTimeout: 4001,
      });
      const error: unknown = await aws.provider
        .create(LOAD_BALANCER, inputs)
        .catch((e: unknown) => e);
      const { id, reasons } = initializationFailure(error);
      assert.equal(aws.emulator.elb.describeLoadBalancer(id).loadBalancerName, inputs.name);
      assert.match(reasons[0], /^modifying ELBv2 Load Balancer .* attributes: .*idle_timeout/);
    });

    it("refuses more than 50 tags and AWS's own, and makes nothing", async () => {
      const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
      await assert.rejects(
        aws.provider.make(TARGET_GROUP, { ...GROUP, name: "t", tags }),
        /TooManyTags/,
      );
      await assert.rejects(
        aws.provider.make(TARGET_GROUP, { ...GROUP, name: "t", tags: { "aws:x": "v" } }),
        /reserved for system use: 'aws:x'/,
      );
      await aws.provider.make(TARGET_GROUP, { ...GROUP, name: "t" });
    });

    it("touches nothing in a preview, and leaves unknown what AWS decides", async () => {
      const { inputs } = await aws.provider.check(LISTENER, {
        loadBalancerArn: UNKNOWN,
        port: 80,
        defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
      });
      const { id, state } = await aws.provider.create(LISTENER, inputs, { preview: true });
      assert.equal(id, "");
      assert.deepEqual([state.arn, state.loadBalancerArn, state.port], [UNKNOWN, UNKNOWN, 80]);
      assert.deepEqual(aws.emulator.calls, []);
    });

    it("keeps secrets secret in the state, and gives AWS the plain values", async () => {
      const news = { ...GROUP, vpcId: secret(vpcId), tags: { a: secret("b") } };
      const { id, state } = await aws.provider.make(TARGET_GROUP, news);
      assert.equal(aws.emulator.elb.describeTargetGroup(id).vpcId, vpcId);
      assert.deepEqual(state.vpcId, secret(vpcId));
      assert.deepEqual(state.tagsAll, secret({ a: "b" }));
      const read = await aws.provider.read(TARGET_GROUP, id, { state });
      assert.deepEqual(read.state.vpcId, secret(vpcId));
    });
  });
});
