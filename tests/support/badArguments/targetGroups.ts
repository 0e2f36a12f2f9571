import * as pulumi from "@pulumi/pulumi";
import { bad } from "./bad";

const group = (settings: object, ...further: [string, object][]) => ({
  targetGroups: { blue: settings, ...Object.fromEntries(further) },
  forward: {
    weights: Object.fromEntries(["blue", ...further.map(([key]) => key)].map((k) => [k, 1])),
  },
});
const forwarding = (forward: unknown) => ({ targetGroups: { blue: {} }, forward });
const weights = (weighed: unknown) => forwarding({ weights: weighed });
const sticky = { stickiness: {} };

/** What is wrong with target groups by key, and with the weights of forwarding to them. */
export const BY_KEY = [
  bad("targetGroups", { targetGroups: ["blue"] }, "an object of target groups", '["blue"]'),
  bad("targetGroups", { targetGroups: pulumi.output({}) }, "plain value", "keys name the groups"),
  bad(
    "targetGroups.default",
    { targetGroups: { default: {} } },
    "the main one's",
    "choose another",
  ),
  bad(
    'targetGroups[" "]',
    { targetGroups: { " ": {} }, forward: { weights: { " ": 1, default: 1 } } },
    "key that is not empty",
  ),
  bad("targetGroups.blue", { targetGroups: { blue: {} } }, "used by nothing", "weight 0"),
  bad("targetGroups.blue", group("web" as unknown as object), "an object", '"web"'),
  bad("targetGroups.blue.port", group({ port: 0 }), "1 to 65535", "got 0"),
  bad("targetGroups.blue.colour", group({ colour: "blue" }), "not an argument"),
  bad("targetGroups.blue.protocolVersion", group({ protocolVersion: "GRPC" }), "HTTPS listener"),
  bad("targetGroups.blue.instanceIds[0]", group({ instanceIds: ["web-1"] }), "i-...", '"web-1"'),
  bad(
    "targetGroups.blue.instanceIds",
    group({ targetType: "ip", instanceIds: ["i-1"] }),
    "type instance",
  ),
  bad(
    "targetGroups.blue.targets.a.id",
    group({ targetType: "ip", targets: { a: { id: "i-1" } } }),
    "an IPv4",
  ),
  bad(
    "targetGroups.blue.targets.a",
    group({ port: 81, instanceIds: ["i-1"], targets: { a: { id: "i-1", port: 81 } } }),
    "same port",
    "targetGroups.blue.instanceIds",
  ),
  bad(
    "targetGroups.blue.healthCheck.timeout",
    group({ healthCheck: { timeout: 5 } }),
    "less than the interval",
  ),
  bad(
    "targetGroups.blue.slowStart",
    group({ slowStart: 30, loadBalancingAlgorithmType: "weighted_random" }),
    "round_robin only",
  ),
  bad(
    "targetGroups.blue.targets.a",
    {
      ...weights({ default: 1, blue: 1 }),
      targets: { "blue-a": { id: "i-1" } },
      targetGroups: { blue: { targets: { a: { id: "i-1" } } } },
    },
    'under the name of targets["blue-a"]',
    "another key",
  ),
  bad(
    'targetGroups.a.targets["b-c"]',
    {
      targetGroups: {
        "a-b": { targets: { c: { id: "i-1" } } },
        a: { targets: { "b-c": { id: "i-1" } } },
      },
      forward: { weights: { a: 1, "a-b": 1 } },
    },
    'name of targetGroups["a-b"].targets.c',
  ),
  bad(
    "forward.weights",
    group({}, ...["b", "c", "d", "e", "f"].map((key): [string, object] => [key, {}])),
    "1 to 5",
    "got 6",
  ),
  bad(
    "instanceIds",
    { ...weights({ blue: 1 }), instanceIds: ["i-1"] },
    "main target group",
    "default",
  ),
  bad(
    "targetGroup",
    { ...weights({ blue: 1 }), targetGroup: {} },
    "main target group",
    "leave this out",
  ),
  bad("targets", { ...weights({ blue: 1 }), targets: {} }, "main target group"),
  bad("forward", forwarding("blue"), "an object", '"blue"', "weights"),
  bad("forward.weights", forwarding({}), "is required"),
  bad("forward.weights", weights([]), "an object of weights"),
  bad("forward.weights", weights(pulumi.output({ blue: 1 })), "plain value", "only the weights"),
  bad(
    "forward.weights.bleu",
    weights({ blue: 1, bleu: 1 }),
    "no target group",
    "did you mean blue?",
  ),
  bad("forward.weights.constructor", weights({ blue: 1, constructor: 1 }), "are default, blue"),
  bad("forward.weights.blue", weights({ blue: -1, default: 1 }), "0 to 999", "got -1"),
  bad("forward.weights.blue", weights({ blue: 1000 }), "0 to 999", "got 1000"),
  bad("forward.weights.blue", weights({ blue: 0.5 }), "whole number", "got 0.5"),
  bad("forward.weights.blue", weights({ blue: "1" }), "write 1 without quotes"),
  bad("forward.weights", weights({ blue: 0, default: 0 }), "not all be 0", "give one"),
  bad(
    "forward.stickinessDuration",
    forwarding({ weights: { blue: 1 }, stickinessDuration: 0 }),
    "1 to 604800",
    "got 0",
  ),
  bad(
    "forward.stickinessDuration",
    forwarding({ weights: { blue: 1 }, stickinessDuration: 604801 }),
    "604800",
  ),
  bad(
    "forward.stickinessDuration",
    group(sticky, ["green", {}]),
    "required",
    "targetGroups.blue is sticky",
  ),
  bad(
    "forward.stickinessDuration",
    { ...weights({ blue: 1, default: 1 }), targetGroup: sticky },
    "targetGroup is sticky",
  ),
  bad(
    "targetGroups.blue.stickiness.type",
    {
      targetGroups: { blue: { stickiness: { type: "app_cookie", cookieName: "session" } } },
      forward: { weights: { blue: 1, default: 1 }, stickinessDuration: 60 },
    },
    "can't be app_cookie",
    "choose lb_cookie",
  ),
];
