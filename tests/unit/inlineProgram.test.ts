import assert from "node:assert/strict";
import { endingAtFault } from "../../demo/inlineProgram";

describe("a run of the engine that is ended because the program failed", () => {
  const listeners = () => [
    process.listeners("unhandledRejection"),
    process.listeners("uncaughtException"),
  ];

  it("leaves the process with the listeners that it had", async () => {
    const before = listeners();
    const run = endingAtFault(() => {
      // The SDK removes its listeners only when the program ends.
      process.on("unhandledRejection", () => undefined);
      process.on("uncaughtException", () => undefined);
      return Promise.reject(new Error("ended"));
    });
    assert.notDeepEqual(listeners(), before);
    await assert.rejects(run, /ended/);
    assert.deepEqual(listeners(), before);
  });
});
