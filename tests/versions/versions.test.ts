import assert from "node:assert/strict";
import { failuresIn, installLane, LANES, runTests } from "../../tools/versions/lanes";

/** Thousands of cases that say little about versions; `npm run versions` leaves none of them out. */
const WITHOUT_CASES = ["--grep", "any answer of AWS", "--invert"];

/** `npm run versions` runs the tests of the package, too, which need an engine. */
describe("the unit tests, with other versions than the repository's own", function () {
  // The first time, each downloads its packages.
  this.timeout(10 * 60_000);

  for (const lane of LANES) {
    it(`pass with Node.js ${lane.node} and the ${lane.packages} packages`, async () => {
      const args = ["tests/unit/**/*.test.ts", ...WITHOUT_CASES];
      const { passed, output } = await runTests(await installLane(lane), ...args);
      assert.ok(passed, failuresIn(output));
    });
  }
});
