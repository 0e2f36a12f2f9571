import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import * as https from "node:https";
import type { JwtValidationAction, TokenClaim } from "../aws";
import { rejects } from "./support/awsErrors";
import { ElbStage } from "./support/elbStage";
import { askSecurely } from "./support/httpClient";
import { bearer, IdentityProvider } from "./support/identityProvider";
import { CERTIFICATE } from "./support/testEc2";

const HTTPS = { port: 443, protocol: "HTTPS", certificateArn: CERTIFICATE } as const;

describe("the validation of JSON web tokens", () => {
  let stage: ElbStage;
  let provider: IdentityProvider;
  let url = "";
  let listenerArn = "";
  let served = 0;
  beforeEach(async () => {
    served = 0;
    stage = new ElbStage();
    provider = await IdentityProvider.start();
    const group = stage.group();
    await stage.addServer("i-1", (request, response) => {
      served += 1;
      response.end(request.headers.authorization);
    });
    const authenticate = validation();
    ({ listenerArn } = await stage.forward(group, {}, { ...HTTPS, authenticate }));
    await stage.registerHealthy(group, "i-1");
    url = stage.elb.listenerUrl(listenerArn);
  });
  afterEach(async () => {
    provider.close();
    await stage.close();
  });

  const validation = (change: Partial<JwtValidationAction> = {}): JwtValidationAction => ({
    type: "jwt-validation",
    jwksEndpoint: provider.jwksEndpoint,
    issuer: provider.issuer,
    additionalClaims: [],
    ...change,
  });
  const demand = (...additionalClaims: TokenClaim[]) =>
    stage.elb.modifyListener(listenerArn, {
      ...stage.elb.describeListener(listenerArn),
      authenticate: validation({ additionalClaims }),
    });
  const statusOf = async (token: string) => (await askSecurely(url, bearer(token))).status;
  const now = () => Math.floor(Date.now() / 1000);

  it("lets a request with a valid token through as it is, and asks for the keys once", async () => {
    const token = provider.token({ nbf: now() });
    const { status, body } = await askSecurely(url, bearer(token));
    assert.deepEqual([status, body], [200, `Bearer ${token}`]);
    const posted = await askSecurely(url, { ...bearer(token), method: "POST", body: "posted" });
    assert.equal(posted.status, 200);
    assert.equal(provider.questions, 1);
  });

  it("refuses requests without a token, or with one that is malformed", async () => {
    const { status, body } = await askSecurely(url);
    assert.equal(status, 401);
    assert.match(body, /401 Unauthorized/);
    const token = provider.token();
    const unencoded = `a.${token.split(".").slice(1).join(".")}`;
    for (const wrong of ["", "a.b", `${token}.c`, token.replace(".", ""), unencoded]) {
      assert.equal(await statusOf(wrong), 401, wrong);
    }
    const basic = { headers: { authorization: `Basic ${token}` } };
    assert.equal((await askSecurely(url, basic)).status, 401);
    assert.equal(provider.questions, 0);
  });

  it("refuses tokens of another issuer, or of another time", async () => {
    for (const claims of [
      { iss: "https://other.example.com" },
      { iss: undefined },
      { exp: now() - 1 },
      { exp: undefined },
      { exp: String(now() + 60) },
      { nbf: now() + 60 },
      { iat: now() + 60 },
    ]) {
      assert.equal(await statusOf(provider.token(claims)), 401, JSON.stringify(claims));
    }
  });

  it("refuses tokens that are not signed, by another key, or by another algorithm than RS256", async () => {
    const [head, body] = provider.token().split(".");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const forged = sign("RSA-SHA256", Buffer.from(`${head}.${body}`), privateKey);
    assert.equal(await statusOf(`${head}.${body}.${forged.toString("base64url")}`), 401);
    const [, , signature] = provider.token({ sub: "other" }).split(".");
    assert.equal(await statusOf(`${head}.${body}.${signature}`), 401);
    for (const header of [{ alg: "none" }, { alg: "HS256" }, { alg: "ES256" }, { kid: "other" }]) {
      assert.equal(await statusOf(provider.token({}, header)), 401, JSON.stringify(header));
    }
  });

  it("learns of a new key when a token names it", async () => {
    assert.equal(await statusOf(provider.token()), 200);
    provider.addKey("second");
    assert.equal(await statusOf(provider.token({}, {}, "second")), 200);
    assert.equal(provider.questions, 2);
  });

  it("wants further claims in their formats", async () => {
    await demand(
      { name: "client_id", format: "single-string", values: ["shop", "desk"] },
      { name: "roles", format: "string-array", values: ["reader", "writer"] },
      { name: "scope", format: "space-separated-values", values: ["read", "write"] },
    );
    const good = { client_id: "desk", roles: ["writer", "x", "reader"], scope: "write x read" };
    const answered = (claims: object) => statusOf(provider.token({ ...good, ...claims }));
    assert.equal(await answered({}), 200);
    for (const claims of [
      { client_id: "other" },
      { client_id: ["desk"] },
      { client_id: undefined },
      { roles: ["reader"] },
      { roles: "reader writer" },
      { scope: "read" },
      { scope: "reads writes" },
      { scope: ["read", "write"] },
    ]) {
      assert.equal(await answered(claims), 401, JSON.stringify(claims));
    }
  });

  it("answers with 500 if the keys can't be read", async () => {
    const keys = provider.publicKeys();
    const answers: [name: string, status: number, body: string][] = [
      ["an error", 503, JSON.stringify({ keys })],
      ["no JSON", 200, "<html>"],
      ["no keys", 200, "{}"],
      [
        "more than 10 keys",
        200,
        JSON.stringify({ keys: Array.from({ length: 11 }, () => keys[0]) }),
      ],
      ["more than 150 KB", 200, JSON.stringify({ keys, more: "x".repeat(150 * 1024) })],
    ];
    for (const [name, status, body] of answers) {
      provider.answer = (response) => response.writeHead(status).end(body);
      assert.equal(await statusOf(provider.token()), 500, name);
    }
    // The next request asks again.
    provider.answer = (response) => response.end(JSON.stringify({ keys }));
    assert.equal(await statusOf(provider.token()), 200);
  });

  it("answers with 500 if the identity provider can't be reached", async () => {
    const token = provider.token();
    provider.close();
    assert.equal(await statusOf(token), 500);
  });

  it("leaves a client alone that has gone before the keys are there", async () => {
    const asked = new Promise<() => void>((resolve) => {
      provider.answer = (response) => {
        resolve(() => response.end(JSON.stringify({ keys: provider.publicKeys() })));
      };
    });
    const request = https.get(url, {
      ...bearer(provider.token()),
      rejectUnauthorized: false,
      agent: false,
    });
    request.on("error", () => undefined);
    const closed = new Promise((resolve) => request.once("close", resolve));
    const goOn = await asked;
    request.destroy();
    await closed;
    goOn();
    provider.answer = (response) => response.end(JSON.stringify({ keys: provider.publicKeys() }));
    assert.equal(await statusOf(provider.token()), 200);
    assert.equal(served, 1);
  });

  it("refuses settings that AWS refuses", async () => {
    const code = "InvalidLoadBalancerAction";
    const listen = (change: Partial<JwtValidationAction>, listener: object = HTTPS) =>
      stage.forward(stage.group(), {}, { ...listener, authenticate: validation(change) });
    await rejects(listen({}, {}), code, /jwt-validation.*only on HTTPS listeners/);
    const claim = (change: Partial<TokenClaim>): TokenClaim => ({
      name: "scope",
      format: "space-separated-values",
      values: ["read"],
      ...change,
    });
    const refused: [change: Partial<JwtValidationAction>, words: RegExp][] = [
      [{ jwksEndpoint: "http://login.example.com/keys" }, /HTTPS URL/],
      [{ jwksEndpoint: "https://login.example.com" }, /HTTPS URL/],
      [{ jwksEndpoint: `https://a.test/${"x".repeat(242)}` }, /at most 256/],
      [{ issuer: "" }, /1 to 256/],
      [{ issuer: "x".repeat(257) }, /1 to 256/],
      [{ additionalClaims: Array.from({ length: 11 }, () => claim({})) }, /At most 10/],
      [{ additionalClaims: [claim({ name: "exp" })] }, /'exp' is always validated/],
      [{ additionalClaims: [claim({ values: [] })] }, /values of the claim 'scope'/],
      [{ additionalClaims: [claim({ values: ["a b"] })] }, /values of the claim 'scope'/],
      [{ additionalClaims: [claim({ values: ["x".repeat(257)] })] }, /values of the claim/],
    ];
    for (const [change, words] of refused) await rejects(listen(change), code, words);
    await listen({ jwksEndpoint: `https://a.test/${"x".repeat(241)}`, issuer: "x".repeat(256) });
    const spaced = claim({ format: "single-string", values: ["a b"] });
    await listen({ additionalClaims: [spaced] });
  });
});
