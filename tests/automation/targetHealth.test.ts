import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { AwsError, type Environment, UnhealthyError } from "../../automation";
import { CONFIGURATION, Environments } from "../support/environments";
import { failure } from "../support/failure";
import { recordingServer } from "./recordingServer";

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

  it("is reported with AWS's reason and with advice, if targets stay unhealthy", async () => {
    const [id] = WATCHED.instanceIds ?? [];
    const server = stage().emulator.servers.get(id);
    assert.ok(server);
    const ill = new Promise<void>((resolve) => {
      stage().emulator.elb.onTargetTransition(({ state }) => {
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

  it("covers all target groups that get requests, with a main one or without", async () => {
    const [first, second] = WATCHED.instanceIds ?? [];
    const { healthCheck } = WATCHED.targetGroup;
    const { availabilityZones } = WATCHED;
    const colours = (weights: Record<string, number>) => ({
      availabilityZones,
      name: "colours",
      targetGroups: {
        blue: { healthCheck, targets: { a: { id: first } } },
        green: { healthCheck, targets: { b: { id: second, port: 81 } } },
        empty: { healthCheck },
      },
      forward: { weights },
      rules: { api: { pathPatterns: ["/api"], targetGroup: "blue" } },
    });
    const open = (weights: Record<string, number>) =>
      stage().open("colours", { configuration: colours(weights) });
    const onBlue = await open({ blue: 1, green: 0, empty: 0 });
    const { outputs } = await onBlue.up();
    assert.equal(outputs.targetGroupArn, undefined);
    assert.deepEqual(Object.keys(outputs.targetGroupArns).sort(), ["blue", "empty", "green"]);
    const healthy = await onBlue.waitUntilHealthy({ timeLimit: 60_000, interval: 50 });
    assert.deepEqual(
      healthy.map(({ targetGroup: key, id, state }) => [key, id, state]),
      [["blue", first, "healthy"]],
    );
    const onAll = await open({ blue: 1, green: 1, empty: 1 });
    await onAll.up();
    const error = await failure(onAll.waitUntilHealthy({ timeLimit: 1 }), UnhealthyError);
    assert.deepEqual(error.tooFewTargets, [{ targetGroup: "empty", registered: 0, minimum: 1 }]);
    assert.match(error.message, new RegExp(`${second}:81 of green is (initial|unhealthy)`));
    assert.match(error.message, /the target group empty has no targets/);
    await onAll.destroy();
  });

  it("is not waited for if no target group gets requests", async () => {
    const { availabilityZones } = WATCHED;
    const defaultAction = { fixedResponse: { statusCode: 404 } };
    const configuration = { availabilityZones, name: "fixed", defaultAction };
    const fixed = await stage().open("fixed", { configuration });
    await fixed.up();
    assert.deepEqual(await fixed.waitUntilHealthy({ timeLimit: 1 }), []);
    await fixed.destroy();
  });

  it("is looked up with the credentials of the provider's configuration", async () => {
    const { folder, emulator } = stage();
    const elb = await recordingServer(async ({ body }, { headers }) => {
      const { AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: url = "" } = emulator.environment;
      const { authorization = "", "content-type": type = "" } = headers;
      const forwarded = { authorization, "content-type": type };
      return (await fetch(url, { method: "POST", body, headers: forwarded })).text();
    });
    try {
      const file = path.join(folder, "credentials");
      await writeFile(file, "[prod]\naws_access_key_id=OF-prod\naws_secret_access_key=secret\n");
      const same = await stage().open("health", {
        configuration: WATCHED,
        providerConfiguration: { profile: "prod" },
        environmentVariables: {
          AWS_SHARED_CREDENTIALS_FILE: file,
          AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: elb.url,
        },
      });
      assert.equal((await same.targetHealth()).length, 2);
      assert.deepEqual(
        elb.requests.map(({ accessKey }) => accessKey),
        ["OF-prod"],
      );
    } finally {
      await elb.close();
    }
  });

  it("fails with AWS's code, call and advice if AWS refuses the call", async () => {
    const { targetGroupArn = "" } = await environment.outputs();
    const [listener] = Object.values((await environment.outputs()).listenerArns);
    await stage().emulator.elb.deleteListener(listener);
    stage().emulator.elb.deleteTargetGroup(targetGroupArn);
    const { rejections } = await failure(environment.targetHealth(), AwsError);
    assert.deepEqual(
      rejections.map(({ call, code }) => [call, code]),
      [["DescribeTargetHealth", "TargetGroupNotFound"]],
    );
    assert.match(
      rejections[0].advice,
      /^The target group was deleted .*pulumi refresh --stack <ENVIRONMENT>, then try again/,
    );
  });
});
