import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  certificateArn,
  EmulatorFixture,
  LISTENER,
  LISTENER_CERTIFICATE,
  otherCertificateArn,
} from "./support/emulatorFixture";
import { CERTIFICATE, OTHER_CERTIFICATE } from "./support/testEc2";
import { ElbStage } from "./support/elbStage";
import { handshake } from "./support/handshake";
import { rejects } from "./support/awsErrors";

const HTTPS = { protocol: "HTTPS", port: 443, certificateArn: CERTIFICATE } as const;

describe("a listener's certificates", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(() => stage.close());

  const shownTo = async (arn: string, servername?: string) => {
    const { names } = await handshake(stage.elb.listenerUrl(arn), { servername });
    return /URI:(\S+)/.exec(names)?.[1];
  };

  it("are chosen by the host that the client names, and by default otherwise", async () => {
    const { listenerArn } = await stage.forward(stage.group(), {}, HTTPS);
    assert.equal(await shownTo(listenerArn, "shop.example.com"), CERTIFICATE);
    await stage.elb.addListenerCertificate(listenerArn, OTHER_CERTIFICATE);

    assert.equal(await shownTo(listenerArn), CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "unknown.example.com"), CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "www.example.com"), CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "shop.example.com"), OTHER_CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "EU.shop.example.com"), OTHER_CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "a.eu.shop.example.com"), CERTIFICATE);
  });

  it("stay when the default one changes, and go when they are removed", async () => {
    const listener = await stage.forward(stage.group(), {}, HTTPS);
    const { listenerArn } = listener;
    await stage.elb.addListenerCertificate(listenerArn, OTHER_CERTIFICATE);
    const third = `${CERTIFICATE}-3`;
    stage.ec2.certificates.push({
      certificateArn: third,
      domainNames: ["example.org"],
      status: "ISSUED",
    });
    await stage.elb.modifyListener(listenerArn, { ...listener, certificateArn: third });
    assert.equal(await shownTo(listenerArn, "shop.example.com"), OTHER_CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "www.example.com"), third);
    assert.deepEqual(stage.elb.describeListenerCertificates(listenerArn), [
      { certificateArn: third, isDefault: true },
      { certificateArn: OTHER_CERTIFICATE, isDefault: false },
    ]);

    await stage.elb.removeListenerCertificate(listenerArn, OTHER_CERTIFICATE);
    assert.equal(await shownTo(listenerArn, "shop.example.com"), third);
  });

  it("are chosen by the keys that a client knows, where several have the name", async () => {
    const names = { domainNames: ["example.org"], status: "ISSUED" } as const;
    const certificates = (["RSA_2048", "EC_secp384r1"] as const).map((keyAlgorithm) => ({
      ...names,
      keyAlgorithm,
      certificateArn: `${CERTIFICATE}-${keyAlgorithm}`,
    }));
    stage.ec2.certificates.push(...certificates);
    const [rsa, ec] = certificates.map(({ certificateArn }) => certificateArn);
    const https = { ...HTTPS, certificateArn: rsa };
    const { listenerArn } = await stage.forward(stage.group(), {}, https);
    const shown = async (sigalgs: string, servername?: string) => {
      const { names: of } = await handshake(stage.elb.listenerUrl(listenerArn), {
        servername,
        sigalgs,
      });
      return /URI:(\S+)/.exec(of)?.[1];
    };
    const RSA = "rsa_pss_rsae_sha256:RSA+SHA256";
    const ECDSA = "ECDSA+SHA384:ECDSA+SHA256";
    await assert.rejects(shown(ECDSA, "example.org"));
    await stage.elb.addListenerCertificate(listenerArn, ec);
    assert.equal(await shown(RSA, "example.org"), rsa);
    assert.equal(await shown(ECDSA, "example.org"), ec);
    assert.equal(await shown(RSA), rsa);
    await assert.rejects(shown(ECDSA));
  });

  it("serve each client whichever comes first, and while the default one changes", async () => {
    const certificates = (["RSA_2048", "EC_prime256v1"] as const).map((keyAlgorithm) => ({
      domainNames: ["example.org"],
      status: "ISSUED" as const,
      keyAlgorithm,
      certificateArn: `${CERTIFICATE}-${keyAlgorithm}`,
    }));
    stage.ec2.certificates.push(...certificates);
    const arns = certificates.map(({ certificateArn }) => certificateArn);
    for (const [first, second] of [arns, [...arns].reverse()]) {
      const https = { ...HTTPS, certificateArn: first };
      const listener = await stage.forward(stage.group(), {}, https);
      const { listenerArn } = listener;
      for (const arn of [second, first]) {
        await stage.elb.addListenerCertificate(listenerArn, arn);
      }
      const url = new URL(stage.elb.listenerUrl(listenerArn));
      const clients = ["rsa_pss_rsae_sha256:RSA+SHA256", "ECDSA+SHA256"].map(async (sigalgs) => {
        const socket = connect(Number(url.port), url.hostname);
        await once(socket, "connect");
        return { socket, sigalgs };
      });
      const connected = await Promise.all(clients);
      // Lets the listener accept them before its certificate changes.
      await handshake(url.href, { servername: "example.org" });
      await stage.elb.modifyListener(listenerArn, { ...listener, certificateArn: second });
      for (const { socket, sigalgs } of connected) {
        const options = { servername: "example.org", rejectUnauthorized: false, sigalgs };
        const client = connectTls({ socket, ...options });
        await once(client, "secureConnect");
        client.destroy();
      }
    }
  });

  it("are those of the last change, though its keys may be ready first", async () => {
    const { listenerArn } = await stage.forward(stage.group(), {}, HTTPS);
    const slow = `${CERTIFICATE}-slow`;
    stage.ec2.certificates.push({
      certificateArn: slow,
      domainNames: ["example.org"],
      status: "ISSUED",
      keyAlgorithm: "RSA_2048",
    });
    await Promise.all([
      stage.elb.addListenerCertificate(listenerArn, slow),
      stage.elb.removeListenerCertificate(listenerArn, slow),
    ]);
    assert.equal(await shownTo(listenerArn, "example.org"), CERTIFICATE);
  });

  it("are held to the policy of the listener", async () => {
    const sslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
    const { listenerArn } = await stage.forward(stage.group(), {}, { ...HTTPS, sslPolicy });
    await stage.elb.addListenerCertificate(listenerArn, OTHER_CERTIFICATE);
    const url = stage.elb.listenerUrl(listenerArn);
    const servername = "shop.example.com";
    assert.equal((await handshake(url, { servername })).tls, "TLSv1.3");
    await assert.rejects(handshake(url, { servername, maxVersion: "TLSv1.2" }));
  });

  it("are refused in AWS's words", async () => {
    const { elb } = stage;
    const { listenerArn } = await stage.forward(stage.group(), {}, HTTPS);
    const plain = await stage.forward(stage.group());
    const pending = `${CERTIFICATE}-pending`;
    stage.ec2.certificates.push({
      certificateArn: pending,
      domainNames: ["example.org"],
      status: "PENDING_VALIDATION",
    });
    const add = (arn: string, to = listenerArn) => elb.addListenerCertificate(to, arn);

    await rejects(add("arn:none"), "CertificateNotFound", /'arn:none'/);
    await rejects(add(pending), "UnsupportedCertificate", /fully-qualified domain name/);
    await rejects(add(OTHER_CERTIFICATE, plain.listenerArn), "ValidationError", /HTTP listeners/);
    const remove = elb.removeListenerCertificate(listenerArn, CERTIFICATE);
    await rejects(remove, "OperationNotPermitted", /Default certificate cannot be removed/);
    const change = elb.modifyListener(plain.listenerArn, {
      ...plain,
      ...HTTPS,
      certificateArn: pending,
    });
    await rejects(change, "UnsupportedCertificate", /'.*-pending'/);
  });

  it("are 25 beside the default one", async () => {
    const { listenerArn } = await stage.forward(stage.group(), {}, HTTPS);
    const arns = Array.from({ length: 26 }, (_, n) => `${CERTIFICATE}-${n}`);
    for (const certificateArn of arns) {
      stage.ec2.certificates.push({ certificateArn, domainNames: [], status: "ISSUED" });
    }
    for (const arn of arns.slice(1)) await stage.elb.addListenerCertificate(listenerArn, arn);
    const oneMore = stage.elb.addListenerCertificate(listenerArn, arns[0]);
    await rejects(oneMore, "TooManyCertificates", /at most 25/);
    // One that is there already is no further one.
    await stage.elb.addListenerCertificate(listenerArn, arns[1]);
  });
});

describe("the provider's listener certificates", () => {
  const fixture = EmulatorFixture.inEachTest();

  const encrypted = async () => {
    const { group, balancer } = await fixture.makeListener();
    return fixture.provider.make(LISTENER, {
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      defaultActions: [{ type: "forward", targetGroupArn: group.id }],
    });
  };

  it("are known by listener and certificate, found again, and gone when deleted", async () => {
    const { provider } = fixture;
    const { id: listenerArn } = await encrypted();
    const inputs = { listenerArn, certificateArn: otherCertificateArn };
    const { id, state } = await provider.make(LISTENER_CERTIFICATE, inputs);
    assert.equal(id, `${listenerArn}_${otherCertificateArn}`);
    assert.deepEqual((await provider.read(LISTENER_CERTIFICATE, id, { state })).state, state);
    assert.equal((await provider.read(LISTENER_CERTIFICATE, id)).state.listenerArn, listenerArn);

    await provider.delete(LISTENER_CERTIFICATE, id, state);
    assert.equal((await provider.read(LISTENER_CERTIFICATE, id, { state })).id, "");
  });

  it("are replaced by any change", async () => {
    const { id: listenerArn } = await encrypted();
    const inputs = { listenerArn, certificateArn: otherCertificateArn };
    const { provider } = fixture;
    const { replaces } = await provider.diff(LISTENER_CERTIFICATE, inputs, {
      listenerArn: "arn:other",
      certificateArn,
    });
    assert.deepEqual(replaces, ["listenerArn", "certificateArn"]);
  });

  it("are done with when they have become the default, or the listener is gone", async () => {
    const { provider } = fixture;
    const { id: listenerArn, state: listener } = await encrypted();
    const state = { listenerArn, certificateArn };
    await provider.delete(LISTENER_CERTIFICATE, "", state);
    await provider.delete(LISTENER, listenerArn, listener);
    await provider.delete(LISTENER_CERTIFICATE, "", state);
    const id = `${listenerArn}_${certificateArn}`;
    assert.equal((await provider.read(LISTENER_CERTIFICATE, id, { state })).id, "");
  });

  it("that AWS does not know are asked for again, and then refused", async () => {
    const { id: listenerArn } = await encrypted();
    const inputs = { listenerArn, certificateArn: `${certificateArn}0` };
    const making = fixture.provider.make(LISTENER_CERTIFICATE, inputs);
    await assert.rejects(making, /creating ELBv2 Listener Certificate .*CertificateNotFound/);
    const asked = fixture.emulator.calls.filter(({ call }) => call === "AddListenerCertificates");
    assert.ok(asked.length > 1);
  });
});
