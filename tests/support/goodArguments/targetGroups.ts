import * as pulumi from "@pulumi/pulumi";

const forwarding = (forward: object, blue: object = {}) => ({ targetGroups: { blue }, forward });

/** Target groups by key, and the weights of forwarding to them. */
export const BY_KEY: readonly (readonly [string, object])[] = [
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
  [
    "the same server in two groups",
    {
      ...forwarding({ weights: { default: 1, blue: 1 } }, { instanceIds: ["i-1"] }),
      instanceIds: ["i-1"],
    },
  ],
  ["the shortest stay", forwarding({ weights: { default: 1, blue: 1 }, stickinessDuration: 1 })],
  [
    "the longest stay, with a sticky group",
    forwarding(
      { weights: { default: 1, blue: 1 }, stickinessDuration: 604800 },
      { stickiness: {} },
    ),
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
];
