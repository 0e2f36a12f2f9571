import assert from "node:assert/strict";
import { sampleAccount } from "../../emulator";
import { FIRST } from "../support/stage";
import { Rehearsals } from "./runner";
import type { Chain } from "./generator";

describe("changes that once lost something", function () {
  this.timeout(300_000);
  const rehearsals = new Rehearsals();
  after(() => rehearsals.close());

  const holds = async (chain: Chain) => {
    const results = await rehearsals.run(chain);
    const broken = results.flatMap(({ violations }) => violations);
    assert.deepEqual(broken, [], JSON.stringify(broken, undefined, 2));
  };

  it("turns stickiness off that is left out", async () => {
    const instanceIds = [FIRST];
    const sticky = { type: "app_cookie", cookieName: "SESSION" };
    await holds([
      { values: { instanceIds, "targetGroup.stickiness": sticky }, asOutputs: false },
      { values: { instanceIds }, asOutputs: false },
    ]);
  });

  it("keeps logs that are off", async () => {
    const accessLogs = { bucket: "load-balanced-group-logs", prefix: "web", enabled: false };
    await holds([{ values: { accessLogs }, asOutputs: false }]);
  });

  it("clears the prefix of logs that is left out", async () => {
    const logs = { bucket: "load-balanced-group-logs", enabled: true };
    const withPrefix = { ...logs, prefix: "web" };
    await holds([
      { values: { accessLogs: withPrefix, connectionLogs: withPrefix }, asOutputs: false },
      { values: { accessLogs: logs, connectionLogs: logs }, asOutputs: false },
    ]);
  });

  it("keeps a certificate with alternative names", async () => {
    const domain = {
      name: "www.example.com",
      zoneId: sampleAccount().hostedZones[0].zoneId,
      alternativeNames: ["shop.example.com"],
    };
    await holds([{ values: { instanceIds: [FIRST], domain }, asOutputs: false }]);
  });
});
