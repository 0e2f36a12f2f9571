import assert from "node:assert/strict";
import fc from "fast-check";
import { parseConfig } from "../../stacks/parsing";
import { findConfigProblems } from "../../stacks/configuration";
import { inputs, settings } from "./generator";
import { tryInput } from "./tryInput";

/** The same inputs in each run. `npm run test:input` tries others, and more of them. */
const SAME = { numRuns: 1000, seed: 14 };

describe("any input", function () {
  this.timeout(600_000);

  it("is deployed, or refused before anything is created, by a message that names the argument", async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(inputs, async (args) => {
        const { became, broken } = await tryInput(args);
        outcomes.add(became);
        assert.deepEqual(broken, []);
      }),
      SAME,
    );
    assert.ok(outcomes.has("deployed") && outcomes.has("invalid"));
  });

  it("in the settings of a stack is accepted, or refused by a message that names the key", () => {
    fc.assert(
      fc.property(settings, (entries) => {
        for (const { propertyPath, reason } of findConfigProblems(
          parseConfig(entries),
          "us-west-2",
        )) {
          assert.ok(reason.includes(propertyPath.slice(0, 50)), reason);
        }
      }),
      SAME,
    );
  });
});
