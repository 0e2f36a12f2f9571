import assert from "node:assert/strict";
import { TUTORIAL } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import type { Recording } from "../support/recorder";

describe("the dashboard of a group", () => {
  const DASHBOARD = "web-dashboard";

  it("is there if it is asked for", async () => {
    const { registrations } = await recordGroup({ ...TUTORIAL, dashboard: false });
    assert.ok(!registrations.some(({ name }) => name === DASHBOARD));
  });

  it("shows the group's own metrics in its own region, under the load balancer's name", async () => {
    const { find } = await recordGroup({ ...TUTORIAL, dashboard: true });
    const { inputs, parent } = find(DASHBOARD);
    const { dashboardName, dashboardBody } = inputs;
    assert.deepEqual([dashboardName, parent], ["web-alb", "web"]);
    const { widgets } = JSON.parse(String(dashboardBody)) as {
      widgets: { properties: { title: string; region: string; metrics: unknown[][] } }[];
    };
    assert.deepEqual(
      widgets.map(({ properties }) => properties.title),
      ["Requests", "Errors", "Response time", "Targets", "Connections", "Capacity units"],
    );
    assert.ok(widgets.every(({ properties }) => properties.region === "us-west-2"));
  });

  it("draws each metric by its own statistic, those of a target group for each group", async () => {
    const recording = await recordGroup({
      ...TUTORIAL,
      targetGroups: { green: {} },
      forward: { weights: { default: 1, green: 1 } },
      dashboard: true,
    });
    assert.deepEqual(
      chartsOf(recording).map(({ title, lines }) => [title, ...lines]),
      [
        ["Requests", "Sum RequestCount"],
        [
          "Errors",
          "Sum HTTPCode_ELB_5XX_Count (5xx of the load balancer, #d62728)",
          "Sum HTTPCode_Target_5XX_Count (5xx of targets, #ff7f0e)",
          "Sum HTTPCode_Target_4XX_Count (4xx of targets)",
        ],
        [
          "Response time",
          "p50 TargetResponseTime of tg/web-tg (p50)",
          "p50 TargetResponseTime of tg/web-tg-green (p50 green)",
          "p99 TargetResponseTime of tg/web-tg (p99)",
          "p99 TargetResponseTime of tg/web-tg-green (p99 green)",
        ],
        [
          "Targets",
          "Minimum HealthyHostCount of tg/web-tg (healthy)",
          "Minimum HealthyHostCount of tg/web-tg-green (healthy green)",
          "Maximum UnHealthyHostCount of tg/web-tg (unhealthy)",
          "Maximum UnHealthyHostCount of tg/web-tg-green (unhealthy green)",
        ],
        [
          "Connections",
          "Sum ActiveConnectionCount",
          "Sum NewConnectionCount",
          "Sum RejectedConnectionCount (#d62728)",
        ],
        ["Capacity units", "Sum ConsumedLCUs"],
      ],
    );
  });

  it("puts two charts side by side, over CloudWatch's whole width of 24 columns", async () => {
    const charts = chartsOf(await recordGroup({ ...TUTORIAL, dashboard: true }));
    assert.deepEqual(
      charts.map(({ x, y }) => [x, y]),
      [0, 6, 12].flatMap((y) => [
        [0, y],
        [12, y],
      ]),
    );
    for (const { type, view, width, height } of charts) {
      assert.deepEqual([type, view, width, height], ["metric", "timeSeries", 12, 6]);
    }
  });

  interface Widget {
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: {
      readonly title: string;
      readonly region: string;
      readonly view: string;
      readonly stat: string;
      readonly metrics: readonly (readonly [...string[], Record<string, string>])[];
    };
  }

  /** The charts as a reader sees them: "<statistic> <metric> of <group> (<label>, <colour>)". */
  function chartsOf({ find }: Recording) {
    const { widgets } = JSON.parse(String(find(DASHBOARD).inputs.dashboardBody)) as {
      widgets: readonly Widget[];
    };
    return widgets.map(({ properties: { title, view, stat, metrics }, ...place }) => ({
      ...place,
      title,
      view,
      lines: metrics.map((metric) => lineOf(metric, stat)),
    }));
  }

  function lineOf(metric: Widget["properties"]["metrics"][number], usual: string): string {
    const { stat = usual, label, color } = metric.at(-1) as Partial<Record<string, string>>;
    const [namespace, name, balancer, suffix, ...ofGroup] = metric.slice(0, -1) as string[];
    assert.deepEqual(
      [namespace, balancer, suffix],
      ["AWS/ApplicationELB", "LoadBalancer", "app/web-alb"],
    );
    const shown = [label, color].filter((word) => word !== undefined).join(", ");
    return [
      `${stat} ${name}`,
      ...(ofGroup.length > 0 ? [`of ${ofGroup[1]}`] : []),
      ...(shown === "" ? [] : [`(${shown})`]),
    ].join(" ");
  }
});
