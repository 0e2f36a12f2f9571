import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { Emulator, sampleAccount } from "../../emulator";
import decided from "./differences.json";
import { Lifecycles } from "./lifecycles";
import { Moto, whyMissing } from "./moto";

/** What is different, and who is right. */
interface Decision {
  readonly moto: unknown;
  readonly emulator: unknown;
  readonly right: string;
  readonly why: string;
  readonly source: string;
}

const DECISIONS: Record<string, Decision> = decided;
const MISSING = whyMissing();

describe(`the emulator beside moto${MISSING === "" ? "" : ` (skipped: ${MISSING})`}`, function () {
  this.timeout(300_000);
  let played: Lifecycles;

  before(async function () {
    if (MISSING !== "") this.skip();
    const account = sampleAccount();
    const emulator = await Emulator.start({ account });
    const moto = await Moto.start();
    try {
      played = new Lifecycles(moto, emulator, account);
      await played.prepare();
      await played.loadBalancers();
      await played.targetGroups();
      await played.listeners();
      await played.rules();
      await played.ends();
      await played.securityGroups();
      await played.certificates();
      await played.records();
      await played.webAcls();
      await played.autoScaling();
      await played.permissions();
    } finally {
      moto.close();
      await emulator.close();
    }
  });

  it("answers each call as moto does, but for what is decided with a source", () => {
    const differences = played.comparisons
      .filter(({ moto, emulator }) => !isDeepStrictEqual(moto, emulator))
      .map(({ call, moto, emulator }) => [call, { moto, emulator }]);
    const expected = Object.entries(DECISIONS).map(([call, { moto, emulator }]) => [
      call,
      { moto, emulator },
    ]);
    assert.deepEqual(Object.fromEntries(differences), Object.fromEntries(expected));
  });

  it("plays each call once", () => {
    const calls = played.comparisons.map(({ call }) => call);
    assert.equal(new Set(calls).size, calls.length);
  });

  it("has a source for each decision, and none against the emulator", () => {
    for (const [call, { right, why, source }] of Object.entries(DECISIONS)) {
      assert.match(source, /^https:\/\//, call);
      assert.ok(why !== "", call);
      assert.equal(right, "emulator", call);
    }
  });
});
