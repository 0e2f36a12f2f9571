import * as pulumi from "@pulumi/pulumi";
import type { ProblemCode } from "../../components/checks";
import { bad, maps, type ArgumentTable } from "./table";

const address = (target: object) => ({ targetGroup: { targetType: "ip" }, targets: { a: target } });
const ipv6Address = (target: object) => ({
  ipAddressType: "dualstack",
  targetGroup: { targetType: "ip", ipAddressType: "ipv6" },
  targets: { a: target },
});
const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";
const functionTarget = (id = FUNCTION) => ({
  targetGroup: { targetType: "lambda" },
  targets: { api: { id } },
});

const inIpv4 = (path: string, code: ProblemCode, target: object, ...says: string[]) =>
  bad(path, code, address(target), ...says);
const inIpv6 = (path: string, code: ProblemCode, target: object, ...says: string[]) =>
  bad(path, code, ipv6Address(target), ...says);
const inTarget = (path: string, code: ProblemCode, target: object, ...says: string[]) =>
  bad(path, code, { targetGroup: { targetType: "lambda" }, targets: { a: target } }, ...says);

/** The servers, addresses and functions that serve. */
export const TARGETS: ArgumentTable = {
  good: [
    ["no instances", { instanceIds: [] }],
    ["an old, short instance id", { instanceIds: ["i-1a2b3c4d"] }],
    ["no targets", { targets: {} }],
    ["one instance on two ports", { targets: { a: { id: "i-1" }, b: { id: "i-1", port: 81 } } }],
    [
      "a target on a port of its own",
      { instanceIds: ["i-1"], targets: { a: { id: "i-1", port: 81 } } },
    ],
    ["an address", address({ id: "10.0.0.1" })],
    ["an address of a VPC with public ones", address({ id: "203.0.113.1" })],
    [
      "an address of a VPC with public ones, in all zones",
      address({ id: "203.0.113.1", availabilityZone: "all" }),
    ],
    ["an address outside the VPC", address({ id: "10.0.0.1", availabilityZone: "all" })],
    ["the last private address", address({ id: "172.31.255.255", availabilityZone: "all" })],
    ["an address of a carrier's network", address({ id: "100.127.1.1", availabilityZone: "all" })],
    ["an address in a zone", address({ id: "10.0.0.1", availabilityZone: "us-west-2a" })],
    ["an IPv6 address", ipv6Address({ id: "2001:db8::1" })],
    ["an IPv6 address outside the VPC", ipv6Address({ id: "fd00::1", availabilityZone: "all" })],
    ["an IPv6 address that is an output", ipv6Address({ id: pulumi.output("2001:db8::1") })],
    ["an Auto Scaling group", { autoScalingGroupNames: { main: "web" } }],
    [
      "the longest name of an Auto Scaling group",
      { autoScalingGroupNames: { a: "x".repeat(255) } },
    ],
    ["no Auto Scaling group", { autoScalingGroupNames: {} }],
    [
      "no Auto Scaling group for addresses",
      { targetGroup: { targetType: "ip" }, autoScalingGroupNames: {} },
    ],
    [
      "a target of a zone with cross-zone off",
      {
        targetGroup: { targetType: "ip", loadBalancingCrossZone: "false" },
        targets: { a: { id: "10.0.0.1", availabilityZone: "us-west-2a" } },
      },
    ],
    ["a function", functionTarget()],
    ["an alias of a function", functionTarget(`${FUNCTION}:live`)],
    ["a function in China", functionTarget(FUNCTION.replace("aws:", "aws-cn:"))],
    [
      "a function in all zones, as AWS writes it",
      {
        targetGroup: { targetType: "lambda" },
        targets: { api: { id: FUNCTION, availabilityZone: "all" } },
      },
    ],
    ["no function", { targetGroup: { targetType: "lambda" } }],
  ],
  bad: [
    bad("instanceIds[0]", "format", { instanceIds: ["web-1"] }, "i-...", '"web-1"', "use the ID"),
    bad("instanceIds[0]", "format", { instanceIds: [""] }, "i-...", '""'),
    bad(
      "instanceIds[2]",
      "repeated",
      { instanceIds: ["i-1", "i-2", "i-1"] },
      "repeat instanceIds[0]",
      '"i-1"',
    ),
    bad("instanceIds[0]", "output", { instanceIds: [pulumi.output("i-1")] }, "into targets"),
    bad("instanceIds", "output", { instanceIds: pulumi.output(["i-1"]) }, "targets"),
    bad(
      "instanceIds",
      "conflict",
      { targetGroup: { targetType: "ip" }, instanceIds: ["i-1"] },
      "type instance",
    ),
    bad("targets", "type", { targets: ["i-1"] }, "{ key: value }"),
    bad("targets", "output", { targets: pulumi.output({}) }, "the IDs may be outputs"),
    bad("targets.a", "type", { targets: { a: "i-1" } }, '"i-1"', "id, port"),
    bad("targets.a", "output", { targets: { a: pulumi.output({ id: "i-1" }) } }, "pass an object"),
    bad("targets.a.id", "required", { targets: { a: {} } }, "give it a value"),
    bad("targets.a.id", "format", { targets: { a: { id: "10.0.0.1" } } }, "i-...", '"10.0.0.1"'),
    bad('targets[" "]', "format", { targets: { " ": { id: "i-1" } } }, "an empty key"),
    bad(
      'targets["i-1"]',
      "format",
      { instanceIds: ["i-1"], targets: { "i-1": { id: "i-2" } } },
      "key that is also in instanceIds",
    ),
    bad(
      "targets.a",
      "repeated",
      { instanceIds: ["i-1"], targets: { a: { id: "i-1" } } },
      "i-1",
      "as instanceIds",
    ),
    bad(
      "targets.a",
      "repeated",
      { instanceIds: ["i-1"], targets: { a: { id: "i-1", port: 80 } } },
      "same port",
    ),
    bad(
      "targets.b",
      "repeated",
      { targets: { a: { id: "i-1" }, b: { id: "i-1" } } },
      "as targets.a",
      "remove one",
    ),
    bad("targets.a.availabilityZone", "conflict", {
      targets: { a: { id: "i-1", availabilityZone: "all" } },
    }),
    bad("targets.a.targetId", "unknown", { targets: { a: { id: "i-1", targetId: "i-1" } } }, "id"),
    bad("targets.a.weight", "unknown", { targets: { a: { id: "i-1", weight: 1 } } }, "id, port"),
    inIpv4(
      "targets.a.id",
      "format",
      { id: "i-1" },
      "an IPv4 address",
      '"i-1"',
      "private IPv4 address",
    ),
    inIpv4("targets.a.id", "format", { id: "10.0.0.256" }, "an IPv4 address"),
    inIpv4(
      "targets.a.id",
      "format",
      { id: "fd00::1" },
      "an IPv4 address",
      "set the target group's",
      "to ipv6",
    ),
    inIpv4(
      "targets.a.availabilityZone",
      "format",
      { id: "10.0.0.1", availabilityZone: "any" },
      '"all"',
    ),
    inIpv6(
      "targets.a.id",
      "format",
      { id: "10.0.0.1" },
      "an IPv6 address",
      "set the target group's",
      "to ipv4",
    ),
    inIpv6("targets.a.id", "format", { id: "i-1" }, "an IPv6 address", "the target's IPv6 address"),
    inIpv6("targets.a.id", "format", { id: "fd00::1%eth0" }, "an IPv6 address"),
    inIpv6(
      "targets.a.id",
      "format",
      { id: "2001:DB8:0:0::1" },
      "as AWS writes it",
      'write "2001:db8::1"',
    ),
    inIpv6("targets.a.id", "format", { id: 1 }, "an IPv6 address", "got 1"),
    bad("autoScalingGroupNames", "type", { autoScalingGroupNames: ["web"] }, "{ key:"),
    bad(
      "autoScalingGroupNames",
      "output",
      { autoScalingGroupNames: pulumi.output({}) },
      "the names may be outputs",
    ),
    bad(
      'autoScalingGroupNames[" "]',
      "format",
      { autoScalingGroupNames: { " ": "web" } },
      "an empty key",
    ),
    bad(
      "autoScalingGroupNames.a",
      "format",
      { autoScalingGroupNames: { a: "" } },
      "1 to 255",
      'got ""',
    ),
    bad(
      "autoScalingGroupNames.a",
      "format",
      { autoScalingGroupNames: { a: "x".repeat(256) } },
      "1 to 255",
    ),
    bad(
      "autoScalingGroupNames.a",
      "format",
      { autoScalingGroupNames: { a: "arn:aws:autoscaling:us-west-2:1:autoScalingGroup:1" } },
      "not the ARN",
    ),
    bad(
      "autoScalingGroupNames.a",
      "format",
      { autoScalingGroupNames: { a: "web\n" } },
      "ASCII characters without a colon",
    ),
    bad(
      "autoScalingGroupNames.b",
      "repeated",
      { autoScalingGroupNames: { a: "web", b: "web" } },
      "not repeat autoScalingGroupNames.a",
      "each value once",
    ),
    bad(
      "autoScalingGroupNames",
      "conflict",
      { targetGroup: { targetType: "ip" }, autoScalingGroupNames: { a: "web" } },
      "target type instance",
      "remove them",
    ),
    bad(
      'targetGroups.a.autoScalingGroupNames["b-c"]',
      "repeated",
      {
        targetGroups: {
          "a-b": { autoScalingGroupNames: { c: "web-1" } },
          a: { autoScalingGroupNames: { "b-c": "web-2" } },
        },
        forward: { weights: { a: 1, "a-b": 1 } },
      },
      'the same resource name as targetGroups["a-b"].autoScalingGroupNames.c',
      "choose another key",
    ),
    bad(
      "autoScalingGroupNames",
      "unused",
      {
        autoScalingGroupNames: { a: "web" },
        targetGroups: { b: {} },
        forward: { weights: { b: 1 } },
      },
      "to which nothing forwards",
    ),
    bad(
      "targets.a.availabilityZone",
      "conflict",
      {
        targetGroup: { targetType: "ip", loadBalancingCrossZone: "false" },
        targets: { a: { id: "10.0.0.1", availabilityZone: "all" } },
      },
      'can\'t be "all"',
      "use the zone",
    ),
    inTarget(
      "targets.a.id",
      "format",
      { id: "api" },
      "ARN of a Lambda function",
      'got "api"',
      "alias",
    ),
    inTarget("targets.a.id", "format", { id: `${FUNCTION}:live:2` }, "ARN of a Lambda function"),
    inTarget("targets.a.port", "conflict", { id: FUNCTION, port: 80 }),
    inTarget(
      "targets.a.availabilityZone",
      "conflict",
      { id: FUNCTION, availabilityZone: "us-west-2a" },
      'must be "all"',
    ),
    bad(
      "targets.b",
      "too-many",
      {
        targetGroup: { targetType: "lambda" },
        targets: { a: { id: FUNCTION }, b: { id: `${FUNCTION}-2` } },
      },
      "one too many",
      "targetGroups",
    ),
    bad(
      "instanceIds",
      "conflict",
      { targetGroup: { targetType: "lambda" }, instanceIds: ["i-1"] },
      "target type instance",
      "function's ARN",
    ),
    bad(
      "autoScalingGroupNames",
      "conflict",
      { targetGroup: { targetType: "lambda" }, autoScalingGroupNames: { a: "web" } },
      "target type instance",
    ),
  ],
  mappings: [
    maps("instanceIds", ["i-1"], "web-attachment-i-1:80 targetId", "i-1"),
    maps("targets.key.id", "i-2", "web-attachment-i-2:80 targetId", "i-2", { instanceIds: [] }),
    maps("targets.key.port", 81, "web-attachment-i-2:81 port", 81, {
      targets: { key: { id: "i-2" } },
    }),
    maps(
      "targets.key.availabilityZone",
      "all",
      "web-attachment-10.0.0.1:80 availabilityZone",
      "all",
      {
        targetGroup: { targetType: "ip" },
        targets: { key: { id: "10.0.0.1" } },
        instanceIds: undefined,
      },
    ),
    maps("autoScalingGroupNames.key", "fleet", "web-auto-scaling-fleet autoscalingGroupName"),
  ],
  limits: [
    {
      args: ["targets.a.port", "targetGroups.a.targets.a.port"],
      emulator: ["targetGroupAttachment.port"],
      source: { model: "TargetDescription.Port" },
    },
  ],
};
