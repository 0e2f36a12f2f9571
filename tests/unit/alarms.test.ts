import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { TUTORIAL } from "../support/exampleArgs";
import { isInAlarm, type Series } from "../support/cloudWatchAlarm";
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

  // The names and statistics are those of
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html.
  const ALL = "LoadBalancer";
  const OWN = "LoadBalancer, TargetGroup";
  const rises: readonly (readonly [
    alarm: string,
    state: string,
    series: Series,
    fires: boolean,
  ])[] = [
    ["unhealthy-hosts", "a target is unhealthy for three minutes", unhealthy([0, 1, 1, 1]), true],
    ["unhealthy-hosts", "a target is unhealthy for two minutes", unhealthy([1, 0, 1, 1]), false],
    ["unhealthy-hosts", "it was unhealthy for three minutes", unhealthy([1, 1, 1, 0]), false],
    ["target-5xx", "three minutes of five have 5 % errors", answers([1, 5, 0, 5, 5]), true],
    ["target-5xx", "two minutes of five have 5 % errors", answers([1, 5, 0, 0, 5]), false],
    ["target-5xx", "all minutes have 4 % errors", answers([4, 4, 4, 4, 4]), false],
    ["target-5xx", "only older minutes had errors", answers([9, 9, 9, 9, 0, 0, 0]), false],
    [
      "response-time",
      "the 99th percentile is 1 s in three of five",
      slow([1, 1, 0.2, 0.2, 1]),
      true,
    ],
    [
      "response-time",
      "the 99th percentile is 1 s in two of five",
      slow([1, 0.2, 0.2, 0.2, 1]),
      false,
    ],
    ["response-time", "the 99th percentile is 0.9 s", slow([0.9, 0.9, 0.9, 0.9, 0.9]), false],
    ["rejected-connections", "one connection was rejected", rejected([0, 0, 1]), true],
    ["rejected-connections", "one connection was rejected before", rejected([0, 1, 0]), false],
    ["elb-5xx", "no request reached a target in three minutes", unserved([0, 0, 4, 4, 4]), true],
    ["elb-5xx", "no request reached a target in two minutes", unserved([0, 0, 0, 4, 4]), false],
    ["elb-5xx", "nobody asks", unserved([0, 0, 0, 0, 0]), false],
  ];
  for (const [role, state, series, fires] of rises) {
    it(`${fires ? "raise" : "don't raise"} ${role} if ${state}`, async () => {
      const { find } = await recordGroup({ ...TUTORIAL, alarms: { topicArns: [TOPIC] } });
      assert.equal(isInAlarm(find(`web-alarm-${role}`).inputs, series), fires);
    });
  }

  it("keep the state of the response time while there are too few requests to tell", async () => {
    const { find } = await recordGroup({ ...TUTORIAL, alarms: { topicArns: [TOPIC] } });
    assert.equal(
      find("web-alarm-response-time").inputs.evaluateLowSampleCountPercentiles,
      "ignore",
    );
  });

  it("are named after the key of a further target group", async () => {
    const recording = await recordGroup({
      ...TUTORIAL,
      targetGroups: { green: {} },
      forward: { weights: { default: 1, green: 1 } },
      alarms: { topicArns: [TOPIC] },
    });
    const ofGreen = ["unhealthy-hosts", "target-5xx", "response-time"];
    assert.deepEqual(
      alarmsIn(recording)
        .map(({ name }) => name)
        .filter((name) => name.endsWith("-green"))
        .sort(),
      ofGreen.map((role) => `web-alarm-${role}-green`).sort(),
    );
  });

  function unhealthy(counts: readonly number[]): Series {
    return { [`Maximum UnHealthyHostCount by ${OWN}`]: counts };
  }

  /** A hundred requests a minute, of which so many end in an error of the target. */
  function answers(errors: readonly number[]): Series {
    return {
      [`Sum HTTPCode_Target_5XX_Count by ${OWN}`]: errors,
      [`Sum RequestCount by ${OWN}`]: errors.map(() => 100),
    };
  }

  function slow(seconds: readonly number[]): Series {
    return { [`p99 TargetResponseTime by ${OWN}`]: seconds };
  }

  function rejected(counts: readonly number[]): Series {
    return { [`Sum RejectedConnectionCount by ${ALL}`]: counts };
  }

  /** Minutes in which all requests, or none, get a 503. RequestCount does not include these. */
  function unserved(errors: readonly number[]): Series {
    return {
      [`Sum HTTPCode_ELB_5XX_Count by ${ALL}`]: errors.map((count) => count || undefined),
      [`Sum RequestCount by ${ALL}`]: errors.map(() => undefined),
    };
  }
});
