import assert from "node:assert/strict";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { Stage } from "../support/stage";
import { FORMER, FORMER_GROUPS, formerAccount, formerProgram } from "./formerGroups";

function program(): Promise<Record<string, unknown>> {
  for (const [name, args] of Object.entries(FORMER_GROUPS)) new LoadBalancedGroup(name, args);
  return Promise.resolve({});
}

describe("groups that version 0.1 made", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: formerAccount() });

  it("are the same with the present version: nothing is created, replaced or deleted", async () => {
    const former = await stage().up(formerProgram());
    assert.equal(former.steps.length, FORMER.length + Object.keys(FORMER_GROUPS).length);
    const before = stage().existing;
    const { steps } = await stage().up(program);
    assert.deepEqual(steps, []);
    assert.deepEqual(stage().existing, before);
    await stage().preview(program, { expectNoChanges: true });
    assert.deepEqual((await stage().refresh()).steps, []);
  });
});
