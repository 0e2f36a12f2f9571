import assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import { ask, askRaw, echoHeaders, read, seen } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";

describe("messages through a load balancer", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  it("streams both ways", async () => {
    const { url } = await stage.balanced([
      (request, response) => {
        response.write("ready;");
        request.pipe(response);
      },
    ]);
    const request = http.request(url, { method: "POST", agent: false });
    request.write("one;");
    const [incoming] = (await once(request, "response")) as [http.IncomingMessage];
    const chunks = incoming[Symbol.asyncIterator]();
    let text = "";
    while (!text.includes("one;")) {
      text += String((await chunks.next()).value);
    }
    request.end("two;");
    for (let step = await chunks.next(); step.done !== true; step = await chunks.next()) {
      text += String(step.value);
    }
    assert.equal(text, "ready;one;two;");
  });

  it("carries large bodies whole, with their length", async () => {
    const { url } = await stage.balanced([
      (request, response) => {
        response.setHeader("x-length", request.headers["content-length"] ?? "none");
        request.pipe(response);
      },
    ]);
    const body = "0123456789".repeat(200_000);
    const headers = { "Content-Length": body.length };
    const answer = await ask(url, { method: "POST", headers, body });
    assert.equal(answer.headers["x-length"], String(body.length));
    assert.ok(answer.body === body);
  });

  it("does not invent a body for a POST without one", async () => {
    const { url } = await stage.balanced([
      (request, response) => {
        response.end(JSON.stringify(request.headers));
      },
    ]);
    const answer = await askRaw(url, "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert.doesNotMatch(answer, /"transfer-encoding"/);
  });

  it("cuts the client off when the target breaks off in its answer", async () => {
    const { url } = await stage.balanced([
      (request, response) => {
        response.writeHead(200, { "Content-Length": 100 });
        response.write("half", () => request.socket.destroy());
      },
    ]);
    await assert.rejects(ask(url), { code: "ECONNRESET" });
  });

  it("ends the target's request when the client leaves", async () => {
    let arrive: (response: http.ServerResponse) => void = () => undefined;
    const arrived = new Promise<http.ServerResponse>((resolve) => {
      arrive = resolve;
    });
    const { url } = await stage.balanced([
      (_, response) => {
        arrive(response);
      },
    ]);
    const request = http.get(url, { agent: false });
    request.on("error", () => undefined);
    const response = await arrived;
    request.destroy();
    await once(response, "close");
  });

  it("keeps the client's connection open without a hint of how long", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    const agent = new http.Agent({ keepAlive: true });
    const { headers } = await ask(url, { agent });
    agent.destroy();
    assert.deepEqual([headers.connection, headers["keep-alive"]], ["keep-alive", undefined]);
  });

  it("answers Expect: 100-continue itself", async () => {
    const { url } = await stage.balanced([
      (request, response) => {
        response.setHeader("x-expect", request.headers.expect ?? "none");
        request.pipe(response);
      },
    ]);
    const headers = { Expect: "100-continue", "Content-Length": 4 };
    const request = http.request(url, { method: "POST", headers, agent: false });
    await once(request, "continue");
    request.end("body");
    const [incoming] = (await once(request, "response")) as [http.IncomingMessage];
    const answer = await read(incoming);
    assert.deepEqual([answer.headers["x-expect"], answer.body], ["none", "body"]);
  });

  it("passes an early answer on while the body is still being sent", async () => {
    const { url } = await stage.balanced([
      (_, response) => {
        response.writeHead(413).end("too much");
      },
    ]);
    const request = http.request(url, { method: "POST", agent: false });
    request.on("error", () => undefined);
    request.write("a".repeat(1_000_000));
    const [incoming] = (await once(request, "response")) as [http.IncomingMessage];
    const { status, body } = await read(incoming);
    request.destroy();
    assert.deepEqual([status, body], [413, "too much"]);
  });

  it("answers HEAD without a body, with the headers of its page", async () => {
    const { url } = await stage.balanced([]);
    const { status, headers, body } = await ask(url, { method: "HEAD" });
    assert.deepEqual([status, headers["content-length"], body], [503, "162", ""]);
  });

  it("takes the host from a request line that names the whole URL", async () => {
    const { url } = await stage.balanced([echoHeaders]);
    const { body } = await ask(url, { path: "http://Other.example:99/path?q" });
    assert.equal((JSON.parse(body) as { url: string }).url, "/path?q");
    assert.deepEqual(seen(body, "Host"), ["other.example"]);
  });
});
