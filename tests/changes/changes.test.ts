import assert from "node:assert/strict";
import { runChains } from "./runner";

/** Chains that change much, with traffic and with refusals. */
const SEEDS = [22, 26, 29, 31];

describe("chains of changes that nobody listed", function () {
  this.timeout(300_000);

  for (const seed of SEEDS) {
    it(`lose nothing and leave nothing: chain ${seed}`, async () => {
      const { failures } = await runChains([seed], { shrinking: 0 });
      assert.deepEqual(
        failures.map(({ report }) => report),
        [],
        failures.map(({ report }) => report).join("\n"),
      );
    });
  }
});
