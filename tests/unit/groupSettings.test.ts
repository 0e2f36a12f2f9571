import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs, TargetGroupHealthArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { CERTIFICATE, EVERYTHING, TUTORIAL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { record, valueOf, type Recording } from "../support/recorder";

/** The kinds of which the provider takes tags. */
const TAKING_TAGS = new Set([
  "acm:Certificate",
  "cloudwatch:MetricAlarm",
  "ec2:SecurityGroup",
  "lb:Listener",
  "lb:ListenerRule",
  "lb:LoadBalancer",
  "lb:TargetGroup",
  "s3:Bucket",
  "vpc:SecurityGroupEgressRule",
  "vpc:SecurityGroupIngressRule",
]);

const children = ({ registrations }: Recording) => registrations.filter(({ parent }) => parent);

describe("the settings of a group", () => {
  it("sends the target group's settings as they are given", async () => {
    const { inputs } = (
      await recordGroup({
        ...TUTORIAL,
        targetGroup: {
          port: 3000,
          protocol: "HTTPS",
          deregistrationDelay: 0,
          slowStart: 30,
          loadBalancingAlgorithmType: "round_robin",
          stickiness: { type: "app_cookie", cookieName: "session", cookieDuration: 60 },
          healthCheck: { path: "/health", port: 9000, interval: 30, matcher: "200-299" },
        },
      })
    ).find("web-tg");

    assert.equal(inputs.port, 3000);
    assert.equal(inputs.deregistrationDelay, 0);
    assert.equal(inputs.slowStart, 30);
    assert.deepEqual(inputs.stickiness, {
      cookieDuration: 60,
      cookieName: "session",
      enabled: true,
      type: "app_cookie",
    });
    assert.deepEqual(inputs.healthCheck, {
      healthyThreshold: 2,
      interval: 30,
      matcher: "200-299",
      path: "/health",
      port: "9000",
      protocol: "HTTPS",
      timeout: 2,
      unhealthyThreshold: 2,
    });
  });

  it("sends how requests are spread over the targets", async () => {
    const { inputs } = (
      await recordGroup({
        ...TUTORIAL,
        targetGroup: {
          loadBalancingAlgorithmType: "weighted_random",
          loadBalancingAnomalyMitigation: "on",
          loadBalancingCrossZone: "false",
        },
      })
    ).find("web-tg");
    assert.equal(inputs.loadBalancingAnomalyMitigation, "on");
    assert.equal(inputs.loadBalancingCrossZoneEnabled, "false");
    assert.deepEqual(inputs.targetGroupHealth, {
      dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
      unhealthyStateRouting: {
        minimumHealthyTargetsCount: 1,
        minimumHealthyTargetsPercentage: "off",
      },
    });
  });

  it("sends all thresholds of health when one is given, DNS failover's no lower", async () => {
    const healthOf = async (targetGroupHealth: TargetGroupHealthArgs) =>
      (await recordGroup({ ...TUTORIAL, targetGroup: { targetGroupHealth } })).find("web-tg").inputs
        .targetGroupHealth;
    const thresholds = (dns: [string, string], routing: [number, string]) => ({
      dnsFailover: { minimumHealthyTargetsCount: dns[0], minimumHealthyTargetsPercentage: dns[1] },
      unhealthyStateRouting: {
        minimumHealthyTargetsCount: routing[0],
        minimumHealthyTargetsPercentage: routing[1],
      },
    });

    assert.deepEqual(await healthOf({}), thresholds(["1", "off"], [1, "off"]));
    assert.deepEqual(
      await healthOf({
        unhealthyStateRouting: {
          minimumHealthyTargetsCount: pulumi.output(3),
          minimumHealthyTargetsPercentage: "50",
        },
      }),
      thresholds(["3", "50"], [3, "50"]),
    );
    const given = thresholds(["off", "60"], [2, "50"]);
    assert.deepEqual(await healthOf(given), given);
  });

  it("keeps the tutorial's health check beside each single setting", async () => {
    const settings = {
      healthyThreshold: 3,
      unhealthyThreshold: 4,
      timeout: 3,
      interval: 6,
      path: "/x",
      matcher: "204",
      protocol: "HTTPS",
    } as const;
    const checkOf = async (healthCheck: object) =>
      (await recordGroup({ ...TUTORIAL, targetGroup: { healthCheck } })).find("web-tg").inputs
        .healthCheck as Record<string, unknown>;

    const defaults = await checkOf({});
    for (const [key, value] of Object.entries(settings)) {
      assert.deepEqual(await checkOf({ [key]: value }), { ...defaults, [key]: value });
    }
  });

  it("checks gRPC by AWS's own method and code", async () => {
    const { inputs } = (
      await recordGroup({
        ...TUTORIAL,
        certificateArn: CERTIFICATE,
        targetGroup: { protocolVersion: "GRPC" },
      })
    ).find("web-tg");
    const { path, matcher } = inputs.healthCheck as Record<string, unknown>;
    assert.deepEqual([path, matcher], ["/AWS.ALB/healthcheck", "12"]);
    assert.equal(inputs.protocolVersion, "GRPC");
  });

  it("uses the load balancer's cookie by default, and none without stickiness", async () => {
    const stickinessOf = async (targetGroup: LoadBalancedGroupArgs["targetGroup"]) =>
      (await recordGroup({ ...TUTORIAL, targetGroup })).find("web-tg").inputs.stickiness;
    assert.deepEqual(await stickinessOf({ stickiness: {} }), {
      enabled: true,
      type: "lb_cookie",
      cookieDuration: 86400,
    });
    // Off, in so many words, since the provider leaves it on when nothing is said of it.
    assert.deepEqual(await stickinessOf({}), {
      enabled: false,
      type: "lb_cookie",
      cookieDuration: 86400,
    });
  });

  it("protects the load balancer and writes logs where asked", async () => {
    const { inputs } = (
      await recordGroup({
        ...TUTORIAL,
        deletionProtection: true,
        accessLogs: { bucket: "logs", prefix: "web" },
      })
    ).find("web-alb");
    assert.equal(inputs.enableDeletionProtection, true);
    assert.deepEqual(inputs.accessLogs, { bucket: "logs", enabled: true, prefix: "web" });
  });

  it("tags every child that takes tags", async () => {
    const tags = { environment: "production" };
    const recording = await recordGroup({ ...EVERYTHING, tags });
    for (const { name, type, inputs } of children(recording)) {
      const kind = type.split("/")[0].slice("aws:".length) + type.slice(type.lastIndexOf(":"));
      assert.deepEqual(inputs.tags, TAKING_TAGS.has(kind) ? tags : undefined, `${name} ${kind}`);
    }
  });

  it("keeps secrets secret", async () => {
    const { find, failures } = await recordGroup({
      ...ZONES,
      targets: { a: { id: pulumi.secret("i-1") } },
      certificateArn: pulumi.secret(CERTIFICATE),
      targetGroup: { healthCheck: { path: pulumi.secret("/hidden") } },
      tags: pulumi.secret({ owner: "someone" }),
    });

    assert.deepEqual(failures, []);
    assert.deepEqual(find("web-attachment-a:80").inputs.targetId, { secret: "i-1" });
    assert.deepEqual(find("web-https").inputs.certificateArn, { secret: CERTIFICATE });
    assert.deepEqual(find("web-alb").inputs.tags, { secret: { owner: "someone" } });
    const { healthCheck } = find("web-tg").inputs;
    assert.match(JSON.stringify(healthCheck), /"secret":.*"\/hidden"/);
  });

  it("creates its children, and makes its lookups, with the provider that it is given", async () => {
    const recording = await record(
      () => {
        const provider = new aws.Provider("elsewhere", { region: "us-west-2" });
        new LoadBalancedGroup("web", EVERYTHING, { providers: [provider] });
      },
      { preview: true },
    );

    assert.deepEqual(recording.failures, []);
    for (const { name, provider } of children(recording)) assert.match(provider, /elsewhere/, name);
    assert.ok(recording.invocations.length >= 12, String(recording.invocations.length));
    for (const { token, provider } of recording.invocations) {
      assert.match(provider, /elsewhere/, token);
    }
  });

  it("passes protection on to its children, and its former name to the engine", async () => {
    const opts = { protect: true, aliases: [{ name: "old" }] };
    const recording = await recordGroup(TUTORIAL, { opts });
    assert.deepEqual(recording.find("web").aliases, ["old"]);
    for (const { name, protect } of recording.registrations) assert.equal(protect, true, name);
  });

  it("leaves the arguments as they were", async () => {
    const args: LoadBalancedGroupArgs = {
      ...ZONES,
      instanceIds: ["i-2", "i-1"],
      targets: { b: { id: pulumi.output("i-1"), port: 81 } },
      targetGroup: { healthCheck: { interval: pulumi.output(10) } },
      tags: { a: pulumi.output("b") },
    };
    const shape = () => pulumi.all([args, Object.keys(args)]).apply((all) => JSON.stringify(all));
    const freeze = (value: object): void => {
      Object.freeze(value);
      for (const one of Object.values(value)) {
        if (typeof one === "object" && !pulumi.Output.isInstance(one)) freeze(one as object);
      }
    };
    const before = shape();
    freeze(args);
    const { failures } = await recordGroup(args);

    assert.deepEqual(failures, []);
    assert.equal(await valueOf(before), await valueOf(shape()));
  });
});
