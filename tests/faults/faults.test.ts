import assert from "node:assert/strict";
import { SMALL } from "./arguments";
import { type CleanRun, FaultRehearsal, type Kind } from "./rehearsal";

describe("an update that is interrupted", function () {
  this.timeout(300_000);
  let rehearsal: FaultRehearsal;
  let clean: CleanRun;

  before(async function () {
    this.timeout(20 * 60_000);
    rehearsal = await FaultRehearsal.open();
    clean = await rehearsal.clean(SMALL);
  });

  after(async () => {
    await rehearsal.close();
  });

  const cases: [Kind, string][] = [
    ["the engine is killed", "CreateSecurityGroup"],
    ["the engine is killed", "AuthorizeSecurityGroupIngress"],
    ["the provider crashes", "CreateListener"],
  ];
  for (const [kind, call] of cases) {
    it(`ends as one without a fault after the next step: ${kind} at ${call}`, async () => {
      const result = await rehearsal.run(SMALL, clean, kind, { call, at: 1 });
      assert.deepEqual(result.violations, []);
      assert.equal(result.isReached, true);
    });
  }
});
