import assert from "node:assert/strict";
import { groupOf, Stage, TUTORIAL } from "../support/stage";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const watched = (alarms: object) =>
  groupOf({ ...TUTORIAL, alarms: { topicArns: [TOPIC], ...alarms }, dashboard: true });

describe("alarms and dashboard", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite();
  const cloudWatch = () => stage().emulator.cloudWatch;

  it("are made with the group, and know it by its own names", async () => {
    const { outputs } = await stage().up(watched({}));
    const arn = String(outputs.loadBalancerArn.value);
    const suffix = arn.slice(arn.indexOf("app/"));
    assert.equal(cloudWatch().describeAlarms().length, 5);
    for (const { settings } of cloudWatch().describeAlarms()) {
      assert.ok(JSON.stringify(settings).includes(suffix));
    }
    const [, dashboard] = suffix.split("/");
    assert.ok(cloudWatch().getDashboard(dashboard).includes(suffix));
    await stage().preview(watched({}), { expectNoChanges: true });
  });

  it("change alone when a threshold does", async () => {
    const { steps } = await stage().up(watched({ unhealthyHosts: 2 }));
    assert.deepEqual(steps, ["update web-alarm-unhealthy-hosts"]);
  });

  it("go when nobody asks for them any more", async () => {
    const { steps } = await stage().up(groupOf(TUTORIAL));
    assert.deepEqual(steps.sort(), [
      "delete web-alarm-elb-5xx",
      "delete web-alarm-rejected-connections",
      "delete web-alarm-response-time",
      "delete web-alarm-target-5xx",
      "delete web-alarm-unhealthy-hosts",
      "delete web-dashboard",
    ]);
    assert.deepEqual(cloudWatch().describeAlarms(), []);
  });
});
