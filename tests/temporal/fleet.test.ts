import assert from "node:assert/strict";
import { type FleetMember, LockedError } from "../../automation";
import type { Fault } from "../../emulator";
import { CONFIGURATION, PASSPHRASE } from "../support/environments";
import { failure } from "../support/failure";
import { killGroup } from "./run";
import { Temporal } from "./server";

const CREATE = "CreateLoadBalancer";
const HEALTHY = { ...CONFIGURATION, targetGroup: { healthCheck: { interval: 5, timeout: 2 } } };

describe("a fleet on Temporal", function () {
  this.timeout(300_000);
  const temporal = Temporal.forSuite();

  const member = (
    name: string,
    order: Omit<FleetMember, "options"> = {},
    configuration: object = CONFIGURATION,
  ): FleetMember => ({
    options: temporal().stage.options(name, { configuration: { ...configuration, name } }),
    ...order,
  });
  const strike = (fault: Fault, at = 1) =>
    temporal().stage.emulator.faults.add({ call: CREATE, at, fault });
  const forever = () => strike({ kind: "hold", until: new Promise<void>(() => undefined) });

  /** The environments that have a load balancer, by its tags, each as often as it has one. */
  const deployedNames = (prefix: string) =>
    temporal()
      .stage.emulator.elb.existingLoadBalancers()
      .map(({ loadBalancerName }) => loadBalancerName.replace(/-alb-[0-9a-f]{7}$/, ""))
      .filter((name) => name.startsWith(prefix))
      .sort();
  const created = () => temporal().stage.changes.filter((call) => call === CREATE).length;

  before(async () => {
    await temporal().worker("shared");
  });

  it("is deployed wave by wave, behind its health gate", async () => {
    const members = [
      member("w-prod", { wave: 2 }, HEALTHY),
      member("w-test", { after: ["w-dev"] }, HEALTHY),
      member("w-dev", {}, HEALTHY),
    ];
    const healthGate = { timeLimit: 60_000 };
    const run = await temporal().fleet("shared", "waves", members, { healthGate });
    const { fleet, code } = await run.result();
    assert.equal(code, 0, JSON.stringify(fleet));
    assert.deepEqual(Object.keys(fleet), ["w-prod", "w-test", "w-dev"]);
    assert.equal(fleet["w-prod"].counts?.create, 10);
    assert.match(fleet["w-prod"].url ?? "", /^http:/);
    const attempts = await run.history.attempts();
    assert.deepEqual(attempts.slice(0, 2), ["deploy w-dev: attempt 1", "deploy w-test: attempt 1"]);
    assert.deepEqual(attempts.slice(2, 4).sort(), [
      "waitForHealth w-dev: attempt 1",
      "waitForHealth w-test: attempt 1",
    ]);
    assert.deepEqual(attempts.slice(4), [
      "deploy w-prod: attempt 1",
      "waitForHealth w-prod: attempt 1",
    ]);
  });

  it("is completed by another worker when one is killed in the middle of an update", async () => {
    const { run, names, before, victim, release } = await inTheMiddle("killed");
    victim.kill("SIGKILL");
    // Its engine lives on, and hears from AWS.
    release();
    const { fleet, code } = await run.result();
    assert.equal(code, 0, JSON.stringify(fleet));
    assert.deepEqual(deployedNames("killed"), names);
    assert.equal(created() - before, names.length, "a load balancer was made twice");
    assert.deepEqual(await run.history.attempts(), [
      "deploy killed-a: attempt 1",
      "deploy killed-b: attempt 2 after silence",
      "deploy killed-c: attempt 1",
    ]);
  });

  it("is completed by another worker when all processes of one are, whose lock is released", async () => {
    const { run, names, victim } = await inTheMiddle("ended");
    killGroup(victim);
    const { fleet, code } = await run.result();
    assert.equal(code, 0, JSON.stringify(fleet));
    assert.deepEqual(deployedNames("ended"), names);
    // AWS can't be reached, which nobody can know here.
    assert.match(fleet["ended-b"].interrupted?.join() ?? "", /^creating ended-b-alb/);
    assert.equal(fleet["ended-a"].interrupted, undefined);
  });

  it("is completed by another worker when one is stopped in the middle of an update", async () => {
    const { run, names, victim } = await inTheMiddle("stopped");
    victim.kill("SIGTERM");
    const { fleet, code } = await run.result();
    assert.equal(code, 0, JSON.stringify(fleet));
    assert.deepEqual(deployedNames("stopped"), names);
    // What the first had made was kept.
    assert.ok((fleet["stopped-b"].counts?.same ?? 0) > 0);
    const [, second] = await run.history.attempts();
    assert.equal(second, "deploy stopped-b: attempt 2 after worker-stopped");
  });

  /** A fleet of three on two workers, the second environment of which waits for AWS. */
  async function inTheMiddle(name: string) {
    const workers = [await temporal().worker(name), await temporal().worker(name)];
    const before = created();
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const { reached } = strike({ kind: "hold", until }, 2);
    const names = ["a", "b", "c"].map((one) => `${name}-${one}`);
    const members = names.map((one) => member(one));
    const run = await temporal().fleet(name, name, members, { concurrency: 1 });
    await reached;
    return { run, names, before, victim: await run.busy(workers), release };
  }

  it("is cancelled: what is under way ends cleanly, nothing else begins", async () => {
    const { reached } = forever();
    const members = [member("c-first"), member("c-second")];
    const options = { concurrency: 1, onFailure: "continue" };
    const run = await temporal().fleet("shared", "cancelled", members, options);
    await reached;
    run.cancel();
    const { fleet, code } = await run.result();
    assert.equal(code, 1);
    assert.deepEqual(fleet["c-first"], { status: "cancelled" });
    const reason = "the run was cancelled";
    assert.deepEqual(fleet["c-second"], { status: "not started", reason });
    // No lock is left, and what had begun is in the state.
    const again = await (await temporal().fleet("shared", "cancelled", members)).result();
    assert.equal(again.code, 0, JSON.stringify(again.fleet));
    assert.ok((again.fleet["c-first"].counts?.same ?? 0) > 0);
    assert.deepEqual(deployedNames("c-"), ["c-first", "c-second"]);
  });

  it("tries again what may succeed later, and nothing else", async () => {
    const secret = temporal().stage.variables.AWS_SECRET_ACCESS_KEY;
    strike({ kind: "error", code: "Throttling", message: "Rate exceeded" });
    // The third is that of the second environment, since the first one is tried twice.
    strike({ kind: "error", code: "AccessDenied", message: `not with ${secret}` }, 3);
    const members = [
      member("k-throttled"),
      member("k-denied", { after: ["k-throttled"] }),
      member("k-invalid", {}, { ...CONFIGURATION, availabilityZones: [] }),
      member("k-behind", { after: ["k-denied"] }),
    ];
    const options = { concurrency: 1, onFailure: "continue" };
    const run = await temporal().fleet("shared", "kinds", members, options);
    const { fleet, code } = await run.result();
    assert.equal(code, 1);
    assert.equal(fleet["k-throttled"].status, "deployed");
    assert.equal(fleet["k-invalid"].kind, "invalid-configuration");
    assert.match(fleet["k-invalid"].reason ?? "", /availabilityZones must/);
    assert.equal(fleet["k-denied"].kind, "aws");
    assert.match(fleet["k-denied"].reason ?? "", /AccessDenied: not with \[secret\]/);
    assert.deepEqual(fleet["k-behind"], {
      status: "not started",
      reason: "it waits for k-denied, which did not succeed",
    });
    assert.deepEqual(await run.history.attempts(), [
      "deploy k-throttled: attempt 2 after aws",
      "deploy k-denied: attempt 1",
      "deploy k-invalid: attempt 1",
    ]);
    const text = await run.history.text();
    for (const hidden of [PASSPHRASE, secret]) assert.ok(!text.includes(hidden));
  });

  it("waits for a lock that it did not leave, and never releases it", async () => {
    const theirs = await temporal().stage.open("f");
    const { reached } = forever();
    const update = theirs.up();
    update.catch(() => undefined);
    await reached;
    const { holders } = await failure(theirs.up(), LockedError);
    process.kill(holders[0].pid, "SIGKILL");
    await assert.rejects(update);
    const run = await temporal().fleet("shared", "foreign", [member("f")]);
    await run.history.attempt(3);
    await theirs.cancel();
    const { fleet, code } = await run.result();
    assert.equal(code, 0, JSON.stringify(fleet));
    assert.match((await run.history.attempts()).join(), /^deploy f: attempt [3-9] after locked$/);
  });

  it("begins no further wave if targets stay unhealthy", async () => {
    const ill = { ...HEALTHY, targetGroup: { ...HEALTHY.targetGroup, port: 81 } };
    const members = [member("i-ill", {}, ill), member("i-well"), member("i-after", { wave: 2 })];
    const healthGate = { timeLimit: 1 };
    const run = await temporal().fleet("shared", "ill", members, { healthGate });
    const { fleet, code } = await run.result();
    assert.equal(code, 1);
    assert.equal(fleet["i-ill"].status, "deployed");
    assert.equal(fleet["i-after"].status, "not started");
    assert.match(fleet["i-after"].reason ?? "", /is (initial|unhealthy)/);
    const attempts = await run.history.attempts();
    assert.ok(!attempts.some((one) => one.includes("i-after") || one.includes("attempt 2")));
  });

  it("is refused when its order can't be kept, or it holds what Temporal must not keep", async () => {
    const circle = await temporal().fleet("shared", "circle", [member("x", { after: ["x"] })]);
    await assert.rejects(circle.result());
    assert.match(await circle.history.text(), /x is after x; remove this cycle/);
    const secret = { ...member("y"), options: { name: "y", secretKeys: ["certificateArn"] } };
    const started = temporal().fleet("shared", "secret", [secret as FleetMember]);
    await assert.rejects(started, /y can't have secretKeys, because Temporal would store it/);
  });

  it("of 200 has a history far below Temporal's limits", async () => {
    // They fail before the engine is asked, which makes a history no smaller.
    const invalid = { ...CONFIGURATION, availabilityZones: [] };
    const members = Array.from({ length: 200 }, (_, index) => member(`m${index}`, {}, invalid));
    const options = { concurrency: 8, onFailure: "continue" };
    const run = await temporal().fleet("shared", "many", members, options);
    const { fleet } = await run.result();
    assert.equal(Object.values(fleet).filter(({ status }) => status === "failed").length, 200);
    const { events, bytes } = await run.history.size();
    // The limits are 51,200 events and 50 MB.
    assert.ok(events < 3_000 && bytes < 2_000_000, `${events} events, ${bytes} bytes`);
    if (process.env.LBG_FLEET_SIZE) console.log({ events, bytes });
  });
});
