import assert from "node:assert/strict";
import { Agent } from "node:https";
import * as https from "node:https";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { ask, read, type Answer } from "../support/asking";
import { arnsIn, CERTIFICATE, groupOf, Stage, WALK_THROUGH } from "../support/stage";

describe("a certificate", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const encrypted = groupOf({ ...WALK_THROUGH, certificateArn: CERTIFICATE });

  it("adds HTTPS to a running group, and then sends plain clients there", async () => {
    const before = await stage().up(groupOf(WALK_THROUGH));
    await stage().healthy(arnsIn(before.outputs).targetGroup);

    const after = await stage().up(encrypted);
    assert.deepEqual(
      after.calls.map(({ call }) => call),
      ["createListener", "modifyListener"],
    );
    assert.deepEqual(after.warnings, []);
    assert.equal(arnsIn(after.outputs).targetGroup, arnsIn(before.outputs).targetGroup);
    assert.equal(after.outputs.url.value, "https://127.0.0.1");

    const redirect = await ask(`${stage().urlOf(after)}/a?b=c`);
    assert.equal(redirect.status, 301);
    const location = redirect.headers.location ?? "";
    assert.equal(location, `${stage().urlOf(after, "https")}/a?b=c`);
    const served = await askSecurely(location);
    assert.equal(served.status, 200);
    assert.match(served.body, /^i-0a1b2c3d4e5f6000\d in us-west-2[ab] served \/a\?b=c/);
  });

  it("admits clients on both ports", () => {
    const [own] = stage().account.securityGroups.slice(-1);
    const ingress = own.rules.filter(({ isEgress }) => !isEgress);
    assert.deepEqual(ingress.map(({ fromPort }) => fromPort).sort(), [443, 80]);
  });

  it("is taken away again, after which plain clients are served", async () => {
    const after = await stage().up(groupOf(WALK_THROUGH));
    assert.deepEqual(
      after.calls.map(({ call }) => call),
      ["modifyListener", "deleteListener"],
    );
    assert.deepEqual(Object.keys(arnsIn(after.outputs).listeners), ["http"]);
    assert.equal((await ask(stage().urlOf(after))).status, 200);
  });

  it("that AWS does not know is refused in AWS's words", async () => {
    const unknown = CERTIFICATE.replace(/1$/, "2");
    const program = groupOf({ ...WALK_THROUGH, certificateArn: unknown });
    await assert.rejects(stage().up(program), /api error CertificateNotFound: .*000000000002/);
  });
});

/** The certificates of the rehearsal are signed by nobody that a client would trust. */
async function askSecurely(url: string): Promise<Answer> {
  const agent = new Agent({ rejectUnauthorized: false });
  const request = https.get(url, { agent });
  const [incoming] = (await once(request, "response")) as [IncomingMessage];
  return read(incoming);
}
