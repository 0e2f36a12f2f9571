import assert from "node:assert/strict";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { Stage, TUTORIAL } from "../support/stage";

const NAMES = [
  "internal-web",
  "sg",
  "sg-web",
  "web_server.v2",
  "Bücher Grüße",
  "東京",
  `a-${"very-".repeat(60)}long-name`,
];

describe("a group of any name", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("is deployed and destroyed", async () => {
    const { steps } = await stage().up(() => {
      for (const name of NAMES) new LoadBalancedGroup(name, TUTORIAL);
      return Promise.resolve();
    });
    for (const name of NAMES) {
      assert.ok(steps.includes(`create ${name}-http`), name);
    }
    assert.notDeepEqual(stage().existing, []);
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
