import assert from "node:assert/strict";
import { ask, askSecurely } from "../../emulator/tests/support/httpClient";
import { handshake } from "../../emulator/tests/support/handshake";
import { arnsIn, CERTIFICATE, groupOf, OTHER_CERTIFICATE, Stage, TUTORIAL } from "../support/stage";

describe("a certificate", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();
  const encrypted = groupOf({ ...TUTORIAL, certificateArn: CERTIFICATE });

  it("adds HTTPS to a running group, and then sends plain clients there", async () => {
    const before = await stage().up(groupOf(TUTORIAL));
    await stage().healthy(arnsIn(before.outputs).targetGroup);

    const after = await stage().up(encrypted);
    assert.deepEqual(
      after.calls.map(({ call }) => call),
      ["createListener", "modifyListenerAttributes", "modifyListener"],
    );
    assert.deepEqual(after.warnings, []);
    assert.equal(arnsIn(after.outputs).targetGroup, arnsIn(before.outputs).targetGroup);
    assert.equal(after.outputs.url.value, "http://127.0.0.1");

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

  it("gets another one beside it for another host, which is added and removed alone", async () => {
    const certified = { ...TUTORIAL, certificateArn: CERTIFICATE };
    const shop = { shop: OTHER_CERTIFICATE };
    const shownTo = async (servername: string, url: string) =>
      (await handshake(url, { servername })).names;

    const both = await stage().up(groupOf({ ...certified, additionalCertificateArns: shop }));
    const added = `web-listener-certificate-${OTHER_CERTIFICATE.split("/")[1]}`;
    assert.deepEqual(both.steps, [`create ${added}`]);
    const url = stage().urlOf(both, "https");
    assert.ok((await shownTo("shop.example.com", url)).includes(OTHER_CERTIFICATE));
    assert.ok((await shownTo("www.example.com", url)).includes(CERTIFICATE));
    assert.deepEqual((await stage().refresh()).steps, []);

    const swapped = groupOf({ ...certified, certificateArn: OTHER_CERTIFICATE });
    const promoted = await stage().up(swapped);
    assert.deepEqual(promoted.steps, ["update web-https", `delete ${added}`]);
    assert.ok((await shownTo("shop.example.com", url)).includes(OTHER_CERTIFICATE));
    await stage().up(encrypted);
  });

  it("lets HTTP go, rule and all, while HTTPS serves on", async () => {
    const certified = { ...TUTORIAL, certificateArn: CERTIFICATE };
    const after = await stage().up(groupOf({ ...certified, httpsOnly: true }));
    assert.deepEqual(after.steps.sort(), ["delete web-http", "delete web-ingress-80-0.0.0.0/0"]);
    assert.deepEqual(Object.keys(arnsIn(after.outputs).listeners), ["https"]);
    assert.equal((await askSecurely(stage().urlOf(after, "https"))).status, 200);
    assert.equal(after.outputs.url.value, "");
    const back = await stage().up(encrypted);
    assert.deepEqual(back.steps.sort(), ["create web-http", "create web-ingress-80-0.0.0.0/0"]);
  });

  it("gets another security policy by a change of the listener alone", async () => {
    const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
    const certified = { ...TUTORIAL, certificateArn: CERTIFICATE };
    const after = await stage().up(groupOf({ ...certified, sslPolicy }));
    assert.deepEqual(after.differences, { "web-https": ["sslPolicy"] });
    assert.match(after.warnings.join(), /ELB\.17/);
    await stage().up(encrypted);
  });

  it("is taken away again, after which plain clients are served", async () => {
    const after = await stage().up(groupOf(TUTORIAL));
    assert.deepEqual(
      after.calls.map(({ call }) => call),
      ["modifyListener", "deleteListener"],
    );
    assert.deepEqual(Object.keys(arnsIn(after.outputs).listeners), ["http"]);
    assert.equal((await ask(stage().urlOf(after))).status, 200);
  });

  it("that AWS does not know is refused in AWS's words", async () => {
    const unknown = CERTIFICATE.replace(/1$/, "2");
    const program = groupOf({ ...TUTORIAL, certificateArn: unknown });
    await assert.rejects(stage().up(program), /api error CertificateNotFound: .*000000000002/);
  });
});
