import assert from "node:assert/strict";
import { CancelledError, FailedError } from "../../automation";
import { Environments } from "../support/environments";
import { failure } from "../support/failure";

const CREATE = "CreateTargetGroup";
const HOUR = 3_600_000;

describe("faults of the emulator under the engine", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();

  it("fail an update by a crash of the provider, and the next one takes over what was created", async () => {
    const environment = await stage().open("crashed");
    stage().emulator.faults.add({ call: CREATE, fault: { kind: "crash" } });
    const { diagnostics } = await failure(environment.up(), FailedError);
    assert.match(diagnostics.join(), /error reading from server/);
    await environment.up();
    await environment.destroy();
    const calls = stage().changes;
    assert.equal(calls.filter((call) => call === CREATE).length, 1);
    assert.equal(calls.filter((call) => call === "DeleteTargetGroup").length, 1);
  });

  it("break no other deployment's provider", async () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const [calm, crashed] = [await stage().open("calm"), await stage().open("beside")];
    const held = stage().emulator.faults.add({ call: CREATE, fault: { kind: "hold", until } });
    const update = calm.up();
    await held.reached;
    stage().emulator.faults.add({ call: CREATE, fault: { kind: "crash" } });
    await failure(crashed.up(), FailedError);
    release();
    assert.equal((await update).counts.create, 10);
    await Promise.all([calm.destroy(), crashed.destroy()]);
  });

  for (const fault of [
    { kind: "latency", milliseconds: HOUR },
    { kind: "hold", until: new Promise<void>(() => undefined) },
  ] as const) {
    it(`let a cancelled update end at once: ${fault.kind}`, async () => {
      const environment = await stage().open(fault.kind);
      const { reached } = stage().emulator.faults.add({ call: CREATE, fault });
      const controller = new AbortController();
      const update = failure(environment.up({ signal: controller.signal }), CancelledError);
      await reached;
      controller.abort();
      const { cause } = await update;
      assert.match(String(cause), /CreateTargetGroup, .*canceled, context canceled/);
      await environment.destroy();
    });
  }
});
