import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { TUTORIAL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";

describe("Auto Scaling groups", () => {
  it("are attached to the target group, each under its own name", async () => {
    const { find, failures } = await recordGroup({
      ...ZONES,
      autoScalingGroupNames: { blue: "web-blue", green: pulumi.output("web-green") },
    });
    assert.deepEqual(failures, []);
    for (const key of ["blue", "green"]) {
      const { type, inputs, parent } = find(`web-auto-scaling-web-${key}`);
      assert.equal(type, "aws:autoscaling/attachment:Attachment");
      assert.equal(parent, "web");
      assert.deepEqual(inputs, {
        autoscalingGroupName: `web-${key}`,
        lbTargetGroupArn: "arn:web-tg",
      });
    }
  });

  it("are attached to the further target groups that they are named in", async () => {
    const { find } = await recordGroup({
      ...ZONES,
      targetGroups: { blue: { autoScalingGroupNames: { main: "web" } } },
      forward: { weights: { blue: 1 } },
    });
    const { inputs } = find("web-auto-scaling-blue-web");
    assert.equal(inputs.lbTargetGroupArn, "arn:web-tg-blue");
  });

  it("are attached before the listener names the target group", async () => {
    const { find } = await recordGroup({
      ...TUTORIAL,
      autoScalingGroupNames: { main: "web" },
    });
    const waitedFor = find("web-http").dependencies;
    assert.ok(waitedFor.includes("web-auto-scaling-web"), waitedFor.join());
  });
});
