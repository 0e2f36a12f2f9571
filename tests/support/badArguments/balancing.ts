import * as pulumi from "@pulumi/pulumi";
import { bad, type BadArguments } from "./bad";

const inTargetGroup = (path: string, targetGroup: object, ...says: string[]) =>
  bad(`targetGroup.${path}`, { targetGroup }, ...says);
const inHealth = (path: string, targetGroupHealth: object, ...says: string[]) =>
  inTargetGroup(`targetGroupHealth.${path}`, { targetGroupHealth }, ...says);
const COUNT = "minimumHealthyTargetsCount";
const PERCENTAGE = "minimumHealthyTargetsPercentage";

/** Of the settings that spread requests over the targets. */
export const BALANCING: BadArguments[] = [
  inTargetGroup("loadBalancingAnomalyMitigation", { loadBalancingAnomalyMitigation: true }, "on"),
  inTargetGroup(
    "loadBalancingAnomalyMitigation",
    { loadBalancingAnomalyMitigation: "on" },
    "weighted_random only",
    "leave it out",
  ),
  inTargetGroup(
    "loadBalancingAnomalyMitigation",
    { loadBalancingAnomalyMitigation: "on", loadBalancingAlgorithmType: "round_robin" },
    "weighted_random only",
  ),
  inTargetGroup(
    "loadBalancingCrossZone",
    { loadBalancingCrossZone: true },
    "use_load_balancer_configuration, true, false",
    "got true",
  ),
  inTargetGroup(
    "loadBalancingCrossZone",
    { loadBalancingCrossZone: pulumi.output("true") },
    "plain value",
    "which targets",
  ),
  inTargetGroup(
    "stickiness",
    { stickiness: {}, loadBalancingCrossZone: "false" },
    "cross-zone load balancing off",
    "leave one",
  ),
  bad(
    "targets.a.availabilityZone",
    {
      targetGroup: { targetType: "ip", loadBalancingCrossZone: "false" },
      targets: { a: { id: "10.0.0.1", availabilityZone: "all" } },
    },
    'can\'t be "all"',
    "name the zone",
  ),
  inTargetGroup(
    "targetGroupHealth",
    { targetGroupHealth: 2 },
    "an object",
    "unhealthyStateRouting",
  ),
  inHealth(`dnsFailover.${COUNT}`, { dnsFailover: { [COUNT]: 2 } }, "in quotes", "got 2"),
  inHealth(`dnsFailover.${COUNT}`, { dnsFailover: { [COUNT]: "0" } }, "1 to 1000", 'got "0"'),
  inHealth(`dnsFailover.${COUNT}`, { dnsFailover: { [COUNT]: "1001" } }, "1 to 1000"),
  inHealth(`dnsFailover.${PERCENTAGE}`, { dnsFailover: { [PERCENTAGE]: "0" } }, '"off" or'),
  inHealth(`dnsFailover.${PERCENTAGE}`, { dnsFailover: { [PERCENTAGE]: "101" } }, "1 to 100"),
  inHealth(
    `unhealthyStateRouting.${COUNT}`,
    { unhealthyStateRouting: { [COUNT]: 0 } },
    "1 to 1000",
    "got 0",
  ),
  inHealth(`unhealthyStateRouting.${COUNT}`, { unhealthyStateRouting: { [COUNT]: 1001 } }, "1001"),
  inHealth(`unhealthyStateRouting.${COUNT}`, { unhealthyStateRouting: { [COUNT]: "off" } }, "off"),
  inHealth(
    `unhealthyStateRouting.${PERCENTAGE}`,
    { unhealthyStateRouting: { [PERCENTAGE]: "101" } },
    "1 to 100",
  ),
  inHealth(
    `dnsFailover.${COUNT}`,
    { dnsFailover: { [COUNT]: "2" }, unhealthyStateRouting: { [COUNT]: 3 } },
    "not be below that of unhealthyStateRouting, 3",
    'got "2"',
    "raise it",
  ),
  inHealth(
    `dnsFailover.${PERCENTAGE}`,
    { dnsFailover: { [PERCENTAGE]: "49" }, unhealthyStateRouting: { [PERCENTAGE]: "50" } },
    'unhealthyStateRouting, "50"',
  ),
];
