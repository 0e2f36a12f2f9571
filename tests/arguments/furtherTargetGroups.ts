import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE } from "../support/exampleArgs";
import { COGNITO } from "../support/logins";
import { HEALTH_CHECKS } from "./healthChecks";
import { api, WEEK, inActions } from "./limits";
import { bad, maps, type ArgumentTable, type Mapping } from "./table";
import { TARGET_GROUPS } from "./targetGroups";
import { TARGETS } from "./targets";

const forwarding = (forward: unknown, blue: object = {}) => ({ targetGroups: { blue }, forward });
const group = (settings: object, ...further: [string, object][]) => ({
  targetGroups: { blue: settings, ...Object.fromEntries(further) },
  forward: {
    weights: Object.fromEntries(["blue", ...further.map(([key]) => key)].map((k) => [k, 1])),
  },
});
/** So many further target groups, which rules forward to. */
const groups = (count: number) => {
  const keys = Array.from({ length: count }, (_, index) => `g${index}`);
  return {
    targetGroups: Object.fromEntries(keys.map((key) => [key, {}])),
    rules: Object.fromEntries(
      keys.map((key, index) => [
        key,
        { priority: index + 1, pathPatterns: [`/${key}`], forward: { weights: { [key]: 1 } } },
      ]),
    ),
  };
};
const weights = (weighed: unknown) => forwarding({ weights: weighed });
const MANAGED = { weights: { default: 1 }, managedElsewhere: true };
const LOGIN = { certificateArn: CERTIFICATE, authenticateCognito: COGNITO };
const sticky = { stickiness: {} };
const SHARED = { targetGroups: { key: {} }, forward: { weights: { default: 1, key: 1 } } };

/** Further target groups take what the main one takes, and have servers of their own. */
const ofFurtherGroups = [TARGET_GROUPS, HEALTH_CHECKS, TARGETS]
  .flatMap(({ mappings }) => mappings)
  .map(({ beside, ...mapping }): Mapping => {
    const path = `targetGroups.key.${mapping.path.replace(/^targetGroup\./, "")}`;
    const child = mapping.child.replace(/^web-(tg|attachment|auto-scaling)/, "web-$1-key");
    return { ...mapping, path, child, beside: furtherGroup(beside) };
  });

function furtherGroup(beside: {
  targetGroup?: object;
  targets?: object;
  certificateArn?: string;
  ipAddressType?: string;
}) {
  const { targetGroup = {}, targets, certificateArn, ipAddressType } = beside;
  const servers = targets === undefined ? {} : { targets };
  return {
    certificateArn,
    ipAddressType,
    targetGroups: { key: { ...targetGroup, ...servers } },
    forward: { weights: { key: 1 } },
    instanceIds: undefined,
  };
}

/** Target groups by key, and the weights of forwarding to them. */
export const FURTHER_TARGET_GROUPS: ArgumentTable = {
  good: [
    ["no further target groups", { targetGroups: {} }],
    ["a further target group alone", forwarding({ weights: { blue: 1 } })],
    ["the main target group alone, by its key", { forward: { weights: { default: 1 } } }],
    ["the lowest and the highest weight", forwarding({ weights: { default: 0, blue: 999 } })],
    [
      "one weight of 0 that is an output",
      forwarding({ weights: { blue: pulumi.output(0), default: 1 } }),
    ],
    [
      "five groups",
      {
        targetGroups: { a: {}, b: {}, c: {}, d: {} },
        forward: { weights: { default: 1, a: 1, b: 1, c: 1, d: 1 } },
      },
    ],
    ["as many target groups as AWS has for a load balancer, with the main one", groups(99)],
    [
      "the same server in two groups",
      {
        ...forwarding({ weights: { default: 1, blue: 1 } }, { instanceIds: ["i-1"] }),
        instanceIds: ["i-1"],
      },
    ],
    [
      "the longest stay, with a sticky group",
      forwarding(
        { weights: { default: 1, blue: 1 }, stickinessDuration: 604800 },
        { stickiness: {} },
      ),
    ],
    [
      "weights that another tool changes",
      forwarding({ weights: { default: 1, blue: 0 }, managedElsewhere: true }),
    ],
    [
      "a login beside weights that are Pulumi's, in so many words",
      { ...forwarding({ weights: { blue: 1 }, managedElsewhere: false }), ...LOGIN },
    ],
    [
      "a sticky group that shares with none",
      forwarding({ weights: { blue: 1 } }, { stickiness: {} }),
    ],
    [
      "addresses beside instances",
      {
        ...forwarding(
          { weights: { default: 1, blue: 1 } },
          { targetType: "ip", targets: { a: { id: "10.0.0.1" } } },
        ),
        instanceIds: ["i-1"],
      },
    ],
  ],
  bad: [
    bad(
      "targetGroups",
      "output",
      { targetGroups: pulumi.output({}) },
      "keys are part of resource names",
    ),
    bad(
      "targetGroups.blue.vpcId",
      "unknown",
      forwarding({ weights: { blue: 1 } }, { vpcId: "vpc-1" }),
      "in the VPC of their load balancer",
    ),
    bad(
      "targetGroups.default",
      "format",
      { targetGroups: { default: {} } },
      "the main target group's",
      "choose another",
    ),
    bad(
      'targetGroups[" "]',
      "format",
      { targetGroups: { " ": {} }, forward: { weights: { " ": 1, default: 1 } } },
      "an empty key",
    ),
    bad("targetGroups.blue", "unused", { targetGroups: { blue: {} } }, "is not used", "weight 0"),
    bad(
      "targetGroups",
      "too-many",
      groups(100),
      "at most 100 target groups, including the main one",
      "got 101",
      "a second load balancer",
    ),
    bad("targetGroups.blue.colour", "unknown", group({ colour: "blue" })),
    bad(
      "targetGroups.blue.protocolVersion",
      "conflict",
      group({ protocolVersion: "GRPC" }),
      "HTTPS listener",
    ),
    bad(
      "targetGroups.blue.instanceIds[0]",
      "format",
      group({ instanceIds: ["web-1"] }),
      "i-...",
      '"web-1"',
    ),
    bad(
      "targetGroups.blue.instanceIds",
      "conflict",
      group({ targetType: "ip", instanceIds: ["i-1"] }),
      "type instance",
    ),
    bad(
      "targetGroups.blue.targets.a.id",
      "format",
      group({ targetType: "ip", targets: { a: { id: "i-1" } } }),
      "an IPv4",
    ),
    bad(
      "targetGroups.blue.targets.a",
      "repeated",
      group({ port: 81, instanceIds: ["i-1"], targets: { a: { id: "i-1", port: 81 } } }),
      "same port",
      "targetGroups.blue.instanceIds",
    ),
    bad(
      "targetGroups.blue.healthCheck.timeout",
      "conflict",
      group({ healthCheck: { timeout: 5 } }),
      "fewer seconds than healthCheck.interval",
    ),
    bad(
      "targetGroups.blue.slowStart",
      "conflict",
      group({ slowStart: 30, loadBalancingAlgorithmType: "weighted_random" }),
      "must be 0",
    ),
    bad(
      "targetGroups.blue.targets.a",
      "repeated",
      {
        ...weights({ default: 1, blue: 1 }),
        targets: { "blue-a": { id: "i-1" } },
        targetGroups: { blue: { targets: { a: { id: "i-1" } } } },
      },
      'the same resource name as targets["blue-a"]',
      "another key",
    ),
    bad(
      'targetGroups.a.targets["b-c"]',
      "repeated",
      {
        targetGroups: {
          "a-b": { targets: { c: { id: "i-1" } } },
          a: { targets: { "b-c": { id: "i-1" } } },
        },
        forward: { weights: { a: 1, "a-b": 1 } },
      },
      'the same resource name as targetGroups["a-b"].targets.c',
    ),
    bad(
      "forward.weights",
      "too-many",
      group({}, ...["b", "c", "d", "e", "f"].map((key): [string, object] => [key, {}])),
      "1 to 5",
      "got 6",
    ),
    bad(
      "instanceIds",
      "unused",
      { ...weights({ blue: 1 }), instanceIds: ["i-1"] },
      "main target group",
      "default",
    ),
    bad(
      "targetGroup",
      "unused",
      { ...weights({ blue: 1 }), targetGroup: {} },
      "main target group",
      "remove this",
    ),
    bad("targets", "unused", { ...weights({ blue: 1 }), targets: {} }, "main target group"),
    bad("forward", "type", forwarding("blue"), '"blue"', "weights"),
    bad(
      "forward.weights",
      "output",
      weights(pulumi.output({ blue: 1 })),
      "the weights may be outputs",
    ),
    bad("forward.weights.bleu", "unknown", weights({ blue: 1, bleu: 1 }), "did you mean blue?"),
    bad(
      "forward.weights.constructor",
      "unknown",
      weights({ blue: 1, constructor: 1 }),
      "use one of the keys default, blue",
    ),
    bad("forward.weights.blue", "type", weights({ blue: "1" }), "write 1 without quotes"),
    bad(
      "forward.weights",
      "conflict",
      weights({ blue: 0, default: 0 }),
      "can't all be 0",
      "raise one",
    ),
    bad(
      "forward.stickinessDuration",
      "required",
      group(sticky, ["green", {}]),
      "targetGroups.blue has stickiness",
    ),
    bad(
      "forward.stickinessDuration",
      "required",
      { ...weights({ blue: 1, default: 1 }), targetGroup: sticky },
      "targetGroup has stickiness",
    ),
    bad(
      "forward.managedElsewhere",
      "type",
      forwarding({ weights: { blue: 1 }, managedElsewhere: "true" }),
      "write true without quotes",
    ),
    bad(
      "forward.managedElsewhere",
      "output",
      forwarding({ weights: { blue: 1 }, managedElsewhere: pulumi.output(true) }),
      "an option of the resource",
    ),
    bad(
      "forward.managedElsewhere",
      "conflict",
      { ...forwarding({ weights: { blue: 1 }, managedElsewhere: true }), ...LOGIN },
      "with authenticateCognito",
    ),
    bad(
      "rules.a.forward.managedElsewhere",
      "conflict",
      {
        certificateArn: CERTIFICATE,
        rules: {
          a: {
            pathPatterns: ["/a"],
            authenticateCognito: COGNITO,
            forward: MANAGED,
          },
        },
      },
      "remove managedElsewhere or authenticateCognito",
    ),
    bad(
      "listeners.test.forward.managedElsewhere",
      "conflict",
      {
        listeners: {
          test: {
            port: 8443,
            protocol: "HTTPS",
            ...LOGIN,
            forward: MANAGED,
          },
        },
      },
      "with authenticateCognito",
    ),
    bad(
      "targetGroups.blue.stickiness.type",
      "conflict",
      {
        targetGroups: { blue: { stickiness: { type: "app_cookie", cookieName: "session" } } },
        forward: { weights: { blue: 1, default: 1 }, stickinessDuration: 60 },
      },
      "can't be app_cookie",
      "use lb_cookie",
    ),
  ],
  mappings: [
    ...ofFurtherGroups,
    maps("forward.weights.key", 3, "web-http defaultActions[0].forward.targetGroups[1].weight", 3, {
      targetGroups: { key: {} },
      forward: { weights: { default: 1 } },
    }),
    maps(
      "forward.stickinessDuration",
      60,
      "web-http defaultActions[0].forward.stickiness.duration",
      60,
      SHARED,
    ),
  ],
  notSent: [
    "forward",
    "rules.key.forward",
    "listeners.key.forward",
    "listeners.key.rules.key.forward",
  ].map((forward) => `${forward}.managedElsewhere`),
  limits: [
    {
      args: ["forward.weights.a", "rules.a.forward.weights.a"],
      emulator: inActions("forward.targetGroups.weight"),
      source: { documented: { min: 0, max: 999 }, page: api("TargetGroupTuple") },
    },
    {
      // 0 is off, for which AWS has another property.
      args: ["forward.stickinessDuration", "rules.a.forward.stickinessDuration"],
      source: { documented: { ...WEEK, min: 0 }, page: api("TargetGroupStickinessConfig") },
    },
    {
      emulator: inActions("forward.stickiness.duration"),
      source: { documented: WEEK, page: api("TargetGroupStickinessConfig") },
    },
  ],
};
