import assert from "node:assert/strict";
import { EmulatorFixture } from "./support/emulatorFixture";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const BARE = { comparisonOperator: "GreaterThanOrEqualToThreshold", evaluationPeriods: 1 };
const WATCHED = {
  ...BARE,
  metricName: "RejectedConnectionCount",
  namespace: "AWS/ApplicationELB",
  statistic: "Sum",
  period: 60,
  threshold: 0.5,
};
const BODY = JSON.stringify({ widgets: [] });

describe("the local CloudWatch", () => {
  const aws = EmulatorFixture.inEachTest();

  it("keeps an alarm as it was put, in the state of a new one", async () => {
    const { id, state, inputs } = await aws.provider.make(ALARM, { ...WATCHED, tags: { a: "b" } });
    assert.equal(id, inputs.name);
    assert.match(String(state.arn), /^arn:aws:cloudwatch:us-west-2:\d{12}:alarm:web-[0-9a-f]{7}$/);
    assert.deepEqual([state.threshold, state.tagsAll], [0.5, { a: "b" }]);
    const [alarm] = aws.emulator.cloudWatch.describeAlarms();
    assert.deepEqual([alarm.alarmName, alarm.stateValue], [id, "INSUFFICIENT_DATA"]);
  });

  it("changes a threshold in place, and makes another alarm for another name", async () => {
    const { state, inputs } = await aws.provider.make(ALARM, WATCHED);
    const { kinds, replaces } = await aws.provider.diff(ALARM, state, { ...inputs, threshold: 2 });
    assert.deepEqual([Object.keys(kinds), replaces], [["threshold"], []]);
    const renamed = await aws.provider.diff(ALARM, state, { ...inputs, name: "other" });
    assert.deepEqual(renamed.replaces, ["name"]);
  });

  it("forgets a deleted alarm, and does not mind one that is gone", async () => {
    const { id, state } = await aws.provider.make(ALARM, WATCHED);
    await aws.provider.delete(ALARM, id, state);
    assert.deepEqual(aws.emulator.cloudWatch.describeAlarms(), []);
    await aws.provider.delete(ALARM, id, state);
  });

  it("refuses an alarm of six actions", async () => {
    const alarmActions = ["1", "2", "3", "4", "5", "6"].map((n) => `arn:aws:sns:us-west-2:1:${n}`);
    await assert.rejects(
      aws.provider.make(ALARM, { ...WATCHED, alarmActions }),
      /PutMetricAlarm, .*api error ValidationError: .*alarmActions/,
    );
  });

  const faults: [string, object, RegExp][] = [
    ["nothing to watch", BARE, /"metricQueries"/],
    ["two statistics", { ...WATCHED, extendedStatistic: "p99" }, /"extendedStatistic"/],
    [
      "two sources",
      { ...WATCHED, metricQueries: [{ id: "a", expression: "1", returnData: true }] },
      /one of/,
    ],
    ["no query that returns data", { ...BARE, metricQueries: [{ id: "a" }] }, /exactly one/],
    ["an unknown comparison", { ...WATCHED, comparisonOperator: "Equals" }, /comparisonOperator/],
    ["a threshold in words", { ...WATCHED, threshold: "many" }, /threshold to be a number/],
  ];
  for (const [what, inputs, reason] of faults) {
    it(`refuses an alarm with ${what} at preview`, async () => {
      const { failures } = await aws.provider.check(ALARM, { ...inputs });
      assert.match(failures.join("\n"), reason);
    });
  }

  it("keeps a dashboard, which another of its name overwrites", async () => {
    const { id, state } = await aws.provider.make(DASHBOARD, {
      dashboardName: "web",
      dashboardBody: BODY,
    });
    assert.equal(id, "web");
    assert.match(String(state.dashboardArn), /:dashboard\/web$/);
    const other = JSON.stringify({ widgets: [{ type: "text" }] });
    await aws.provider.make(DASHBOARD, { dashboardName: "web", dashboardBody: other });
    assert.equal(aws.emulator.cloudWatch.getDashboard("web"), other);
    await aws.provider.delete(DASHBOARD, id, state);
    assert.throws(() => aws.emulator.cloudWatch.getDashboard("web"), /does not exist/);
  });

  it("refuses a dashboard that is none, and names that are none", async () => {
    const make = (dashboardName: string, dashboardBody: string) =>
      aws.provider.make(DASHBOARD, { dashboardName, dashboardBody });
    await assert.rejects(make("web", "widgets"), /InvalidParameterInput/);
    await assert.rejects(make("web.group", BODY), /ValidationError/);
  });
});
