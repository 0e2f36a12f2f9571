import assert from "node:assert/strict";
import { hostname } from "node:os";
import { type Environment, LockedError, TimedOutError } from "../../automation";
import { Environments } from "../support/environments";
import { failure } from "../support/failure";

/** Holds the next load balancer's creation back. */
function holdCreation({ emulator }: Environments): { begun: Promise<void>; release: () => void } {
  const create = emulator.elb.createLoadBalancer.bind(emulator.elb);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const begun = new Promise<void>((resolve) => {
    Object.assign(emulator.elb, {
      createLoadBalancer: async (...args: Parameters<typeof create>) => {
        Object.assign(emulator.elb, { createLoadBalancer: create });
        resolve();
        await released;
        return create(...args);
      },
    });
  });
  return { begun, release };
}

describe("an update that is interrupted", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();

  it("holds a lock, and an error says who has it since when", async () => {
    const environment = await stage().open("locked");
    const { begun, release } = holdCreation(stage());
    const before = new Date(Date.now() - 1000);
    const first = environment.up();
    await begun;
    const second = await stage().open("locked");
    const error = await failure(second.up(), LockedError);
    assert.equal(error.holders.length, 1);
    const [{ host, pid, since, alive }] = error.holders;
    assert.equal(host, hostname());
    assert.equal(alive, true);
    assert.ok(pid > 0 && since >= before && since <= new Date());
    assert.match(error.advice, /Wait until it ends/);
    assert.equal(error.retryable, true);
    release();
    assert.equal((await first).counts.create, 10);
    await environment.destroy();
  });

  it("is waited for after a crash of its process while its engine runs, up to a limit", async () => {
    const environment = await stage().open("waited");
    const { begun, release } = holdCreation(stage());
    const first = environment.up();
    await begun;
    const second = await stage().open("waited");
    await failure(second.up({ afterCrash: true, timeLimit: 5_000 }), TimedOutError);
    release();
    await first;
    await environment.destroy();
  });

  describe("by a crash of the engine", () => {
    let environment: Environment;
    let release: () => void;

    before(async () => {
      environment = await stage().open("crashed");
      const held = holdCreation(stage());
      release = held.release;
      const update = environment.up();
      update.catch(() => undefined);
      await held.begun;
      const { holders } = await failure(environment.up(), LockedError);
      process.kill(holders[0].pid, "SIGKILL");
      await assert.rejects(update);
    });

    after(() => {
      release();
    });

    it("leaves its lock, and the error says that its owner has ended", async () => {
      const { holders, advice } = await failure(environment.up(), LockedError);
      assert.equal(holders[0].alive, false);
      assert.match(advice, /crashed: release its lock with cancel\(\)/);
    });

    it("reports what was being created, and is completed by the next update", async () => {
      const interrupted = await environment.cancel();
      assert.deepEqual(
        interrupted.map(({ name, operation }) => [name, operation]),
        [["web-alb", "creating"]],
      );
      assert.match(interrupted[0].physicalName ?? "", /^web-alb-[0-9a-f]{7}$/);
      await environment.up();
      assert.deepEqual((await environment.preview()).counts, { same: 10 });
      await environment.destroy();
    });
  });
});
