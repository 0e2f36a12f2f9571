import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Configuration, type Environment, UnhealthyError } from "../../automation";
import { SteadyLoad } from "../../demo/load";
import { sampleAccount, SampleServer } from "../../emulator";
import { CONFIGURATION, Environments } from "../support/environments";
import { failure } from "../support/failure";

const CHECKED_OFTEN = { healthCheck: { interval: 5, timeout: 2 } };
const IN_TIME = { timeLimit: 60_000, interval: 50 };
const AT_ONCE = { timeLimit: 1 };

const account = sampleAccount();
const [FIRST, SECOND, THIRD] = account.instances.map(({ instanceId }) => instanceId);
account.autoScalingGroups.push({
  autoScalingGroupName: "fleet",
  instanceIds: [SECOND, THIRD],
  targetGroupArns: [],
});

describe("a switch that waits for healthy targets", function () {
  this.timeout(180_000);
  const stage = Environments.forSuite({ account });
  const listening: SampleServer[] = [];
  let load: SteadyLoad | undefined;

  afterEach(async () => {
    await load?.stop();
    load = undefined;
    await Promise.all(listening.splice(0).map((server) => server.stop()));
  });

  /** Starts the servers on one more port. */
  async function listen(port: number): Promise<void> {
    for (const instance of account.instances) {
      const server = new SampleServer(instance, [port]);
      listening.push(server);
      await server.start();
    }
  }

  const open = (name: string, configuration: Configuration, secretKeys?: ["tags"]) =>
    stage().open(name, { configuration, secretKeys });

  /** Sends requests to an environment until the test ends. */
  async function sendRequestsTo(environment: Environment): Promise<string> {
    await environment.waitUntilHealthy(IN_TIME);
    const { listenerArns } = await environment.outputs();
    load = new SteadyLoad(stage().emulator.elb.listenerUrl(listenerArns.http), 40);
    await load.further(10);
    return listenerArns.http;
  }

  async function assertAllAnswered(): Promise<void> {
    await load?.further(20);
    const failed = load?.answers.filter(({ instanceId }) => instanceId === undefined);
    assert.deepEqual(failed, []);
  }

  async function filesOfBackend(): Promise<string[]> {
    const folder = path.join(stage().folder, "state");
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const places = files
      .filter((file) => file.isFile())
      .map((file) => path.join(file.parentPath, file.name));
    assert.ok(places.some((place) => place.includes("colours")));
    return Promise.all(places.map((place) => readFile(place, "utf8")));
  }

  /** The weights with which a listener forwards to target groups, by their ARNs. */
  function weightsOf(listener: string): Record<string, number> {
    const { defaultAction } = stage().emulator.elb.describeListener(listener);
    assert.equal(defaultAction.type, "forward");
    if ("targetGroupArn" in defaultAction) return { [defaultAction.targetGroupArn]: 1 };
    return Object.fromEntries(
      defaultAction.targetGroups.map(({ targetGroupArn, weight }) => [targetGroupArn, weight]),
    );
  }

  it("keeps a replaced target group in use until the targets of the new one are healthy", async () => {
    const servingOn = (port: number) => ({
      ...CONFIGURATION,
      targetGroup: { ...CHECKED_OFTEN, port },
    });
    const former = await open("replaced", servingOn(80));
    const { outputs: before } = await former.up();
    const listener = await sendRequestsTo(former);

    const wanted = await open("replaced", servingOn(8080));
    const error = await failure(wanted.up({ switchWhenHealthy: AT_ONCE }), UnhealthyError);
    assert.match(error.message, /i-\w+:8080 is (unhealthy|initial)/);
    assert.match(error.message, /Requests are still distributed as before/);
    const { targetGroupArns } = await wanted.outputs();
    assert.equal(targetGroupArns["default-previous"], before.targetGroupArn);
    assert.deepEqual(weightsOf(listener), {
      [targetGroupArns["default-previous"]]: 1,
      [targetGroupArns.default]: 0,
    });
    await assertAllAnswered();

    await listen(8080);
    const { outputs, changes } = await wanted.up({ switchWhenHealthy: IN_TIME });
    assert.deepEqual(outputs.targetGroupArns, { default: targetGroupArns.default });
    assert.deepEqual(weightsOf(listener), { [targetGroupArns.default]: 1 });
    assert.deepEqual(
      changes.map(({ name, change }) => `${change} ${name}`).filter((one) => /tg|http/.test(one)),
      ["update web-http", "delete web-tg-default-previous"],
    );
    await assertAllAnswered();
    const again = await wanted.up({ switchWhenHealthy: AT_ONCE });
    assert.deepEqual(again.changes, []);
  });

  it("gives another target group its requests when its Auto Scaling group is healthy", async () => {
    const serving = (weights: Record<string, number>): Configuration => ({
      availabilityZones: CONFIGURATION.availabilityZones,
      name: "colours",
      targetGroups: {
        ...("blue" in weights ? { blue: { ...CHECKED_OFTEN, instanceIds: [FIRST] } } : {}),
        ...("green" in weights
          ? { green: { ...CHECKED_OFTEN, port: 8080, autoScalingGroupNames: { all: "fleet" } } }
          : {}),
      },
      forward: { weights },
      tags: { owner: `owner of ${Object.keys(weights).join()}` },
    });
    const blue = await open("colours", serving({ blue: 1 }), ["tags"]);
    await blue.up();
    const listener = await sendRequestsTo(blue);
    const green = await open("colours", serving({ green: 1 }), ["tags"]);
    const ready = new Promise<void>((resolve, reject) => {
      stage().emulator.elb.onTargetTransition(({ target, state }) => {
        if (target.port !== 8080 || state !== "unhealthy") return;
        listen(8080).then(resolve, reject);
      });
    });
    const [{ outputs }] = await Promise.all([green.up({ switchWhenHealthy: IN_TIME }), ready]);
    assert.deepEqual(weightsOf(listener), { [outputs.targetGroupArns.green]: 1 });
    await assertAllAnswered();
    assert.deepEqual(Object.keys(outputs.targetGroupArns), ["green"]);
    for (const text of await filesOfBackend()) assert.doesNotMatch(text, /owner of/);
  });

  it("waits until a service has registered as many targets as it had before", async () => {
    const { elb } = stage().emulator;
    const withoutTargets = (port: number): Configuration => ({
      availabilityZones: CONFIGURATION.availabilityZones,
      name: "service",
      targetGroup: { ...CHECKED_OFTEN, port },
    });
    const former = await open("service", withoutTargets(80));
    const { outputs: before } = await former.up();
    const register = (group: string, id: string, port: number) => {
      elb.registerTarget(group, { id, port });
    };
    for (const id of [FIRST, SECOND]) register(before.targetGroupArn ?? "", id, 80);
    const listener = await sendRequestsTo(former);
    await listen(8080);

    const wanted = await open("service", withoutTargets(8080));
    const shortage = async () => {
      const error = await failure(wanted.up({ switchWhenHealthy: AT_ONCE }), UnhealthyError);
      return error.tooFewTargets;
    };
    const [minimum, targetGroup] = [2, "default"];
    assert.deepEqual(await shortage(), [{ targetGroup, registered: 0, minimum }]);
    const { targetGroupArn = "" } = await wanted.outputs();
    register(targetGroupArn, FIRST, 8080);
    assert.deepEqual(await shortage(), [{ targetGroup, registered: 1, minimum }]);
    assert.deepEqual(Object.values(weightsOf(listener)).sort(), [0, 1]);
    await assertAllAnswered();

    register(targetGroupArn, SECOND, 8080);
    const { outputs } = await wanted.up({ switchWhenHealthy: IN_TIME });
    assert.deepEqual(weightsOf(listener), { [targetGroupArn]: 1 });
    assert.equal(outputs.targetGroupArn, targetGroupArn);
    await assertAllAnswered();
  });
});
