import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs, MutualAuthenticationArgs } from "../../components/args";
import { sampleAccount } from "../../emulator";
import { askSecurely } from "../../emulator/tests/support/httpClient";
import { Authority, type KeyPair } from "../../emulator/tests/support/certificateAuthority";
import { arnsIn, CERTIFICATE, groupOf, Stage, TUTORIAL, type Run } from "../support/stage";

const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:who";
const trustStoreArn =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:truststore/clients/0123456789abcdef";
const VERIFY = { mode: "verify", trustStoreArn } as const;
const REFUSED = /ECONNRESET|EPIPE|socket hang up/;

/** With a function that answers with the headers of its requests. */
function account() {
  const handler = (event: unknown) => ({
    statusCode: 200,
    body: JSON.stringify((event as { headers: object }).headers),
  });
  return { ...sampleAccount(), functions: [{ functionArn: FUNCTION, handler, permissions: [] }] };
}

describe("mutual authentication, deployed", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite({ account: account() });
  let authority: Authority;
  let ann: KeyPair;
  before(async () => {
    authority = await Authority.named("Root");
    ann = await authority.issue("Ann");
    stage().account.trustStores.push({ trustStoreArn, caCertificates: authority.cert });
  });

  const program = (
    mutualAuthentication?: MutualAuthenticationArgs,
    more: Partial<LoadBalancedGroupArgs> = {},
  ) =>
    groupOf({
      ...TUTORIAL,
      instanceIds: [],
      targets: { who: { id: FUNCTION } },
      targetGroup: { targetType: "lambda" },
      certificateArn: CERTIFICATE,
      mutualAuthentication,
      ...more,
    });
  const askWith = async (run: Run, shown?: KeyPair) => {
    const { status, body } = await askSecurely(stage().urlOf(run, "https"), { ...shown });
    assert.equal(status, 200);
    const headers = JSON.parse(body) as Record<string, string>;
    return Object.entries(headers).filter(([name]) => name.startsWith("x-amzn-mtls-"));
  };

  it("serves clients of the trust store alone, and names them", async () => {
    const run = await stage().up(program(VERIFY));
    const headers = Object.fromEntries(await askWith(run, ann));
    assert.equal(headers["x-amzn-mtls-clientcert-subject"], "CN=Ann,O=Example,C=US");
    assert.equal(decodeURIComponent(headers["x-amzn-mtls-clientcert-leaf"]), ann.cert);
    const stranger = await Authority.named("Root");
    const expired = await authority.issue("Ann", { daysOld: 400 });
    for (const shown of [undefined, await stranger.issue("Ann"), expired]) {
      await assert.rejects(askWith(run, shown), REFUSED);
    }
    await stage().preview(program(VERIFY), { expectNoChanges: true });
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("accepts expired certificates if the arguments say so, in place", async () => {
    const run = await stage().up(program({ ...VERIFY, ignoreClientCertificateExpiry: true }));
    assert.deepEqual(run.differences, {
      "web-https": ["mutualAuthentication.ignoreClientCertificateExpiry"],
    });
    assert.equal((await askWith(run, await authority.issue("Ann", { daysOld: 400 }))).length, 5);
    await assert.rejects(askWith(run), REFUSED);
  });

  it("names the headers as the arguments say", async () => {
    const before = await stage().up(program(VERIFY, { tlsVersionAndCipherSuiteHeaders: true }));
    const renamed = program(VERIFY, {
      tlsVersionAndCipherSuiteHeaders: true,
      requestHeaderNames: { clientCertificateSubject: "X-Client", tlsVersion: "X-Tls" },
    });
    const run = await stage().up(renamed);
    assert.deepEqual(run.steps, ["update web-https"]);
    const { body } = await askSecurely(stage().urlOf(run, "https"), {
      ...ann,
      headers: { "X-Client": "CN=Eve" },
    });
    const headers = JSON.parse(body) as Record<string, string>;
    assert.equal(headers["x-client"], "CN=Ann,O=Example,C=US");
    assert.match(headers["x-tls"], /^TLSv1\./);
    const own = Object.keys(headers).filter((name) => name.startsWith("x-amzn-"));
    assert.ok(!own.includes("x-amzn-mtls-clientcert-subject"), own.join());
    assert.ok(!own.includes("x-amzn-tls-version"), own.join());
    assert.ok(own.includes("x-amzn-mtls-clientcert-issuer"), own.join());
    assert.ok(own.includes("x-amzn-tls-cipher-suite"), own.join());
    await stage().refresh();
    await stage().preview(renamed, { expectNoChanges: true });

    const { https } = arnsIn(before.outputs).listeners;
    const nameOf = (header: string) =>
      stage().emulator.elb.describeListenerAttributes(https)[
        `routing.http.request.${header}.header_name`
      ];
    // The name of a header that is left out may be given to another one.
    const moved = program(VERIFY, {
      tlsVersionAndCipherSuiteHeaders: true,
      requestHeaderNames: { tlsCipherSuite: "X-Tls" },
    });
    assert.deepEqual((await stage().up(moved)).steps, ["update web-https"]);
    assert.deepEqual(
      [nameOf("x_amzn_tls_version"), nameOf("x_amzn_tls_cipher_suite")],
      ["X-Amzn-Tls-Version", "X-Tls"],
    );
    // As the docs say, AWS keeps the names if all are left out.
    const leftOut = await stage().up(program(VERIFY, { tlsVersionAndCipherSuiteHeaders: true }));
    assert.deepEqual(leftOut.steps, []);
    assert.equal(nameOf("x_amzn_tls_cipher_suite"), "X-Tls");
    await stage().up(program(VERIFY));
  });

  it("passes on the clients' certificates, without a trust store", async () => {
    const run = await stage().up(program({ mode: "passthrough" }));
    assert.deepEqual(run.steps, ["update web-https"]);
    const other = await (await Authority.named("Nobody")).delegate("Somebody");
    const { key, cert } = await other.issue("Eve", { daysOld: 400 });
    const whole = cert + other.chain;
    const [[name, value]] = await askWith(run, { key, cert: whole });
    assert.deepEqual([name, decodeURIComponent(value)], ["x-amzn-mtls-clientcert", whole]);
    assert.deepEqual(await askWith(run), []);
    await stage().preview(program({ mode: "passthrough" }), { expectNoChanges: true });
  });

  it("goes when it is left out, which is the same as off", async () => {
    const off = await stage().up(program());
    assert.deepEqual(off.steps, ["update web-https"]);
    assert.deepEqual(await askWith(off, ann), []);
    assert.deepEqual((await stage().up(program({ mode: "off" }))).steps, []);
  });

  it("by a trust store that is missing is refused at preview, or by AWS", async () => {
    const missing = { ...VERIFY, trustStoreArn: `${trustStoreArn}0` };
    const reason = new RegExp(`there is no ${missing.trustStoreArn} in this account and region`);
    await assert.rejects(stage().preview(program(missing)), reason);
    const shared = trustStoreArn.replace(/\d{12}/, "1".repeat(12));
    await assert.rejects(
      stage().up(program({ ...VERIFY, trustStoreArn: shared })),
      /api error TrustStoreNotFound: Trust store '.*:1{12}:.*' not found/,
    );
  });
});
