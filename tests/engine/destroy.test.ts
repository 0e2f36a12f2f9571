import assert from "node:assert/strict";
import { arnsIn, CERTIFICATE, groupOf, Stage, TUTORIAL } from "../support/stage";

describe("destroying a group", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("leaves nothing, also after an update that failed half-way", async () => {
    const unknown = CERTIFICATE.replace(/1$/, "2");
    const half = groupOf({ ...TUTORIAL, certificateArn: unknown });
    await assert.rejects(stage().up(half), /CertificateNotFound/);
    assert.notDeepEqual(stage().existing, []);

    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });

  it("continues after a failed update, once its cause is gone", async () => {
    const unknown = CERTIFICATE.replace(/1$/, "2");
    await assert.rejects(stage().up(groupOf({ ...TUTORIAL, certificateArn: unknown })));
    const { outputs, steps } = await stage().up(
      groupOf({ ...TUTORIAL, certificateArn: CERTIFICATE }),
    );
    assert.equal(steps.includes("create web-alb"), false);
    await stage().healthy(arnsIn(outputs).targetGroup);
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });

  it("is refused before anything is deleted while deletionProtection is on", async () => {
    const { outputs } = await stage().up(groupOf({ ...TUTORIAL, deletionProtection: true }));
    const before = stage().existing;
    await assert.rejects(
      stage().previewDestroy(),
      /web-alb.* cannot be deleted\s+because it is protected/,
    );
    assert.deepEqual(stage().existing, before);
    await stage().healthy(arnsIn(outputs).targetGroup);

    const internal = groupOf({ ...TUTORIAL, deletionProtection: true, internal: true });
    await assert.rejects(stage().up(internal), /unable to replace resource .*web-alb/);
    assert.ok(stage().existing.includes(arnsIn(outputs).loadBalancer));

    await stage().up(groupOf({ ...TUTORIAL, deletionProtection: false }));
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
