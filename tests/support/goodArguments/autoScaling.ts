/** Of Auto Scaling groups. */
export const AUTO_SCALING: readonly (readonly [string, object])[] = [
  ["an Auto Scaling group", { autoScalingGroupNames: { main: "web" } }],
  ["the longest name of an Auto Scaling group", { autoScalingGroupNames: { a: "x".repeat(255) } }],
  ["no Auto Scaling group", { autoScalingGroupNames: {} }],
  [
    "no Auto Scaling group for addresses",
    { targetGroup: { targetType: "ip" }, autoScalingGroupNames: {} },
  ],
];
