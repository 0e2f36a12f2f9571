import assert from "node:assert/strict";
import { arnsIn, CERTIFICATE, groupOf, Stage, WALK_THROUGH } from "../support/stage";

describe("destroying a group", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("leaves nothing, also after an update that failed half-way", async () => {
    const unknown = CERTIFICATE.replace(/1$/, "2");
    const half = groupOf({ ...WALK_THROUGH, certificateArn: unknown });
    await assert.rejects(stage().up(half), /CertificateNotFound/);
    assert.notDeepEqual(stage().existing, []);

    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });

  it("goes on where an update failed, once the fault is mended", async () => {
    const unknown = CERTIFICATE.replace(/1$/, "2");
    await assert.rejects(stage().up(groupOf({ ...WALK_THROUGH, certificateArn: unknown })));
    const { outputs, steps } = await stage().up(
      groupOf({ ...WALK_THROUGH, certificateArn: CERTIFICATE }),
    );
    assert.equal(steps.includes("create web-alb"), false);
    await stage().healthy(arnsIn(outputs).targetGroup);
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });

  it("is refused by AWS while the load balancer is protected, until it is no more", async () => {
    const { outputs } = await stage().up(groupOf({ ...WALK_THROUGH, deletionProtection: true }));
    await assert.rejects(
      stage().destroy(),
      /deleting ELBv2 Load Balancer .*DeleteLoadBalancer, .* api error OperationNotPermitted: /,
    );
    assert.ok(stage().existing.includes(arnsIn(outputs).loadBalancer));

    await stage().up(groupOf({ ...WALK_THROUGH, deletionProtection: false }));
    await stage().destroy();
    assert.deepEqual(stage().existing, []);
  });
});
