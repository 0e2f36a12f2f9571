import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { ask, echoHeaders, seen } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";

const SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
const LENGTH = `Connection: content-length\r\nContent-Length: ${SMUGGLED.length}`;
const CHUNKED = "Transfer-Encoding: chunked";
const CHUNK = `${SMUGGLED.length.toString(16)}\r\n${SMUGGLED}\r\n0\r\n\r\n`;

describe("headers through a load balancer", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  it("sends the target the client's address, protocol and port", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    const headers = { "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https" };
    const { body } = await ask(`${url}/path?query`, { headers });
    assert.equal((JSON.parse(body) as { url: string }).url, "/path?query");
    assert.deepEqual(seen(body, "X-Forwarded-For"), ["192.0.2.1, 127.0.0.1"]);
    assert.deepEqual(seen(body, "X-Forwarded-Proto"), ["http"]);
    assert.deepEqual(seen(body, "X-Forwarded-Port"), ["80"]);
    assert.deepEqual(seen(body, "Host"), ["127.0.0.1"]);
    assert.match(seen(body, "X-Amzn-Trace-Id").join(), /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it("keeps the case and the repetition of the client's headers", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    const { body } = await ask(url, { headers: { "X-OwN": ["a", "b"] } });
    assert.deepEqual(seen(body, "X-OwN"), ["a", "b"]);
  });

  it("adds its own Self to a trace that has begun", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    const root = `Root=1-67891233-${"a".repeat(24)}`;
    const { body } = await ask(url, { headers: { "X-Amzn-Trace-Id": `Self=1-old;${root};k=v` } });
    const [trace = ""] = seen(body, "X-Amzn-Trace-Id");
    assert.match(trace, new RegExp(`^Self=1-[0-9a-f]{8}-[0-9a-f]{24};${root};k=v$`));
  });

  it("names itself only where the target has not", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    assert.equal((await ask(url)).headers.server, "awselb/2.0");
  });

  it("ends hop-by-hop headers", async () => {
    const { url } = await stage.balanced([
      (request, response) => {
        response.setHeader("Connection", "x-secret");
        response.setHeader("X-Secret", "kept between us");
        response.end(JSON.stringify({ raw: request.rawHeaders }));
      },
    ]);
    const headers = { Connection: "close, X-Hop", "X-Hop": "1", TE: "trailers" };
    const answer = await ask(url, { headers });
    assert.deepEqual(seen(answer.body, "X-Hop"), []);
    assert.deepEqual(seen(answer.body, "TE"), []);
    assert.equal(answer.headers["x-secret"], undefined);
  });

  for (const [how, method, framing, body] of [
    ["its length is said to end at the load balancer", "POST", LENGTH, SMUGGLED],
    [
      "its length is said so in other letters",
      "GET",
      LENGTH.replace("content", "CONTENT"),
      SMUGGLED,
    ],
    ["it comes in chunks, by a method that has none as a rule", "GET", CHUNKED, CHUNK],
  ]) {
    it(`keeps a body what it is, and no request of its own, where ${how}`, async () => {
      const served: string[] = [];
      const { url } = await stage.balanced([
        (request, response) => {
          let received = "";
          request.setEncoding("utf8").on("data", (text: string) => (received += text));
          request.on("end", () => {
            served.push(`${request.method ?? ""} ${request.url ?? ""} ${received}`);
            response.end("served");
          });
        },
      ]);
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write(`${method} /first HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\n${body}`);
      const [answer] = (await once(socket, "data")) as [Buffer];
      assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
      socket.destroy();
      // A request that was smuggled in would be answered on the connection that this one takes.
      assert.equal((await ask(`${url}/next`)).body, "served");
      assert.deepEqual(served, [`${method} /first ${SMUGGLED}`, "GET /next "]);
    });
  }

  it("drops invalid names only if the attribute says so", async () => {
    const { url, listener } = await stage.balanced([echoHeaders]);
    const headers = { Under_score: "1" };
    assert.deepEqual(seen((await ask(url, { headers })).body, "Under_score"), ["1"]);
    stage.elb.modifyLoadBalancerAttributes(listener.loadBalancerArn, {
      "routing.http.drop_invalid_header_fields.enabled": "true",
    });
    assert.deepEqual(seen((await ask(url, { headers })).body, "Under_score"), []);
  });

  it("treats X-Forwarded-For and Host as the attributes say", async () => {
    const { url, listener } = await stage.balanced([echoHeaders]);
    const headers = { "X-Forwarded-For": "192.0.2.1", Host: "Example.com:99" };
    const forwardedFor = async (attributes: Record<string, string>) => {
      stage.elb.modifyLoadBalancerAttributes(listener.loadBalancerArn, attributes);
      return seen((await ask(url, { headers })).body, "X-Forwarded-For").join();
    };
    const mode = "routing.http.xff_header_processing.mode";
    assert.equal(await forwardedFor({ [mode]: "preserve" }), "192.0.2.1");
    assert.equal(await forwardedFor({ [mode]: "remove" }), "");
    assert.match(
      await forwardedFor({ [mode]: "append", "routing.http.xff_client_port.enabled": "true" }),
      /^192\.0\.2\.1, 127\.0\.0\.1:\d+$/,
    );
    assert.deepEqual(seen((await ask(url, { headers })).body, "Host"), ["example.com"]);
    stage.elb.modifyLoadBalancerAttributes(listener.loadBalancerArn, {
      "routing.http.preserve_host_header.enabled": "true",
    });
    assert.deepEqual(seen((await ask(url, { headers })).body, "Host"), ["Example.com:99"]);
  });
});
