import assert from "node:assert/strict";
import { certificateArn, EmulatorFixture, LISTENER } from "./support/emulatorFixture";
import type { Bag } from "./support/providerClient";

const OFF = { mode: "off", ignoreClientCertificateExpiry: false };

describe("the provider's mutual authentication", () => {
  const fixture = EmulatorFixture.inEachTest();

  const encrypted = async (more: Bag = {}) => {
    const { group, balancer } = await fixture.makeListener();
    return fixture.provider.make(LISTENER, {
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      ...more,
      defaultActions: [{ type: "forward", targetGroupArn: group.id }],
    });
  };
  const asAuthority = (name: string) => {
    const { region, accountId } = fixture.account;
    const trustStoreArn = `arn:aws:elasticloadbalancing:${region}:${accountId}:truststore/${name}/0f`;
    fixture.account.trustStores.push({ trustStoreArn, caCertificates: "" });
    return trustStoreArn;
  };

  it("is off where nothing is given, and then asks AWS for nothing", async () => {
    const { provider } = fixture;
    const { id, state, inputs } = await encrypted();
    assert.deepEqual(state.mutualAuthentication, OFF);
    assert.deepEqual((await provider.diff(LISTENER, state, inputs)).kinds, {});

    const start = fixture.emulator.calls.length;
    await provider.update(LISTENER, id, state, { ...inputs, tags: { a: "b" } });
    assert.ok(!fixture.callsSince(start).includes("ModifyListener"));
  });

  it("has AWS's defaults, and is found again as it is", async () => {
    const mutualAuthentication = { mode: "verify", trustStoreArn: asAuthority("clients") };
    const { id, state, inputs } = await encrypted({ mutualAuthentication });
    assert.deepEqual(state.mutualAuthentication, {
      ...mutualAuthentication,
      ignoreClientCertificateExpiry: false,
      advertiseTrustStoreCaNames: "off",
    });
    assert.deepEqual((await fixture.provider.read(LISTENER, id, { state })).state, state);
    assert.deepEqual((await fixture.provider.diff(LISTENER, state, inputs)).kinds, {});
  });

  it("goes with HTTPS", async () => {
    const mutualAuthentication = { mode: "verify", trustStoreArn: asAuthority("clients") };
    const { id, state, inputs } = await encrypted({ mutualAuthentication });
    const { loadBalancerArn, defaultActions } = inputs;
    const plain = { loadBalancerArn, defaultActions, port: 443, protocol: "HTTP" };
    const refused = fixture.provider.update(LISTENER, id, state, {
      ...plain,
      mutualAuthentication,
    });
    await assert.rejects(refused, /ValidationError: .* HTTP listeners/);

    // The provider sends the policy that it knew (terraform-provider-aws#1851).
    const kept = fixture.provider.update(LISTENER, id, state, plain);
    await assert.rejects(kept, /ValidationError: .* SSL policy cannot be specified for HTTP list/);
  });

  it("takes the words that AWS has", async () => {
    const { failures } = await fixture.provider.check(LISTENER, {
      mutualAuthentication: { mode: "on", advertiseTrustStoreCaNames: "yes" },
    });
    assert.match(failures.join(), /mutualAuthentication\.mode to be one of .*, got on/);
    assert.match(failures.join(), /advertiseTrustStoreCaNames to be one of \[off on\], got yes/);
  });
});
