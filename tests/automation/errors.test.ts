import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import * as automation from "../../automation";
import { CONFIGURATION, Environments } from "../support/environments";
import { failure } from "../support/failure";

describe("an environment's errors", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();

  it("report all problems of the configuration before the engine starts", async () => {
    const error = await failure(
      stage().open("invalid", {
        configuration: { ...CONFIGURATION, availabilityZones: ["us-west-2a"], port: 0 },
        region: "us-west-2",
      }),
      automation.InvalidConfigurationError,
    );
    assert.equal(error.kind, "invalid-configuration");
    assert.deepEqual(error.problems.map(({ propertyPath }) => propertyPath).sort(), [
      "availabilityZones",
      "port",
    ]);
    await failure(stage().open("invalid", { mustExist: true }), automation.NotFoundError);
  });

  it("show a limited number of problems, and no control characters", () => {
    const problems = Array.from({ length: 30 }, (_, index) => ({
      propertyPath: `tags.${index}`,
      reason: `tags["\u001b[31m${index}"] must be mended`,
    }));
    const error = new automation.InvalidConfigurationError("dev", problems);
    assert.equal(error.problems.length, 30);
    assert.equal(error.message.split("\n").length, 1 + 21 + 1);
    assert.match(error.message, /\n {2}- and 10 more\nCorrect these values\.$/);
    assert.ok(!error.message.includes("\u001b"));
  });

  it("advise to register targets only if some are missing, and to repair those that are unhealthy", () => {
    const sick = { targetGroup: "default", id: "i-1", port: 80, state: "unhealthy" };
    const target = {
      ...sick,
      availabilityZone: undefined,
      reason: "",
      description: "",
      advice: "",
    };
    const few = { targetGroup: "blue", registered: 0, minimum: 1 };
    const adviceFor = (...[targets, missing]: [automation.TargetHealth[], (typeof few)[]]) =>
      new automation.UnhealthyError("dev", targets, 1000, missing).advice;
    assert.match(adviceFor([target], []), /^Repair these targets, or check/);
    assert.match(adviceFor([], [few]), /^Register the missing targets, or check/);
    const both = /^Repair these targets, register the missing ones, or check/;
    assert.match(adviceFor([target], [few]), both);
  });

  it("refuse credentials that would be kept in plain text", async () => {
    const { problems } = await failure(
      stage().open("credentials", { providerConfiguration: { secretKey: "hush" } }),
      automation.InvalidConfigurationError,
    );
    assert.equal(problems[0].propertyPath, "providerConfiguration.secretKey");
  });

  it("report the problems that a check against AWS finds, at preview", async () => {
    const instanceIds = ["i-0a1b2c3d4e5f69999", "i-0a1b2c3d4e5f68888"];
    const refused = await stage().open("refused", {
      configuration: { ...CONFIGURATION, instanceIds },
    });
    const error = await failure(refused.preview(), automation.RefusedError);
    assert.deepEqual(
      error.problems.map(({ propertyPath }) => propertyPath),
      ["instanceIds[0]", "instanceIds[1]"],
    );
    assert.ok(error.cause instanceof Error);
  });

  it("distinguish a missing engine from one that is too old", async () => {
    const folder = path.join(stage().folder, "old");
    const missing = await failure(
      stage().open("x", { engine: path.join(folder, "nowhere") }),
      automation.EngineUnusableError,
    );
    assert.equal(missing.reason, "missing");
    await mkdir(path.join(folder, "bin"), { recursive: true });
    await writeFile(path.join(folder, "bin", "pulumi"), "#!/bin/sh\necho v3.100.0\n");
    await chmod(path.join(folder, "bin", "pulumi"), 0o755);
    const old = await failure(
      stage().open("x", { engine: folder }),
      automation.EngineUnusableError,
    );
    assert.equal(old.reason, "too-old");
    assert.match(old.message, /3\.100\.0 is too old\nInstall Pulumi 3\.230\.0 or newer/);
  });

  it("end an update that is aborted, and leave a state that the next one completes", async () => {
    const environment = await stage().open("aborted");
    const abort = new AbortController();
    const error = await failure(
      environment.up({
        signal: abort.signal,
        onProgress: ({ resource, phase }) => {
          if (resource.name === "web-tg" && phase === "started") abort.abort();
        },
      }),
      automation.CancelledError,
    );
    assert.equal(error.retryable, false);
    const { counts } = await environment.up();
    assert.ok((counts.same ?? 0) > 0, "nothing of the aborted update was kept");
    assert.equal((counts.same ?? 0) + (counts.create ?? 0), 10);
    assert.deepEqual((await environment.preview()).counts, { same: 10 });
    await environment.destroy();
  });

  it("do nothing if the signal is aborted before the start", async () => {
    const environment = await stage().open("early");
    const before = stage().emulator.calls.length;
    await failure(environment.up({ signal: AbortSignal.abort() }), automation.CancelledError);
    assert.equal(stage().emulator.calls.length, before);
  });

  it("end an update that exceeds its time limit", async () => {
    const environment = await stage().open("slow");
    const error = await failure(environment.up({ timeLimit: 1 }), automation.TimedOutError);
    assert.equal(error.timeLimit, 1);
  });

  it("refuse invalid time limits, and accept a very long one", async () => {
    const environment = await stage().open("times");
    for (const timeLimit of [0, -1, NaN, "9" as unknown as number]) {
      for (const call of [
        environment.preview({ timeLimit }),
        environment.waitUntilHealthy({ timeLimit }),
        environment.waitUntilHealthy({ timeLimit: 1, interval: timeLimit }),
      ]) {
        const { problems } = await failure(call, automation.InvalidConfigurationError);
        assert.match(problems[0].reason, /^(timeLimit|interval) must be a number of milliseconds/);
      }
    }
    assert.deepEqual((await environment.history({ timeLimit: Infinity })).length, 0);
    assert.deepEqual((await environment.history({ timeLimit: 2 ** 40 })).length, 0);
  });

  it("concern one environment: others in the same process go on", async () => {
    const wrong = await stage().open("wrong", {
      configuration: { ...CONFIGURATION, instanceIds: ["i-0a1b2c3d4e5f69999"] },
    });
    const rights = await Promise.all(["one", "two"].map((name) => stage().open(name)));
    const [failed, ...done] = await Promise.allSettled([
      wrong.up(),
      ...rights.map((environment) => environment.up()),
    ]);
    assert.equal(failed.status, "rejected");
    assert.deepEqual(
      done.map(({ status }) => status),
      ["fulfilled", "fulfilled"],
    );
    await Promise.all(rights.map((environment) => environment.destroy()));
  });

  it("can be sent over a network", async () => {
    const error = await failure(
      stage().open("credentials", { region: undefined }),
      automation.InvalidConfigurationError,
    );
    const { kind, retryable, message, environment, operation, advice, problems } = error;
    assert.deepEqual(JSON.parse(JSON.stringify(error)), {
      kind,
      retryable,
      message,
      environment,
      operation,
      advice,
      problems,
    });
    assert.equal(problems[0].propertyPath, "region");
  });
});
