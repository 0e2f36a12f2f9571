import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { TUTORIAL } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { type Recording, type Registration } from "../support/recorder";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const alarmsIn = ({ registrations }: Recording) =>
  registrations.filter(({ type }) => type === METRIC_ALARM);

const thresholds = (alarms: readonly Registration[]) =>
  Object.fromEntries(alarms.map(({ name, inputs }) => [name, inputs.threshold]));

describe("the alarms of a group", () => {
  it("are none unless they are asked for", async () => {
    assert.deepEqual(alarmsIn(await recordGroup(TUTORIAL)), []);
  });

  it("watch over targets, errors, answers and connections, each by its threshold", async () => {
    const recording = await recordGroup({ ...TUTORIAL, alarms: { topicArns: [TOPIC] } });
    const alarms = alarmsIn(recording);
    assert.deepEqual(thresholds(alarms), {
      "web-alarm-elb-5xx": 1,
      "web-alarm-rejected-connections": 1,
      "web-alarm-response-time": 1,
      "web-alarm-target-5xx": 5,
      "web-alarm-unhealthy-hosts": 1,
    });
    for (const { inputs, parent } of alarms) {
      assert.equal(parent, "web");
      assert.deepEqual([inputs.alarmActions, inputs.okActions], [[TOPIC], [TOPIC]]);
      assert.equal(inputs.treatMissingData, "notBreaching");
      assert.match(String(inputs.alarmDescription), /\. (Check|The reason is in)/);
    }
  });

  it("take other thresholds, response times in milliseconds", async () => {
    const alarms = {
      topicArns: pulumi.output([TOPIC]),
      unhealthyHosts: 2,
      elb5xxPercent: 3,
      target5xxPercent: pulumi.output(10),
      targetResponseTime: 2500,
      rejectedConnections: 40,
    };
    const recording = await recordGroup({ ...TUTORIAL, alarms, tags: { a: "b" } });
    assert.deepEqual(thresholds(alarmsIn(recording)), {
      "web-alarm-elb-5xx": 3,
      "web-alarm-rejected-connections": 40,
      "web-alarm-response-time": 2.5,
      "web-alarm-target-5xx": 10,
      "web-alarm-unhealthy-hosts": 2,
    });
    assert.deepEqual(
      alarmsIn(recording).map(({ inputs }) => inputs.tags),
      Array.from({ length: 5 }, () => ({ a: "b" })),
    );
  });

  it("know the load balancer and the target group as CloudWatch does", async () => {
    const { find } = await recordGroup({ ...TUTORIAL, alarms: { topicArns: [TOPIC] } });
    const own = { LoadBalancer: "app/web-alb", TargetGroup: "tg/web-tg" };
    assert.deepEqual(find("web-alarm-unhealthy-hosts").inputs.dimensions, own);
    assert.deepEqual(find("web-alarm-response-time").inputs.dimensions, own);
    assert.deepEqual(find("web-alarm-rejected-connections").inputs.dimensions, {
      LoadBalancer: "app/web-alb",
    });
    const [errors] = find("web-alarm-target-5xx").inputs.metricQueries as [
      { metric: { dimensions: unknown } },
    ];
    assert.deepEqual(errors.metric.dimensions, own);
  });

  it("count requests for which there was no server among those of the load balancer", async () => {
    const { find } = await recordGroup({ ...TUTORIAL, alarms: { topicArns: [TOPIC] } });
    const queries = find("web-alarm-elb-5xx").inputs.metricQueries as Record<string, unknown>[];
    const percent = queries.find(({ returnData }) => returnData === true);
    assert.equal(percent?.expression, "100 * errors / (FILL(requests, 0) + errors)");
  });
});

describe("the dashboard of a group", () => {
  const DASHBOARD = "web-dashboard";

  it("is there if it is asked for", async () => {
    const { registrations } = await recordGroup({ ...TUTORIAL, dashboard: false });
    assert.ok(!registrations.some(({ name }) => name === DASHBOARD));
  });

  it("shows the group's own metrics in its own region, under the load balancer's name", async () => {
    const { find } = await recordGroup({ ...TUTORIAL, dashboard: true });
    const { dashboardName, dashboardBody } = find(DASHBOARD).inputs;
    assert.equal(dashboardName, "web-alb");
    const { widgets } = JSON.parse(String(dashboardBody)) as {
      widgets: { properties: { title: string; region: string; metrics: unknown[][] } }[];
    };
    assert.deepEqual(
      widgets.map(({ properties }) => properties.title),
      ["Requests", "Errors", "Response time", "Targets", "Connections", "Capacity units"],
    );
    assert.ok(widgets.every(({ properties }) => properties.region === "us-west-2"));
    const targets = widgets[3].properties.metrics;
    assert.deepEqual(targets[0], [
      "AWS/ApplicationELB",
      "HealthyHostCount",
      "LoadBalancer",
      "app/web-alb",
      "TargetGroup",
      "tg/web-tg",
      { stat: "Minimum", label: "healthy" },
    ]);
  });
});
