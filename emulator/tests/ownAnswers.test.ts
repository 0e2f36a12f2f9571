import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import { ask, askRaw, echoHeaders } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";

const name =
  (text: string): http.RequestListener =>
  (_, response) => {
    response.end(text);
  };

describe("answers of the load balancer itself", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  it("answers 503 with AWS's page when no target is registered", async () => {
    const { url } = await stage.balanced([]);
    const { status, headers, body } = await ask(url);
    assert.equal(status, 503);
    assert.equal(headers.server, "awselb/2.0");
    assert.equal(headers["content-type"], "text/html");
    assert.equal(headers["content-length"], "162");
    assert.equal(body.length, 162);
    assert.match(body, /<h1>503 Service Temporarily Unavailable<\/h1>/);
  });

  it("answers 502 when the target refuses the connection", async () => {
    const { url, group } = await stage.balanced([]);
    const closed = http.createServer();
    const port = await stage.listen(closed);
    closed.close();
    await once(closed, "close");
    stage.ec2.addInstance("i-closed", [[80, port]]);
    stage.elb.registerTarget(group, { id: "i-closed", port: 80 });
    assert.equal((await ask(url)).status, 502);
  });

  it("answers 502 when the server has nothing on the registered port", async () => {
    const { url, group } = await stage.balanced([]);
    stage.ec2.addInstance("i-mute", []);
    stage.elb.registerTarget(group, { id: "i-mute", port: 80 });
    assert.equal((await ask(url)).status, 502);
  });

  it("answers 502 when the target breaks off before it has answered", async () => {
    const { url } = await stage.balanced([(request) => request.socket.destroy()]);
    const { status, headers } = await ask(url);
    assert.equal(status, 502);
    assert.equal(headers["content-length"], "122");
  });

  it("answers 502 to response headers above 32 K", async () => {
    const { url } = await stage.balanced([
      (_, response) => {
        response.writeHead(200, { "x-long": "a".repeat(33 * 1024) });
        response.end();
      },
    ]);
    assert.equal((await ask(url)).status, 502);
  });

  it("answers 504 when the target stays silent for the idle timeout", async () => {
    const silent: http.RequestListener = () => undefined;
    const { url } = await stage.balanced([silent], {}, { "idle_timeout.timeout_seconds": "1" });
    const { status, body } = await ask(url);
    assert.equal(status, 504);
    assert.equal(body.length, 132);
  });

  it("answers 405 to TRACE", async () => {
    const { url } = await stage.balanced([name("1")]);
    assert.equal((await ask(url, { method: "TRACE" })).status, 405);
  });

  it("answers 463 to more than 30 forwarders", async () => {
    const { url } = await stage.balanced([name("1")]);
    const headers = { "X-Forwarded-For": Array(31).fill("192.0.2.1").join(", ") };
    assert.equal((await ask(url, { headers })).status, 463);
  });

  it("answers 400 and closes when the request can't be read", async () => {
    const { url } = await stage.balanced([name("1")]);
    const answer = await askRaw(url, "NONSENSE\r\n\r\n");
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\nServer: awselb\/2\.0\r\n/);
    assert.match(answer, /Connection: close/);
  });

  it("answers 400 to HTTP/1.1 without Host, and serves HTTP/1.0 without it", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    assert.match(await askRaw(url, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), / 400 /);
    const answer = await askRaw(url, "GET / HTTP/1.0\r\n\r\n");
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /"Host","127\.0\.0\.1"/);
  });

  it("answers 400 to a header above 16 K and 414 to such a URL", async () => {
    const { url } = await stage.balanced([name("1")]);
    const long = "a".repeat(17 * 1024);
    const agent = new http.Agent({ keepAlive: true });
    const { status, headers } = await ask(url, { headers: { "x-long": long }, agent });
    assert.deepEqual([status, headers.connection], [400, "close"]);
    assert.equal((await ask(`${url}/${long}`)).status, 414);
  });

  it("answers 501 to a transfer encoding other than chunked", async () => {
    const { url } = await stage.balanced([name("1")]);
    const head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: gzip";
    assert.match(await askRaw(url, `${head}\r\n\r\n`), / 501 /);
    assert.match(await askRaw(url, `${head}, chunked\r\n\r\n0\r\n\r\n`), / 501 /);
  });

  it("answers 403 to what the web ACL blocks, and passes the rest on", async () => {
    const { url } = await stage.balanced([name("1")]);
    const { status, headers } = await ask(`${url}/blocked/x`);
    assert.deepEqual([status, headers.server], [403, "awselb/2.0"]);
    assert.equal((await ask(`${url}/free/blocked`)).status, 200);
  });

  it("refuses a GET that announces an empty body in the strictest desync mode only", async () => {
    const { url, listener } = await stage.balanced([name("1")]);
    const get = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    for (const [mode, status] of [
      ["monitor", "200"],
      ["defensive", "200"],
      ["strictest", "400"],
    ] as const) {
      stage.elb.modifyLoadBalancerAttributes(listener.loadBalancerArn, {
        "routing.http.desync_mitigation_mode": mode,
      });
      assert.match(await askRaw(url, get), new RegExp(`^HTTP/1.1 ${status} `), mode);
    }
  });

  it("tries a failed request on no other target", async () => {
    let tries = 0;
    const breakOff: http.RequestListener = (request) => {
      tries += 1;
      request.socket.destroy();
    };
    const { url } = await stage.balanced([breakOff, breakOff]);
    assert.equal((await ask(url)).status, 502);
    assert.equal(tries, 1);
  });

  it("passes a target's own errors through", async () => {
    const { url } = await stage.balanced([
      (_, response) => {
        response.writeHead(503, { Server: "mine" }).end("busy");
      },
    ]);
    const { status, headers, body } = await ask(url);
    assert.deepEqual([status, headers.server, body], [503, "mine", "busy"]);
  });
});
