import * as pulumi from "@pulumi/pulumi";
import { bad, type BadArguments } from "./bad";

/** Of Auto Scaling groups. */
export const AUTO_SCALING: BadArguments[] = [
  bad("autoScalingGroupNames", { autoScalingGroupNames: ["web"] }, "an object of names", "{ key:"),
  bad("autoScalingGroupNames", { autoScalingGroupNames: pulumi.output({}) }, "only the names"),
  bad('autoScalingGroupNames[" "]', { autoScalingGroupNames: { " ": "web" } }, "not empty"),
  bad("autoScalingGroupNames.a", { autoScalingGroupNames: { a: "" } }, "1 to 255", 'got ""'),
  bad("autoScalingGroupNames.a", { autoScalingGroupNames: { a: "x".repeat(256) } }, "1 to 255"),
  bad(
    "autoScalingGroupNames.a",
    { autoScalingGroupNames: { a: "arn:aws:autoscaling:us-west-2:1:autoScalingGroup:1" } },
    "not its ARN",
  ),
  bad(
    "autoScalingGroupNames.b",
    { autoScalingGroupNames: { a: "web", b: "web" } },
    "not repeat autoScalingGroupNames.a",
    "each group once",
  ),
  bad(
    "autoScalingGroupNames",
    { targetGroup: { targetType: "ip" }, autoScalingGroupNames: { a: "web" } },
    "target type instance",
    "leave them out",
  ),
  bad(
    'targetGroups.a.autoScalingGroupNames["b-c"]',
    {
      targetGroups: {
        "a-b": { autoScalingGroupNames: { c: "web-1" } },
        a: { autoScalingGroupNames: { "b-c": "web-2" } },
      },
      forward: { weights: { a: 1, "a-b": 1 } },
    },
    'name of targetGroups["a-b"].autoScalingGroupNames.c',
    "choose another key",
  ),
  bad(
    "autoScalingGroupNames",
    {
      autoScalingGroupNames: { a: "web" },
      targetGroups: { b: {} },
      forward: { weights: { b: 1 } },
    },
    "to which nothing forwards",
  ),
];
