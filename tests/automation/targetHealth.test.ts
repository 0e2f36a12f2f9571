import assert from "node:assert/strict";
import { AwsError, type Environment, UnhealthyError } from "../../automation";
import { CONFIGURATION, Environments } from "../support/environments";
import { failure } from "../support/failure";

/** Checked often enough to see a server fall ill. */
const WATCHED = {
  ...CONFIGURATION,
  targetGroup: { healthCheck: { interval: 5, timeout: 2, unhealthyThreshold: 2 } },
};

describe("the health of an environment's targets", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();
  let environment: Environment;

  before(async () => {
    environment = await stage().open("health", { configuration: WATCHED });
    await environment.up();
  });

  it("is waited for", async () => {
    const targets = await environment.waitUntilHealthy({ timeLimit: 60_000, interval: 50 });
    assert.deepEqual(
      targets.map(({ port, state, reason, advice }) => [port, state, reason, advice]),
      [
        [80, "healthy", undefined, undefined],
        [80, "healthy", undefined, undefined],
      ],
    );
  });

  it("is told with AWS's reason and with advice, when it does not come", async () => {
    const [id] = WATCHED.instanceIds ?? [];
    const server = stage().cloud.servers.get(id);
    assert.ok(server);
    const ill = new Promise<void>((resolve) => {
      stage().cloud.elb.onTargetTransition(({ state }) => {
        if (state === "unhealthy") resolve();
      });
    });
    await server.stop();
    await ill;
    const error = await failure(environment.waitUntilHealthy({ timeLimit: 1 }), UnhealthyError);
    const target = error.targets.find((one) => one.id === id);
    assert.deepEqual([target?.state, target?.reason], ["unhealthy", "Target.FailedHealthChecks"]);
    assert.ok(error.message.includes(`${id}:80 is unhealthy (Target.FailedHealthChecks: `));
    assert.match(error.message, /nothing listens on the health check's port/);
    await server.start();
  });

  it("ends with AWS's code, call and advice when AWS refuses to tell", async () => {
    const { targetGroupArn } = await environment.outputs();
    const [listener] = Object.values((await environment.outputs()).listenerArns);
    await stage().cloud.elb.deleteListener(listener);
    stage().cloud.elb.deleteTargetGroup(targetGroupArn);
    const { rejections } = await failure(environment.targetHealth(), AwsError);
    assert.deepEqual(
      rejections.map(({ call, code }) => [call, code]),
      [["DescribeTargetHealth", "TargetGroupNotFound"]],
    );
    assert.match(rejections[0].advice, /run refresh, then up/);
  });
});
