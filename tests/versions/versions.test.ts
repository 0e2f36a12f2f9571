import assert from "node:assert/strict";
import { failuresIn, installLane, LANES, runTests } from "../../tools/versions/lanes";

/** `npm run versions` runs the tests of the package, too, which need an engine. */
describe("the unit tests, with other versions than the repository's own", function () {
  // The first time, each downloads its packages.
  this.timeout(10 * 60_000);

  for (const lane of LANES) {
    it(`pass with Node.js ${lane.node} and the ${lane.packages} packages`, async () => {
      const { passed, output } = await runTests(await installLane(lane), "tests/unit/**/*.test.ts");
      assert.ok(passed, failuresIn(output));
    });
  }
});
