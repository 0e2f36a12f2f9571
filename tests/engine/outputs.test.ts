import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { arnsIn, FIRST, outputsOf, SECOND, Stage, THIRD, TUTORIAL } from "../support/stage";

const SECRET = "only-we-know-this";
const { availabilityZones } = TUTORIAL;

/** A program in which the second group's first target is known when the first group has been made. */
function program(target: string): pulumi.automation.PulumiFn {
  return () => {
    const first = new LoadBalancedGroup("first", { availabilityZones });
    const second = new LoadBalancedGroup("second", {
      availabilityZones,
      targets: {
        later: { id: first.loadBalancerArn.apply(() => target) },
        hidden: { id: pulumi.secret(SECOND), port: 8080 },
        plain: { id: THIRD },
      },
      tags: { owner: pulumi.secret(SECRET) },
    });
    return Promise.resolve(outputsOf(second));
  };
}

describe("arguments that are outputs", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("are previewed before they are known", async () => {
    const { steps } = await stage().preview(program(FIRST));
    const registrations = steps.filter((step) => step.includes("attachment"));
    assert.deepEqual(registrations.sort(), [
      "create second-attachment-hidden:8080",
      `create second-attachment-${THIRD}:80`,
      "create second-attachment-later:80",
    ]);
  });

  it("are judged once they are known", async () => {
    const missing = "i-00000000000001055";
    await assert.rejects(
      stage().up(program(missing)),
      /targets\.later\.id: i-00000000000001055 does not exist/,
    );
  });

  it("are used then, each target on its own port", async () => {
    const { outputs } = await stage().up(program(FIRST));
    assert.deepEqual(stage().registered(arnsIn(outputs).targetGroup), [
      `${FIRST}:80`,
      `${SECOND}:8080`,
      `${THIRD}:80`,
    ]);
    await stage().preview(program(FIRST), { expectNoChanges: true });
  });

  it("stay encrypted in the state where they are secret", async () => {
    const state = await stage().savedState();
    assert.equal(state.includes(SECRET), false);
    const { checkpoint } = JSON.parse(state) as {
      checkpoint: { latest: { resources: { urn: string; inputs?: Record<string, unknown> }[] } };
    };
    const hidden = checkpoint.latest.resources.find(({ urn }) =>
      urn.endsWith("attachment-hidden:8080"),
    );
    assert.ok("ciphertext" in (hidden?.inputs?.targetId as object));
  });
});
