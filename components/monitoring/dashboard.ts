import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { MAIN, type TargetGroups } from "../plan/targetGroups";
import type { Scope } from "../shared/scope";

/** A line of a widget: the metric, its dimensions and its options. */
type Line = readonly [metric: string, of: Dimensions, options?: Record<string, string>];
type Dimensions = Readonly<Record<string, string>>;

/** A CloudWatch dashboard with requests, errors, response times, health of targets, connections and capacity units. */
export function createDashboard(
  { name, args: { dashboard = false }, parent }: Scope,
  loadBalancer: lb.LoadBalancer,
  targetGroups: TargetGroups,
): void {
  if (!dashboard) return;
  const suffixes = Object.entries(targetGroups).map(([key, { arnSuffix }]) =>
    arnSuffix.apply((suffix) => [key === MAIN ? "" : key, suffix] as const),
  );
  const dashboardBody = pulumi
    .all([loadBalancer.region, loadBalancer.arnSuffix, pulumi.all(suffixes)])
    .apply(([region, suffix, groups]) =>
      JSON.stringify({ widgets: widgets(region, suffix, groups) }),
    );
  // A dashboard overwrites another one with the same name, so use the load balancer's name, which is unique.
  const { name: dashboardName } = loadBalancer;
  new Dashboard(`${name}-dashboard`, { dashboardName, dashboardBody }, { parent });
}

function widgets(
  region: string,
  loadBalancer: string,
  groups: readonly (readonly [key: string, suffix: string])[],
): object[] {
  const all = { LoadBalancer: loadBalancer };
  const each = (metric: string, stat: string, label = ""): Line[] =>
    groups.map(([key, suffix]) => [
      metric,
      { ...all, TargetGroup: suffix },
      { stat, label: [label, key].filter((word) => word !== "").join(" ") || metric },
    ]);
  const charts: [string, Line[]][] = [
    ["Requests", [["RequestCount", all]]],
    [
      "Errors",
      [
        ["HTTPCode_ELB_5XX_Count", all, { label: "5xx of the load balancer", color: "#d62728" }],
        ["HTTPCode_Target_5XX_Count", all, { label: "5xx of targets", color: "#ff7f0e" }],
        ["HTTPCode_Target_4XX_Count", all, { label: "4xx of targets" }],
      ],
    ],
    ["Response time", ["p50", "p99"].flatMap((stat) => each("TargetResponseTime", stat, stat))],
    [
      "Targets",
      [
        ...each("HealthyHostCount", "Minimum", "healthy"),
        ...each("UnHealthyHostCount", "Maximum", "unhealthy"),
      ],
    ],
    [
      "Connections",
      [
        ["ActiveConnectionCount", all],
        ["NewConnectionCount", all],
        ["RejectedConnectionCount", all, { color: "#d62728" }],
      ],
    ],
    ["Capacity units", [["ConsumedLCUs", all]]],
  ];
  return charts.map(([title, lines], index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title,
      region,
      view: "timeSeries",
      stat: "Sum",
      period: 60,
      metrics: lines.map(metric),
    },
  }));
}

/** A line in CloudWatch's format: the namespace, the metric, the names and values of its dimensions, the options. */
function metric([name, of, options = {}]: Line): (string | Record<string, string>)[] {
  return ["AWS/ApplicationELB", name, ...Object.entries(of).flat(), options];
}
