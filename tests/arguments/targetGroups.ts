import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { CERTIFICATE } from "../support/exampleArgs";
import { api, WEEK, OTHER_PROTOCOLS } from "./limits";
import { bad, maps, type ArgumentTable } from "./table";

const COUNT = "minimumHealthyTargetsCount";
const PERCENTAGE = "minimumHealthyTargetsPercentage";

const targetGroup = (group: object) => ({ targetGroup: group });
const health = (targetGroupHealth: object) => targetGroup({ targetGroupHealth });
const thresholds = (count: string, percentage: string, routing: number, routingShare: string) =>
  health({
    dnsFailover: { [COUNT]: count, [PERCENTAGE]: percentage },
    unhealthyStateRouting: { [COUNT]: routing, [PERCENTAGE]: routingShare },
  });
const byIpv6 = (others: object) => ({
  ipAddressType: "dualstack",
  targetGroup: { ipAddressType: "ipv6" },
  ...others,
});
const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";
const functionGroup = (settings: object) => ({
  targetGroup: { targetType: "lambda", ...settings },
  targets: { api: { id: FUNCTION } },
});

const inTargetGroup = (path: string, code: ProblemCode, group: object, ...says: string[]) =>
  bad(`targetGroup.${path}`, code, targetGroup(group), ...says);
const inHealth = (path: string, code: ProblemCode, settings: object, ...says: string[]) =>
  bad(`targetGroup.targetGroupHealth.${path}`, code, health(settings), ...says);
const ofFunction = (path: string, code: ProblemCode, group: object, ...says: string[]) =>
  inTargetGroup(path, code, { targetType: "lambda", ...group }, ...says);

const HTTPS = { certificateArn: CERTIFICATE };
const RANDOM = { targetGroup: { loadBalancingAlgorithmType: "weighted_random" } };
const APPLICATION = { targetGroup: { stickiness: { type: "app_cookie", cookieName: "sid" } } };
const NO_SERVERS = { instanceIds: undefined, targetGroup: { targetType: "lambda" } };

const FAILOVER = {
  targetGroup: {
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: "9", minimumHealthyTargetsPercentage: "90" },
    },
  },
};

/** A target group's settings. */
export const TARGET_GROUPS: ArgumentTable = {
  good: [
    [
      "no slow start, for another algorithm",
      targetGroup({ slowStart: 0, loadBalancingAlgorithmType: "weighted_random" }),
    ],
    ["HTTPS to targets", targetGroup({ protocol: "HTTPS" })],
    [
      "HTTP2 behind HTTPS",
      { certificateArn: CERTIFICATE, ...targetGroup({ protocolVersion: "HTTP2" }) },
    ],
    ["the load balancer's cookie", targetGroup({ stickiness: { cookieDuration: 1 } })],
    [
      "the application's cookie",
      targetGroup({ stickiness: { type: "app_cookie", cookieName: "session" } }),
    ],
    [
      "stickiness with the fewest requests",
      targetGroup({ stickiness: {}, loadBalancingAlgorithmType: "least_outstanding_requests" }),
    ],
    ["instances that are reached by IPv6", byIpv6({ instanceIds: ["i-1"] })],
    [
      "IPv6 behind no public IPv4 addresses",
      byIpv6({ ipAddressType: "dualstack-without-public-ipv4" }),
    ],
    [
      "target groups of both kinds",
      {
        ipAddressType: "dualstack",
        targetGroup: { ipAddressType: "ipv4" },
        targetGroups: { blue: { ipAddressType: "ipv6" } },
        forward: { weights: { default: 1, blue: 1 } },
      },
    ],
    ["a group of IPv4 in words", { targetGroup: { ipAddressType: "ipv4" } }],
    [
      "a function of IPv4, which other languages fill in",
      { targetGroup: { targetType: "lambda", ipAddressType: "ipv4" } },
    ],
    [
      "anomaly mitigation",
      targetGroup({
        loadBalancingAnomalyMitigation: "on",
        loadBalancingAlgorithmType: "weighted_random",
      }),
    ],
    ["no anomaly mitigation", targetGroup({ loadBalancingAnomalyMitigation: "off" })],
    ["cross-zone off", targetGroup({ loadBalancingCrossZone: "false" })],
    [
      "stickiness with cross-zone on",
      targetGroup({ stickiness: {}, loadBalancingCrossZone: "true" }),
    ],
    ["no thresholds", health({})],
    ["the lowest thresholds", thresholds("1", "1", 1, "1")],
    ["the highest thresholds", thresholds("1000", "100", 1000, "100")],
    ["no DNS failover", thresholds("off", "off", 3, "50")],
    ["only unhealthy state routing", health({ unhealthyStateRouting: { [COUNT]: 3 } })],
    ["lists of values for a function", functionGroup({ lambdaMultiValueHeaders: true })],
    ["no lists of values for servers", { targetGroup: { lambdaMultiValueHeaders: false } }],
    [
      "what other languages fill in for a function",
      functionGroup({
        port: 80,
        protocol: "HTTP",
        protocolVersion: "HTTP1",
        deregistrationDelay: 300,
        slowStart: 0,
        loadBalancingAlgorithmType: "round_robin",
      }),
    ],
  ],
  bad: [
    bad("targetGroup", "output", { targetGroup: pulumi.output({}) }, "pass an object"),
    inTargetGroup("protocol", "choice", { protocol: "http" }, "exactly as written"),
    inTargetGroup(
      "protocolVersion",
      "conflict",
      { protocolVersion: "HTTP2" },
      "HTTPS listener",
      "certificateArn",
    ),
    inTargetGroup("protocolVersion", "conflict", { protocolVersion: "GRPC" }, "HTTPS listener"),
    inTargetGroup(
      "slowStart",
      "conflict",
      { slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" },
      "must be 0",
      "set slowStart to 0",
    ),
    inTargetGroup(
      "stickiness",
      "conflict",
      { stickiness: {}, loadBalancingAlgorithmType: "weighted_random" },
      "weighted_random",
      "remove it",
    ),
    inTargetGroup("stickiness.cookieName", "required", { stickiness: { type: "app_cookie" } }),
    inTargetGroup(
      "stickiness.cookieName",
      "conflict",
      { stickiness: { cookieName: "x" } },
      "needs the type app_cookie",
    ),
    inTargetGroup(
      "stickiness.cookieName",
      "format",
      { stickiness: { type: "app_cookie", cookieName: "AWSALBTG" } },
      "AWSALB",
      '"AWSALBTG"',
    ),
    bad(
      "targetGroup.ipAddressType",
      "output",
      { targetGroup: { ipAddressType: pulumi.output("ipv4") } },
      "security group rules",
    ),
    bad(
      "targetGroup.ipAddressType",
      "conflict",
      { targetGroup: { ipAddressType: "ipv6" } },
      "has IPv6 addresses",
      "dualstack",
    ),
    bad(
      "targetGroups.blue.ipAddressType",
      "conflict",
      {
        ipAddressType: "ipv4",
        targetGroups: { blue: { ipAddressType: "ipv6" } },
        forward: { weights: { blue: 1 } },
        instanceIds: undefined,
      },
      "has IPv6 addresses",
      "remove targetGroups.blue.ipAddressType",
    ),
    bad("targetGroup.ipAddressType", "conflict", {
      ipAddressType: "dualstack",
      targetGroup: { targetType: "lambda", ipAddressType: "ipv6" },
    }),
    inTargetGroup(
      "loadBalancingAnomalyMitigation",
      "conflict",
      { loadBalancingAnomalyMitigation: "on" },
      "only with the loadBalancingAlgorithmType weighted_random",
      "remove loadBalancingAnomalyMitigation",
    ),
    inTargetGroup(
      "loadBalancingAnomalyMitigation",
      "conflict",
      { loadBalancingAnomalyMitigation: "on", loadBalancingAlgorithmType: "round_robin" },
      "only with the loadBalancingAlgorithmType weighted_random",
    ),
    inTargetGroup(
      "loadBalancingCrossZone",
      "output",
      { loadBalancingCrossZone: pulumi.output("true") },
      "which targets",
    ),
    inTargetGroup(
      "stickiness",
      "conflict",
      { stickiness: {}, loadBalancingCrossZone: "false" },
      'loadBalancingCrossZone "false"',
      "remove one",
    ),
    inTargetGroup("targetGroupHealth", "type", { targetGroupHealth: 2 }, "unhealthyStateRouting"),
    inHealth(`dnsFailover.${COUNT}`, "type", { dnsFailover: { [COUNT]: 2 } }, "in quotes", "got 2"),
    inHealth(
      `dnsFailover.${COUNT}`,
      "format",
      { dnsFailover: { [COUNT]: "0" } },
      "1 to 1000",
      'got "0"',
    ),
    inHealth(`dnsFailover.${COUNT}`, "format", { dnsFailover: { [COUNT]: "1001" } }, "1 to 1000"),
    inHealth(
      `dnsFailover.${PERCENTAGE}`,
      "format",
      { dnsFailover: { [PERCENTAGE]: "0" } },
      '"off" or',
    ),
    inHealth(
      `dnsFailover.${PERCENTAGE}`,
      "format",
      { dnsFailover: { [PERCENTAGE]: "101" } },
      "1 to 100",
    ),
    inHealth(
      `unhealthyStateRouting.${PERCENTAGE}`,
      "format",
      { unhealthyStateRouting: { [PERCENTAGE]: "101" } },
      "1 to 100",
    ),
    inHealth(
      `dnsFailover.${COUNT}`,
      "conflict",
      { dnsFailover: { [COUNT]: "2" }, unhealthyStateRouting: { [COUNT]: 3 } },
      "can't be less than unhealthyStateRouting.minimumHealthyTargetsCount, which is 3",
      'got "2"',
      "raise it",
    ),
    inHealth(
      `dnsFailover.${PERCENTAGE}`,
      "conflict",
      { dnsFailover: { [PERCENTAGE]: "49" }, unhealthyStateRouting: { [PERCENTAGE]: "50" } },
      'which is "50"',
    ),
    bad(
      "targetGroup.targetType",
      "choice",
      { targetGroup: { targetType: "alb" } },
      '"alb"',
      "Network Load",
    ),
    ofFunction("port", "conflict", { port: 81 }, "remove it"),
    ofFunction("protocol", "conflict", { protocol: "HTTPS" }),
    ofFunction("deregistrationDelay", "conflict", { deregistrationDelay: 0 }),
    ofFunction("slowStart", "conflict", { slowStart: 30 }),
    ofFunction("targetControlPort", "conflict", { targetControlPort: 3000 }),
    bad(
      "targetGroup.targetControlPort",
      "conflict",
      { targetGroup: { targetControlPort: 80 } },
      "another port than port",
    ),
    ofFunction("loadBalancingAlgorithmType", "conflict", {
      loadBalancingAlgorithmType: "least_outstanding_requests",
    }),
    ofFunction("loadBalancingCrossZone", "conflict", { loadBalancingCrossZone: "false" }),
    ofFunction("targetGroupHealth", "conflict", { targetGroupHealth: {} }),
    ofFunction("stickiness", "conflict", { stickiness: {} }),
    bad(
      "targetGroup.lambdaMultiValueHeaders",
      "conflict",
      { targetGroup: { lambdaMultiValueHeaders: true } },
      "needs the targetType lambda",
      "remove it",
    ),
  ],
  mappings: [
    maps("targetGroup.port", 8080, "web-tg port"),
    maps("targetGroup.protocol", "HTTPS", "web-tg protocol"),
    maps("targetGroup.protocolVersion", "HTTP2", "web-tg protocolVersion", "HTTP2", HTTPS),
    maps("targetGroup.targetType", "ip", "web-tg targetType", "ip", { instanceIds: undefined }),
    maps("targetGroup.ipAddressType", "ipv6", "web-tg ipAddressType", "ipv6", {
      ipAddressType: "dualstack",
      instanceIds: undefined,
    }),
    maps("targetGroup.deregistrationDelay", 7, "web-tg deregistrationDelay"),
    maps("targetGroup.targetControlPort", 3000, "web-tg targetControlPort"),
    maps("targetGroup.slowStart", 30, "web-tg slowStart"),
    maps(
      "targetGroup.loadBalancingAlgorithmType",
      "least_outstanding_requests",
      "web-tg loadBalancingAlgorithmType",
    ),
    maps(
      "targetGroup.loadBalancingAnomalyMitigation",
      "on",
      "web-tg loadBalancingAnomalyMitigation",
      "on",
      RANDOM,
    ),
    maps("targetGroup.loadBalancingCrossZone", "false", "web-tg loadBalancingCrossZoneEnabled"),
    maps(
      "targetGroup.lambdaMultiValueHeaders",
      true,
      "web-tg lambdaMultiValueHeadersEnabled",
      true,
      NO_SERVERS,
    ),
    ...["dnsFailover", "unhealthyStateRouting"].flatMap((what) => {
      const at = `targetGroupHealth.${what}`;
      const count = what === "dnsFailover" ? "2" : 2;
      return [
        maps(
          `targetGroup.${at}.minimumHealthyTargetsCount`,
          count,
          `web-tg ${at}.minimumHealthyTargetsCount`,
          count,
          what === "dnsFailover" ? {} : FAILOVER,
        ),
        maps(
          `targetGroup.${at}.minimumHealthyTargetsPercentage`,
          "50",
          `web-tg ${at}.minimumHealthyTargetsPercentage`,
          "50",
          what === "dnsFailover" ? {} : FAILOVER,
        ),
      ];
    }),
    maps("targetGroup.stickiness.type", "lb_cookie", "web-tg stickiness.type"),
    maps("targetGroup.stickiness.cookieDuration", 60, "web-tg stickiness.cookieDuration"),
    maps(
      "targetGroup.stickiness.cookieName",
      "session",
      "web-tg stickiness.cookieName",
      "session",
      APPLICATION,
    ),
  ],
  limits: [
    {
      args: ["targetGroup.port"],
      emulator: ["targetGroup.port"],
      source: { model: "CreateTargetGroupInput.Port" },
    },
    {
      args: ["targetGroup.protocol"],
      emulator: ["targetGroup.protocol"],
      source: { model: "CreateTargetGroupInput.Protocol", except: OTHER_PROTOCOLS },
    },
    {
      args: ["targetGroup.protocolVersion"],
      emulator: ["targetGroup.protocolVersion"],
      source: {
        documented: { values: ["HTTP1", "HTTP2", "GRPC"] },
        page: api("CreateTargetGroup"),
      },
    },
    {
      args: ["targetGroup.targetType"],
      emulator: ["targetGroup.targetType"],
      source: { model: "CreateTargetGroupInput.TargetType", except: ["alb"] },
    },
    {
      args: ["targetGroup.ipAddressType"],
      emulator: ["targetGroup.ipAddressType"],
      source: { model: "CreateTargetGroupInput.IpAddressType" },
    },
    {
      args: ["targetGroup.deregistrationDelay"],
      emulator: ["targetGroup.deregistrationDelay"],
      attributes: ["targetGroup deregistration_delay.timeout_seconds"],
      source: { documented: { min: 0, max: 3600 }, page: api("TargetGroupAttribute") },
    },
    {
      args: ["targetGroup.targetControlPort"],
      emulator: ["targetGroup.targetControlPort"],
      source: { model: "CreateTargetGroupInput.TargetControlPort" },
    },
    {
      args: ["targetGroup.slowStart"],
      emulator: ["targetGroup.slowStart"],
      attributes: ["targetGroup slow_start.duration_seconds"],
      source: { documented: { min: 30, max: 900, or: 0 }, page: api("TargetGroupAttribute") },
    },
    {
      args: ["targetGroup.loadBalancingAlgorithmType"],
      emulator: ["targetGroup.loadBalancingAlgorithmType"],
      attributes: ["targetGroup load_balancing.algorithm.type"],
      source: {
        documented: { values: ["round_robin", "least_outstanding_requests", "weighted_random"] },
        page: api("TargetGroupAttribute"),
      },
    },
    {
      args: ["targetGroup.loadBalancingAnomalyMitigation"],
      emulator: ["targetGroup.loadBalancingAnomalyMitigation"],
      attributes: ["targetGroup load_balancing.algorithm.anomaly_mitigation"],
      source: { documented: { values: ["on", "off"] }, page: api("TargetGroupAttribute") },
    },
    {
      args: ["targetGroup.loadBalancingCrossZone"],
      emulator: ["targetGroup.loadBalancingCrossZoneEnabled"],
      attributes: ["targetGroup load_balancing.cross_zone.enabled"],
      source: {
        documented: { values: ["true", "false", "use_load_balancer_configuration"] },
        page: api("TargetGroupAttribute"),
      },
    },
    {
      args: ["targetGroup.targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount"],
      emulator: ["targetGroup.targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount"],
      attributes: [
        "targetGroup target_group_health.dns_failover.minimum_healthy_targets.count",
        "targetGroup target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
      ],
      source: {
        own: { min: 1, max: 1000 },
        because: "AWS takes the quota of targets per target group, which is 1000 by default",
      },
    },
    {
      attributes: [
        "targetGroup target_group_health.dns_failover.minimum_healthy_targets.percentage",
        "targetGroup target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
      ],
      source: { documented: { min: 1, max: 100 }, page: api("TargetGroupAttribute") },
    },
    {
      args: ["targetGroup.stickiness.type"],
      emulator: ["targetGroup.stickiness.type"],
      attributes: ["targetGroup stickiness.type"],
      source: {
        documented: { values: ["lb_cookie", "app_cookie"] },
        page: api("TargetGroupAttribute"),
      },
    },
    {
      args: ["targetGroup.stickiness.cookieDuration"],
      attributes: [
        "targetGroup stickiness.lb_cookie.duration_seconds",
        "targetGroup stickiness.app_cookie.duration_seconds",
      ],
      source: { documented: WEEK, page: api("TargetGroupAttribute") },
    },
    {
      emulator: ["targetGroup.stickiness.cookieDuration"],
      source: {
        own: { min: 0, max: 604_800 },
        because: "the AWS provider takes 0 too, which AWS then refuses",
      },
    },
  ],
};
