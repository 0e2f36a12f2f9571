import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import * as https from "node:https";
import * as net from "node:net";
import { Duplex } from "node:stream";
import * as tls from "node:tls";
import type { Listener, MutualAuthentication } from "../aws";
import { askSecurely, echoHeaders, seen } from "./support/httpClient";
import { Authority, type KeyPair } from "./support/certificateAuthority";
import { CERTIFICATE, OTHER_CERTIFICATE } from "./support/testEc2";
import { ElbStage } from "./support/elbStage";
import { rejects } from "./support/awsErrors";

const HTTPS = {
  protocol: "HTTPS",
  port: 443,
  certificateArn: CERTIFICATE,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
} as const;
/** What a client hears whose connection is not admitted. */
const REFUSED = /ECONNRESET|EPIPE|socket hang up/;
const PREFIX = "X-Amzn-Mtls-Clientcert";
const trustStoreArn =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/0123456789abcdef";
const VERIFY = { mode: "verify", trustStoreArn } as const;

describe("a listener that authenticates clients", () => {
  let stage: ElbStage;
  let root: Authority;
  let issuing: Authority;
  before(async () => {
    root = await Authority.named("Root");
    issuing = await root.delegate("Issuing");
  });
  beforeEach(() => {
    stage = new ElbStage();
    stage.ec2.trustStores.push({ trustStoreArn, caCertificates: root.cert });
  });
  afterEach(() => stage.close());

  const serving = async (mutualAuthentication?: MutualAuthentication): Promise<Listener> => {
    const group = stage.group();
    const listener = await stage.forward(group, {}, { ...HTTPS, mutualAuthentication });
    await stage.addServer("i-1", echoHeaders);
    await stage.registerHealthy(group, "i-1");
    return listener;
  };
  const change = (listener: Listener, mutualAuthentication: MutualAuthentication) =>
    stage.elb.modifyListener(listener.listenerArn, { ...listener, mutualAuthentication });
  const askWith = (
    { listenerArn }: Listener,
    shown?: KeyPair,
    headers: Record<string, string> = {},
  ) => askSecurely(stage.elb.listenerUrl(listenerArn), { ...shown, headers });
  const certificateHeaders = (body: string) => {
    const { raw } = JSON.parse(body) as { raw: string[] };
    return raw.filter((one) => one.toLowerCase().startsWith(PREFIX.toLowerCase()));
  };
  const decoded = (body: string, header: string) => decodeURIComponent(seen(body, header).join());

  describe("in the mode verify", () => {
    it("serves clients whose certificate an authority issued, and sends their names to the targets", async () => {
      const listener = await serving(VERIFY);
      const client = await root.issue("Ann");
      const { serialNumber, validFrom, validTo } = new X509Certificate(client.cert);
      const { status, body } = await askWith(listener, client);
      assert.equal(status, 200);
      assert.deepEqual(certificateHeaders(body), [
        `${PREFIX}-Serial-Number`,
        `${PREFIX}-Issuer`,
        `${PREFIX}-Subject`,
        `${PREFIX}-Validity`,
        `${PREFIX}-Leaf`,
      ]);
      assert.deepEqual(seen(body, `${PREFIX}-Serial-Number`), [serialNumber]);
      assert.deepEqual(seen(body, `${PREFIX}-Issuer`), ["CN=Root,O=Example,C=US"]);
      assert.deepEqual(seen(body, `${PREFIX}-Subject`), ["CN=Ann,O=Example,C=US"]);
      const [validity] = seen(body, `${PREFIX}-Validity`);
      const [, from, to] =
        /^NotBefore=([-\dT:]{19}Z);NotAfter=([-\dT:]{19}Z)$/.exec(validity) ?? [];
      assert.deepEqual([new Date(from), new Date(to)], [new Date(validFrom), new Date(validTo)]);
      const [leaf] = seen(body, `${PREFIX}-Leaf`);
      assert.match(
        leaf,
        /^-----BEGIN%20CERTIFICATE-----%0A[\w+/=%]+-----END%20CERTIFICATE-----%0A$/,
      );
      assert.doesNotMatch(leaf, /%(2B|2F|3D)/);
      assert.equal(decodeURIComponent(leaf), client.cert);
    });

    it("gives no connection to anybody else", async () => {
      const listener = await serving(VERIFY);
      const stranger = await Authority.named("Root");
      const forged = await (await stranger.delegate("Issuing")).issue("Ann");
      const ann = await root.issue("Ann");
      const { key, cert } = await new Authority(ann, ann.cert).issue("Eve");
      const byClient = { key, cert: cert + ann.cert };
      for (const shown of [undefined, await stranger.issue("Ann"), forged, byClient]) {
        await assert.rejects(askWith(listener, shown), REFUSED);
      }
    });

    it("follows the certificates that a client shows beside its own", async () => {
      const listener = await serving(VERIFY);
      const { key, cert } = await issuing.issue("Ann");
      const whole = { key, cert: cert + issuing.chain };
      const { body } = await askWith(listener, whole);
      assert.deepEqual(seen(body, `${PREFIX}-Issuer`), ["CN=Issuing,O=Example,C=US"]);
      assert.equal(decoded(body, `${PREFIX}-Leaf`), cert);
      await assert.rejects(askWith(listener, { key, cert }), REFUSED);
    });

    it("accepts an expired certificate only if the listener says so, and then only from its own clients", async () => {
      const listener = await serving(VERIFY);
      const old = await root.issue("Ann", { daysOld: 400 });
      await assert.rejects(askWith(listener, old), REFUSED);
      await change(listener, { ...VERIFY, ignoreClientCertificateExpiry: true });
      assert.equal((await askWith(listener, old)).status, 200);
      const stranger = await Authority.named("Root");
      const strange = await stranger.issue("Ann", { daysOld: 400 });
      await assert.rejects(askWith(listener, strange), REFUSED);
      const early = await root.issue("Ann", { daysOld: -2 });
      await assert.rejects(askWith(listener, early), REFUSED);
    });

    it("names its authorities where it is to advertise them, on every certificate", async () => {
      const listener = await serving(VERIFY);
      await stage.elb.addListenerCertificate(listener.listenerArn, OTHER_CERTIFICATE);
      const named = async (servername: string) =>
        (await saidTo(stage.elb.listenerUrl(listener.listenerArn), servername)).includes("Root");
      const hosts = ["www.example.com", "shop.example.com", "unknown.example.com"];
      for (const host of hosts) assert.equal(await named(host), false, host);
      await change(listener, { ...VERIFY, advertiseTrustStoreCaNames: "on" });
      for (const host of hosts) assert.equal(await named(host), true, host);
      assert.equal((await askWith(listener, await root.issue("Ann"))).status, 200);
      await assert.rejects(askWith(listener), REFUSED);
    });
  });

  describe("in the mode passthrough", () => {
    it("sends targets the whole chain", async () => {
      const listener = await serving({ mode: "passthrough" });
      const stranger = await (await Authority.named("Nobody")).delegate("Somebody");
      const { key, cert } = await stranger.issue("Ann", { daysOld: 400 });
      const whole = cert + stranger.chain;
      const { body } = await askWith(listener, { key, cert: whole });
      assert.deepEqual(certificateHeaders(body), [PREFIX]);
      assert.equal(decoded(body, PREFIX), whole);
    });

    it("serves those without a certificate too", async () => {
      const { status, body } = await askWith(await serving({ mode: "passthrough" }));
      assert.deepEqual([status, certificateHeaders(body)], [200, []]);
    });
  });

  it("lets no client set these headers", async () => {
    const listener = await serving({ mode: "passthrough" });
    const forged = { [PREFIX]: "forged", "x-amzn-mtls-clientcert-subject": "CN=Eve" };
    assert.deepEqual(certificateHeaders((await askWith(listener, undefined, forged)).body), []);
    await change(listener, VERIFY);
    const { body } = await askWith(listener, await root.issue("Ann"), forged);
    assert.deepEqual(seen(body, `${PREFIX}-Subject`), ["CN=Ann,O=Example,C=US"]);
    assert.equal(certificateHeaders(body).length, 5);
    await change(listener, { mode: "off" });
    assert.equal(certificateHeaders((await askWith(listener, undefined, forged)).body).length, 2);
  });

  it("asks new connections only, and leaves open ones what they have shown", async () => {
    const listener = await serving();
    const url = stage.elb.listenerUrl(listener.listenerArn);
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const client = await (await Authority.named("Nobody")).issue("Eve");
    const first = await askSecurely(url, { ...client, agent });
    await change(listener, VERIFY);
    const second = await askSecurely(url, { ...client, agent });
    agent.destroy();
    assert.deepEqual([first.status, second.status], [200, 200]);
    assert.deepEqual(certificateHeaders(second.body), []);
    await assert.rejects(askWith(listener, client), REFUSED);
    assert.equal(
      certificateHeaders((await askWith(listener, await root.issue("Ann"))).body).length,
      5,
    );
  });

  it("looks at certificates anew in each connection, and resumes none", async () => {
    const listener = await serving();
    const port = Number(new URL(stage.elb.listenerUrl(listener.listenerArn)).port);
    const connect = async (session?: Buffer) => {
      // TLS 1.3 would hand its sessions out at some time after the handshake.
      const options = { port, session, rejectUnauthorized: false, maxVersion: "TLSv1.2" } as const;
      const socket = tls.connect(options);
      await once(socket, "secureConnect");
      const known = { session: socket.getSession(), isReused: socket.isSessionReused() };
      socket.destroy();
      return known;
    };
    const isResumed = async () => (await connect((await connect()).session)).isReused;
    assert.equal(await isResumed(), true);
    await change(listener, { mode: "passthrough" });
    assert.equal(await isResumed(), false);
  });

  it("asks nothing by default, and goes on as it was when another setting changes", async () => {
    const listener = await serving();
    assert.deepEqual(listener.mutualAuthentication, { mode: "off" });
    await change(listener, VERIFY);
    const others = { ...listener, mutualAuthentication: undefined };
    const after = await stage.elb.modifyListener(listener.listenerArn, {
      ...others,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
    assert.deepEqual(after.mutualAuthentication, {
      ...VERIFY,
      ignoreClientCertificateExpiry: false,
      advertiseTrustStoreCaNames: "off",
    });
    await assert.rejects(askWith(listener), REFUSED);
  });

  it("is refused in AWS's words where it can't be", async () => {
    const group = stage.group();
    const make = (
      mutualAuthentication: MutualAuthentication,
      listener: Partial<Listener> = HTTPS,
    ) => stage.forward(group, {}, { ...listener, mutualAuthentication });
    const missing = `${trustStoreArn}0`;
    await rejects(
      make({ ...VERIFY, trustStoreArn: missing }),
      "TrustStoreNotFound",
      /^Trust store '.*0' not found$/,
    );
    await rejects(make({ mode: "verify" }), "ValidationError", /trust store must be specified/);
    await rejects(make(VERIFY, {}), "ValidationError", /HTTP listeners/);
    const passthrough = { mode: "passthrough" } as const;
    await rejects(make({ ...passthrough, trustStoreArn }), "ValidationError", /'passthrough'/);
    await rejects(
      make({ mode: "off", ignoreClientCertificateExpiry: true }),
      "ValidationError",
      /'off'/,
    );
    await rejects(
      make({ ...passthrough, advertiseTrustStoreCaNames: "on" }),
      "ValidationError",
      /'passthrough'/,
    );
  });
});

/** All that a listener says in the open when it asks a client for a certificate. */
async function saidTo(url: string, servername: string): Promise<string> {
  const raw = net.connect(Number(new URL(url).port), "127.0.0.1");
  let said = "";
  const tapped = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => raw.write(chunk, done),
  });
  raw.on("data", (chunk) => {
    said += chunk.toString("latin1");
    tapped.push(chunk);
  });
  // TLS 1.3 would ask in a message that is encrypted.
  const options = { socket: tapped, rejectUnauthorized: false, maxVersion: "TLSv1.2" } as const;
  const client = tls.connect({ ...options, servername });
  await once(raw, "close");
  client.destroy();
  return said;
}
